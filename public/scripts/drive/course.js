// A road's line, and where a place lies by it: the same plane as `domain::road::Line::locate`.

const METRES = 111195.08;
const STEPS = 1e5;

/** `lat,lng,metres` in 1e-5 degree, then differences: what `course::code` writes. */
export function course(text) {
  const points = [];
  let [lat, lng, along] = [0, 0, 0];
  for (const part of text.split(' ')) {
    const [north, east, metres] = part.split(',').map(Number);
    lat += north;
    lng += east;
    along += metres;
    points.push({ lat: lat / STEPS, lng: lng / STEPS, along });
  }
  return points;
}

/** The road's length in metres. */
export const lengthOf = (line) => line[line.length - 1].along;

/** The nearest place on the line: `along` and `off` in metres, `bearing` of the line there in degrees. */
export function locate(line, lat, lng) {
  const narrow = Math.cos((lat * Math.PI) / 180);
  const plane = (point) => [(point.lng - lng) * narrow * METRES, (point.lat - lat) * METRES];
  let best = { off: Infinity };
  for (let at = 1; at < line.length; at += 1) {
    const [from, to] = [line[at - 1], line[at]];
    const [ax, ay] = plane(from);
    const [bx, by] = plane(to);
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const share = square > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square)) : 0;
    const off = Math.hypot(ax + share * dx, ay + share * dy);
    if (off < best.off) {
      const bearing = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
      best = { off, along: from.along + share * (to.along - from.along), bearing };
    }
  }
  return best;
}

/** How far two bearings are apart, 0 to 180 degrees. */
export const apart = (a, b) => Math.abs(((a - b + 540) % 360) - 180);
