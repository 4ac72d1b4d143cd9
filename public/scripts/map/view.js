// Where the map looks, in the three forms that leave this file: the cell of the middle, the box
// around the view in whole 0.01°, and the exact view, which stays after `#`.
import { opening, WIDEST } from './limits.js';

/** 0.01° in 1e-7 degree. Whole numbers: 34.57 × 100 is not 3457 in floating point. */
const STEP = 1e5;
const steps = (degrees) => Math.round(degrees * 1e7) / STEP;
const written = (hundredths) => (hundredths / 100).toFixed(2);

/** The cell of a place, named by its south-west corner: `34.75,113.66`. */
export function cellOf({ lat, lng }) {
  return [lat, lng].map((degrees) => written(Math.floor(steps(degrees)))).join(',');
}

/** The middle of a cell, as [lat, lng]. */
export const middleOf = (cell) => cell.split(',').map((degrees) => Number(degrees) + 0.005);

/** The box around a view, widened outward to 0.01°: `west,south,east,north`. */
export function boxOf(bounds) {
  const low = (degrees, limit) => written(Math.floor(steps(Math.max(degrees, -limit))));
  const high = (degrees, limit) => written(Math.ceil(steps(Math.min(degrees, limit))));
  return [
    low(bounds.getWest(), 180),
    low(bounds.getSouth(), 90),
    high(bounds.getEast(), 180),
    high(bounds.getNorth(), 90),
  ].join(',');
}

/** The view after `#`: `#11/34.75512/113.66540`; undefined for anything else, `#main` for one. */
export function readView(hash) {
  const [, zoom, lat, lng] = (/^#(\d\d?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(hash) || []).map(Number);
  return zoom >= WIDEST && Math.abs(lat) <= 85 && Math.abs(lng) <= 180 ? { centre: [lat, lng], zoom } : undefined;
}

function writeView(map) {
  const { lat, lng } = map.getCenter();
  return `#${map.getZoom()}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
}

/**
 * Where to look first: what the address says after `#`, else the middle of the cell. Never the
 * phone's own position: the edges of boxes around it would tell more of it than its cell does.
 */
export function firstView(cell, tiles) {
  return readView(location.hash) || { centre: middleOf(cell), zoom: opening(tiles) };
}

/** An address with another cell. */
export const withCell = (address, cell) => address.replace(/([?&]cell=)[^&#]*/, `$1${cell}`);

/** 列表, 方位图 and the chips lead to the middle of the map; chips keep the exact view too. */
export function followLinks(map, want) {
  map.on('moveend', () => {
    const cell = cellOf(map.getCenter());
    const view = writeView(map);
    document.querySelectorAll('.switch a, .chips a').forEach((link) => {
      const address = withCell(link.getAttribute('href').split('#')[0], cell);
      link.setAttribute('href', address.startsWith('/map?') ? address + view : address);
    });
    try {
      history.replaceState(history.state, '', `/map?cell=${cell}${want ? `&want=${want}` : ''}${view}`);
    } catch (tooOften) {
      // Safari takes 100 in 30 seconds. The next move writes it.
    }
  });
}

/** A view typed or pasted after `#`. */
export function followAddress(map) {
  addEventListener('hashchange', () => {
    const view = readView(location.hash);
    if (view) map.setView(view.centre, view.zoom);
  });
}
