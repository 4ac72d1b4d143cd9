// Stations and counts on the map. A tap on a count goes closer; a tap on a station opens its card.
import { DivIcon, LatLngBounds, Marker } from 'leaflet/dist/leaflet-src.esm.js';
import { aside, make } from './dom.js';
import { group } from './group.js';
import { STATES } from './words.js';

/**
 * `draw(answer)` draws an answer of the server, `draw()` the last one again. Both say how many stations are
 * in view: { count, about, unsaid }.
 */
export function marks(map, card, want) {
  /** What is drawn, by what it is: a mark that stays keeps the keyboard's focus. */
  const drawn = new Map();
  // A finger's width: 48 px, or 60 in large text.
  const finger = parseInt(getComputedStyle(document.documentElement).getPropertyValue('--tap'), 10) || 48;
  let last = [];

  function closer(members) {
    const bounds = new LatLngBounds(members.map(({ lat, lng }) => [lat, lng]));
    const zoom = Math.max(map.getZoom() + (members[0].count ? 2 : 1), members[1] ? map.getBoundsZoom(bounds.pad(0.1)) : 0);
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
  }

  function look(members) {
    if (members.length === 1 && !members[0].count) {
      const [station] = members;
      const words = [station.name, STATES[station.state], station.meets === 'unknown' && '没有写明', station.mark];
      return {
        key: station.code + station.state + station.meets,
        looks: `spot ${station.state}${station.meets === 'unknown' ? ' maybe' : ''}`,
        content: [aside(words.filter(Boolean).join('，'))],
      };
    }
    const count = counted(members);
    return { key: `${members[0].lat},${members[0].lng},${count}`, looks: 'cluster', content: [short(count), aside(`（${count} 个站点）`)] };
  }

  function mark(members, { looks, content }) {
    const html = make('span', {}, ...content);
    const icon = new DivIcon({ className: looks, iconSize: [finger, finger], html });
    const marker = new Marker([members[0].lat, members[0].lng], { icon });
    const act = () => {
      const alone = members.length === 1 && !members[0].count;
      if (alone || map.getZoom() >= map.getMaxZoom()) card.open(members, want, marker);
      else closer(members);
    };
    marker.on('click', act);
    // Leaflet makes it a button for the keyboard; Enter and the space bar press it.
    marker.on('keydown', ({ originalEvent }) => {
      if (originalEvent.key !== 'Enter' && originalEvent.key !== ' ') return;
      originalEvent.preventDefault();
      act();
    });
    return marker.addTo(map);
  }

  map.on('moveend covers', () => uncovered(map.getContainer(), drawn));

  return (answer) => {
    if (answer) last = answer.points || answer.clusters.sort((one, other) => other.count - one.count);
    const now = new Map(group(map, last, finger + 2).map((members) => {
      const form = look(members);
      return [form.key, { members, form }];
    }));
    drawn.forEach((marker, key) => {
      if (now.has(key)) return;
      const lost = marker.getElement() === document.activeElement;
      marker.remove();
      drawn.delete(key);
      if (lost) map.getContainer().focus({ preventScroll: true });
    });
    now.forEach(({ members, form }, key) => {
      if (!drawn.has(key)) drawn.set(key, mark(members, form));
    });
    uncovered(map.getContainer(), drawn);
    // Squares reach beyond the view: those with their middle outside are left out, and it is "about".
    const view = map.getBounds();
    const inView = last.filter(({ lat, lng }) => view.contains([lat, lng]));
    return { count: counted(inView), about: last.some(({ count }) => count), unsaid: inView.filter(({ meets }) => meets === 'unknown').length };
  };
}

/**
 * Leaves to the keyboard what can be seen: the focus must not go under a button, under the card or over
 * the edge. A finger may still tap the part that shows.
 */
function uncovered(container, drawn) {
  const box = container.getBoundingClientRect();
  const covers = [...container.querySelectorAll('.leaflet-control, .closer, .change, .said, .pick')].map((one) => one.getBoundingClientRect());
  drawn.forEach((marker) => {
    const element = marker.getElement();
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inside = left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom;
    const seen = inside && !covers.some((one) => one.left < right && left < one.right && one.top < bottom && top < one.bottom);
    if (seen === element.hasAttribute('tabindex')) return;
    if (seen) {
      element.tabIndex = 0;
      element.setAttribute('role', 'button');
    } else {
      element.removeAttribute('tabindex');
      element.removeAttribute('role');
    }
  });
}

const counted = (members) => members.reduce((sum, { count }) => sum + (count || 1), 0);

/** Fits into the ring: 34, 999, 2千, 1.2万. */
function short(count) {
  if (count < 1000) return String(count);
  return count < 10000 ? `${Math.floor(count / 1000)}千` : `${Math.floor(count / 1000) / 10}万`;
}
