// One line on the map, read out when it changes: how many stations, or what went wrong and what to do.
import { DomEvent } from 'leaflet/dist/leaflet-src.esm.js';
import { button } from './dom.js';

/**
 * `say(sentence)`, or `say(sentence, again)` with a button. The page's own status line moves onto the
 * map: above it, each sentence would push the map down.
 */
export function sayer(map, line) {
  line.className = 'said';
  map.getContainer().appendChild(line);
  DomEvent.disableClickPropagation(line);
  return (sentence, again) => {
    line.classList.toggle('warn', Boolean(again));
    if (!again && line.textContent === sentence) return;
    line.textContent = sentence;
    if (again) line.append(button('再试一次', again));
    map.fire('covers');
  };
}
