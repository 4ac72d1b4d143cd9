// Closer than a county there are no outlines worth drawing: the 方位图 is.
import { DomEvent } from 'leaflet/dist/leaflet-src.esm.js';
import { make } from './dom.js';
import { limits } from './limits.js';
import { cellOf } from './view.js';

/** A link to the 方位图 of the middle, there while the map can go no closer. */
export function hint(map, want) {
  const link = make('a', { class: 'btn closer' }, '再近就看方位图');
  DomEvent.disableClickPropagation(link);
  map.getContainer().appendChild(link);
  const look = () => {
    const closest = limits(false);
    link.hidden = map.getZoom() < closest || map.getMaxZoom() > closest;
    link.setAttribute('href', `/radar?cell=${cellOf(map.getCenter())}${want ? `&want=${want}` : ''}`);
  };
  map.on('moveend', look);
  // Tiles come and go without a move. Before the first view there is no middle.
  map.whenReady(() => map.on('zoomlevelschange', look));
}
