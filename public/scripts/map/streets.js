// Tiles of a configured host, after a yes on this phone. The one thing here that another site sees.
import { DomEvent, TileLayer } from 'leaflet/dist/leaflet-src.esm.js';
import { button, make } from './dom.js';
import { CREDIT, limits } from './limits.js';

/** Where a yes stays on this phone, and a no for this session: the host that was asked about. Another host is another question. */
const KEY = 'tiles';

/** Storage may be forbidden or full: then the question comes again. */
function tried(act) {
  try {
    return act();
  } catch (forbidden) {
    return undefined;
  }
}

function remember(host, yes) {
  tried(() => (yes ? localStorage.setItem(KEY, host) : localStorage.removeItem(KEY)));
  tried(() => (yes ? sessionStorage.removeItem(KEY) : sessionStorage.setItem(KEY, host)));
}

/** Asks, shows, and takes back as easily. `agreed` says whether tiles are shown from the start. */
export function streets(map, { template, name, credits, say, drawn }) {
  const host = template.split('/')[2];
  const agreed = tried(() => localStorage.getItem(KEY)) === host;
  const declined = tried(() => sessionStorage.getItem(KEY)) === host;
  const layer = new TileLayer(template, { maxZoom: limits(true) });
  const question = make('section', { class: 'pick', 'aria-label': '看街道地图吗' });
  const change = button('', () => (map.hasLayer(layer) ? choose(false) : ask()));
  const credit = make('span', {}, name).innerHTML;
  change.classList.add('change');
  [question, change].forEach((element) => {
    DomEvent.disableClickPropagation(element);
    map.getContainer().appendChild(element);
  });
  const yes = button('看街道地图', () => choose(true));
  question.append(
    make('p', {}, `看地图会把你看的区域告诉${name}。`),
    make('p', { class: 'pair' }, yes, button('只看轮廓', () => choose(false))),
  );

  let failed = false;
  layer.on('loading', () => { failed = false; });
  layer.on('tileerror', () => {
    if (!failed) say('街道地图有的地方没打开。等一会儿再试，或点“只看轮廓”。', () => layer.redraw());
    failed = true;
  });

  function ask() {
    question.hidden = false;
    change.hidden = true;
    map.fire('covers');
    yes.focus({ preventScroll: true });
  }

  function choose(streets) {
    remember(host, streets);
    question.hidden = true;
    show(streets);
    map.getContainer().focus({ preventScroll: true });
  }

  function show(streets) {
    change.textContent = streets ? '只看轮廓' : '街道地图';
    change.hidden = !question.hidden;
    if (streets) {
      map.setMaxZoom(limits(true));
      layer.addTo(map);
      credits.removeAttribution(CREDIT);
      credits.addAttribution(credit);
    } else if (map.hasLayer(layer)) {
      layer.remove();
      map.setMaxZoom(limits(false));
      credits.removeAttribution(credit);
      credits.addAttribution(CREDIT);
    }
    drawn.show(!streets);
    map.fire('covers');
  }

  question.hidden = agreed || declined;
  show(agreed);
  return { agreed };
}
