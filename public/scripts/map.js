// The map of /map: outlines, or tiles after a yes; stations and counts of what is in view.
//
// List and map are one state. The address carries the cell of the middle, and the exact view stands
// after `#`, which no browser sends. What is fetched names whole 0.01° only.
import '../../style/map.css';
import { Map as Leaflet, Control } from 'leaflet/dist/leaflet-src.esm.js';
import { card } from './map/card.js';
import { hint } from './map/hint.js';
import { here } from './map/here.js';
import { marks } from './map/marks.js';
import { outlines } from './map/outlines.js';
import { sayer } from './map/say.js';
import { stations } from './map/stations.js';
import { streets } from './map/streets.js';
import { firstView, followAddress, followLinks, middleOf } from './map/view.js';
import { limits, CHINA, CREDIT, WIDEST } from './map/limits.js';

const box = document.getElementById('map');

function start() {
  const { cell, want, province, tiles, tilesName } = box.dataset;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  box.textContent = '';
  const map = new Leaflet(box, {
    attributionControl: false,
    zoomControl: false,
    minZoom: WIDEST,
    maxZoom: limits(false),
    maxBounds: CHINA,
    maxBoundsViscosity: 1,
    fadeAnimation: !still,
    inertia: !still,
    markerZoomAnimation: !still,
    zoomAnimation: !still,
  });
  new Control.Zoom({ zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(map);
  // `prefix` would be Leaflet's own link and flag.
  const credits = new Control.Attribution({ prefix: false }).addTo(map);
  credits.addAttribution(CREDIT);

  const say = sayer(map, document.getElementById('where'));
  const shown = card(map);
  const drawn = outlines(map, Number(province), middleOf(cell), say);
  hint(map, want);
  const street = tiles && streets(map, { template: tiles, name: tilesName, credits, say, drawn });

  followLinks(map, want);
  const { centre, zoom } = firstView(cell, street ? street.agreed : false);
  map.setView(centre, zoom);
  followAddress(map);
  here(map);
  stations(map, want, marks(map, shown, want), say);
}

box.addEventListener('start', start, { once: true });
