// Names of provinces and counties, where there is room for them.
import { Bounds, DivIcon, Marker } from 'leaflet/dist/leaflet-src.esm.js';
import { make } from './dom.js';
import { roomiest } from './polygon.js';

/** 新疆维吾尔自治区 is 新疆 on a map. */
const LONG = /(省|市|(壮族|回族|维吾尔)?自治区|特别行政区)$/;

/** `show(features)` names those in view. Not for screen readers: they hear the stations. */
export function labels(map) {
  const pane = map.createPane('names');
  pane.setAttribute('aria-hidden', 'true');
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.85;
  let drawn = new Map();

  function room(feature) {
    const place = feature.place || (feature.place = roomiest(feature));
    if (!place) return undefined;
    const name = feature.properties.adcode % 10000 === 0 ? feature.properties.name.replace(LONG, '') : feature.properties.name;
    const half = (name.length * size) / 2 + 4;
    const at = map.latLngToLayerPoint([place.lat, place.lng]);
    const width = map.latLngToLayerPoint([place.lat, place.east]).x - map.latLngToLayerPoint([place.lat, place.west]).x;
    return { name, place, width, fits: width >= half * 1.6, box: new Bounds([at.x - half, at.y - size], [at.x + half, at.y + size]) };
  }

  function show(features) {
    const view = features.length > 0 && map.getBounds().pad(0.1);
    const taken = [];
    const now = new Map();
    features
      .filter(({ extent }) => extent && view.intersects([[extent[1], extent[0]], [extent[3], extent[2]]]))
      .map(room)
      .filter((label) => label && label.fits && view.contains([label.place.lat, label.place.lng]))
      .sort((one, other) => other.width - one.width)
      .forEach(({ name, place, box }) => {
        if (taken.some((other) => other.intersects(box))) return;
        taken.push(box);
        const key = `${name}${place.lat}`;
        now.set(key, drawn.get(key) || label(name, place));
      });
    drawn.forEach((marker, key) => now.has(key) || marker.remove());
    drawn = now;
  }

  function label(name, { lat, lng }) {
    const icon = new DivIcon({ className: 'name', iconSize: [0, 0], html: make('span', {}, name) });
    return new Marker([lat, lng], { icon, pane: 'names', interactive: false, keyboard: false }).addTo(map);
  }

  return { show };
}
