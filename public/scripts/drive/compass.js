// 跟着手机走的方向: on a tap, which of the two ways this phone goes along the road.
import { apart, locate } from './course.js';
import { watch } from './watch.js';

/** So many metres along the road say which way it goes, where the phone has no bearing. */
const SURE = 150;

export function compass(line, { reach }) {
  const button = document.getElementById('compass');
  const where = document.getElementById('where');
  const say = (sentence) => {
    if (where.textContent !== sentence) where.textContent = sentence;
  };
  if (!navigator.geolocation) return;
  button.hidden = false;
  document.getElementById('private').hidden = false;
  let stop;
  let first;
  const found = (way) => {
    const link = document.querySelector(`[data-way="${way}"]`);
    link.setAttribute('aria-current', 'true');
    stop();
    stop = undefined;
    location.assign(`${link.getAttribute('href')}#follow`);
  };
  const seen = (now) => {
    if (!stop) return;
    const place = locate(line, now.lat, now.lng);
    if (place.off > Number(reach)) {
      first = undefined;
      say(`不在这条路上：离它约 ${Math.round(place.off / 1000)} 公里。`);
      return;
    }
    if (now.bearing !== undefined) {
      const off = apart(now.bearing, place.bearing);
      if (off < 60) return void found('up');
      if (off > 120) return void found('down');
    }
    if (first === undefined) first = place.along;
    const moved = place.along - first;
    if (Math.abs(moved) >= SURE) found(moved > 0 ? 'up' : 'down');
    else say('开起来就知道往哪边走了。');
  };
  button.addEventListener('click', () => {
    if (stop) return;
    button.disabled = true;
    say('正在定位…');
    stop = watch(seen, (why, forGood) => {
      say(why.replace('“刚过了哪里”，从那里数起', '上面的方向').replace('“刚过了哪里”', '上面的方向'));
      if (!forGood) return;
      stop();
      stop = undefined;
      button.disabled = false;
    });
  });
}
