// Questions to a GeoJSON MultiPolygon, in degrees. Positions are [lng, lat].

/** [west, south, east, north] of all its outer rings. */
export function extent({ geometry }) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  geometry.coordinates.forEach(([ring]) =>
    ring.forEach(([lng, lat]) => {
      box[0] = Math.min(box[0], lng);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lng);
      box[3] = Math.max(box[3], lat);
    }),
  );
  return box;
}

/** Whether a point lies in it (even-odd rule). `extent` of the feature is known. */
export function holds({ extent: [west, south, east, north], geometry }, [lng, lat]) {
  if (lng < west || lng > east || lat < south || lat > north) return false;
  const left = crossings(geometry, lat).filter((crossing) => crossing < lng);
  return left.length % 2 === 1;
}

/** Where a parallel crosses the borders, from west to east. */
function crossings(geometry, lat) {
  const found = [];
  geometry.coordinates.forEach((polygon) =>
    polygon.forEach((ring) => {
      for (let to = 1; to < ring.length; to += 1) {
        const [x1, y1] = ring[to - 1];
        const [x2, y2] = ring[to];
        if (y1 > lat !== y2 > lat) found.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
      }
    }),
  );
  return found.sort((one, other) => one - other);
}

/** A good place for its name, and how wide it is there: { lat, lng, west, east }. */
export function roomiest({ extent: [, south, , north], geometry }) {
  let best;
  [0.5, 0.38, 0.62, 0.26, 0.74].forEach((part) => {
    const lat = south + (north - south) * part;
    const edges = crossings(geometry, lat);
    for (let i = 0; i + 1 < edges.length; i += 2) {
      const [west, east] = [edges[i], edges[i + 1]];
      // The middle is preferred unless another height has clearly more room.
      if (!best || east - west > (best.east - best.west) * 1.2) best = { lat, lng: (west + east) / 2, west, east };
    }
  });
  return best;
}
