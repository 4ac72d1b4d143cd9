// Where the phone is, when this session knows. Drawn, never sent.
import { Circle, DivIcon, Marker } from 'leaflet/dist/leaflet-src.esm.js';
import { aside } from './dom.js';

/** `lat_e7,lng_e7,accuracy_m`, as the list has kept it. */
function position() {
  try {
    const [lat, lng, accuracy] = (sessionStorage.getItem('position') || '').split(',').map(parseFloat);
    return Math.abs(lat) <= 9e8 && Math.abs(lng) <= 1.8e9 ? { at: [lat / 1e7, lng / 1e7], accuracy: accuracy || 0 } : undefined;
  } catch (forbidden) {
    return undefined;
  }
}

/** A dot, and how sure the phone is. */
export function here(map) {
  const known = position();
  if (!known) return;
  new Circle(known.at, { radius: known.accuracy, className: 'around', interactive: false }).addTo(map);
  const icon = new DivIcon({ className: 'here', iconSize: [22, 22], html: aside('你在这儿') });
  new Marker(known.at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
}
