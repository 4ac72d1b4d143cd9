// 货车: the road ahead counted from where this phone is. Starts on a tap. The position stays in memory:
// it is neither sent nor stored, and no address carries it.
import { course } from './drive/course.js';
import { compass } from './drive/compass.js';
import { rest } from './drive/rest.js';
import { road } from './drive/road.js';

const about = document.getElementById('drive');
const line = course(about.dataset.line);
if (document.getElementById('compass')) compass(line, about.dataset);
if (document.getElementById('next')) road(line, about.dataset);
if (document.getElementById('rest')) rest(document.getElementById('rest'));
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
