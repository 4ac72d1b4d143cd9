// The bundled borders: provinces from afar, counties from near, with their names.
import { GeoJSON } from 'leaflet/dist/leaflet-src.esm.js';
import { COUNTY_ZOOM } from './limits.js';
import { labels } from './labels.js';
import { extent, holds } from './polygon.js';

const COUNTRY = 100000;
/** Points to a side that are looked at for the provinces in view. */
const SAMPLES = 6;

/**
 * Draws what the view needs and fetches nothing else. `home` is the province of `middle`, the middle of the
 * page's cell: known without the country's map. `show(false)` takes it all away, for tiles.
 */
export function outlines(map, home, middle, say) {
  /** adcode → { features, layers }, once fetched. */
  const known = new Map();
  const loading = new Map();
  const names = labels(map);
  let wanted = true;

  function load(adcode) {
    if (!loading.has(adcode)) {
      const fetched = fetch(`/outlines/${adcode}`)
        .then((reply) => (reply.ok ? reply.json() : Promise.reject(new Error(reply.status))))
        .then(({ features }) => known.set(adcode, prepare(features, adcode)));
      loading.set(adcode, fetched);
      fetched.catch(() => loading.delete(adcode));
    }
    return loading.get(adcode);
  }

  /** The provinces in view; from the country's map only where those at hand do not reach. */
  async function inView() {
    const found = new Set();
    const missing = samples(map.getBounds()).filter((point) => {
      const adcode = [...known.keys()].find((one) => one !== COUNTRY && at(known.get(one), point));
      if (adcode) found.add(adcode);
      return !adcode;
    });
    if (missing.length > 0) {
      await load(COUNTRY);
      missing.forEach((point) => {
        const province = at(known.get(COUNTRY), point);
        if (province) found.add(province.properties.adcode);
      });
    }
    return found;
  }

  async function draw() {
    if (!wanted) return;
    let near = new Set();
    try {
      if (map.getZoom() < COUNTY_ZOOM) {
        await load(COUNTRY);
      } else {
        if (home && map.getBounds().contains(middle)) await load(home);
        near = await inView();
        await Promise.all([...near].map(load));
      }
    } catch (error) {
      say('边界没取到，网络不好。站点的位置还是对的。', draw);
      return;
    }
    if (!wanted) return;
    if (map.getZoom() < COUNTY_ZOOM) near.clear();
    known.forEach(({ parts }, adcode) => {
      parts.forEach(({ layer, feature }) => {
        const { adcode: own, line } = feature.properties;
        // Lines at sea are on the country's map and on 海南省's: once is enough.
        const shown = adcode === COUNTRY ? line || !near.has(own) : near.has(adcode) && !(line && known.has(COUNTRY));
        if (shown !== map.hasLayer(layer)) shown ? layer.addTo(map) : layer.remove();
      });
    });
    const named = near.size > 0 ? [...near] : [COUNTRY];
    names.show([].concat(...named.map((adcode) => known.get(adcode).parts.map(({ feature }) => feature))));
  }

  map.on('moveend', draw);
  return {
    show(yes) {
      if (wanted === yes) return;
      wanted = yes;
      if (yes) {
        draw();
        return;
      }
      known.forEach(({ parts }) => parts.forEach(({ layer }) => layer.remove()));
      names.show([]);
    },
  };
}

function prepare(features, adcode) {
  const counties = adcode !== COUNTRY;
  const parts = features.map((feature) => {
    const { line } = feature.properties;
    const className = line ? `border ${line}` : `border ${counties ? 'county' : 'province'}`;
    if (!line) feature.extent = extent(feature);
    return { feature, layer: new GeoJSON(feature, { interactive: false, style: { className, fill: !line } }) };
  });
  return { parts };
}

/** The feature that a point (lng, lat) lies in. */
function at({ parts }, point) {
  const part = parts.find(({ feature }) => !feature.properties.line && holds(feature, point));
  return part && part.feature;
}

function samples(bounds) {
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const points = [];
  for (let x = 0; x < SAMPLES; x += 1) {
    for (let y = 0; y < SAMPLES; y += 1) {
      points.push([west + ((east - west) * x) / (SAMPLES - 1), south + ((north - south) * y) / (SAMPLES - 1)]);
    }
  }
  return points;
}
