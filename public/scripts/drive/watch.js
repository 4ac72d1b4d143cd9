// The phone's position while it moves: one watch, with its speed. Nothing is kept but the last fix.

/** A fix worse than this, in metres, says nothing of where on a road one is. */
const ROUGH = 1000;
/** Above this the wheels turn; below for a while, they stand. km/h, ms. */
const MOVING = 10;
const STANDS = 5000;
/** Without a fix for so long, in ms, nobody knows where the phone is. */
const LOST = 20000;

/**
 * Calls `seen({ lat, lng, speed, bearing, at })` for every good fix: km/h or undefined, degrees or
 * undefined, ms of a clock nobody sets. `failed(sentence, forGood)` says why there is none. Returns how to stop.
 */
export function watch(seen, failed) {
  let last;
  const fix = ({ coords }) => {
    if (!(coords.accuracy <= ROUGH)) {
      failed('手机给的位置太粗，等一下再看。');
      return;
    }
    const now = { lat: coords.latitude, lng: coords.longitude, at: performance.now() };
    now.speed = coords.speed >= 0 && coords.speed !== null ? coords.speed * 3.6 : between(last, now);
    now.bearing = coords.heading >= 0 && coords.heading !== null && now.speed > MOVING ? coords.heading : undefined;
    last = now;
    seen(now);
  };
  const none = ({ code }) => {
    if (code === 1) failed('手机没允许定位。可以点“刚过了哪里”，从那里数起。', true);
    // A tunnel, a bridge: the last fix still says enough.
    else if (!last || performance.now() - last.at > LOST) failed('暂时定不到位。开阔的地方再试；也可以点“刚过了哪里”。');
  };
  const id = navigator.geolocation.watchPosition(fix, none, { enableHighAccuracy: true, maximumAge: 2000, timeout: 30000 });
  return () => navigator.geolocation.clearWatch(id);
}

/** Km/h from one fix to the next, for phones that do not tell. */
function between(last, now) {
  if (!last || now.at - last.at < 500) return undefined;
  const north = (now.lat - last.lat) * 111195;
  const east = (now.lng - last.lng) * 111195 * Math.cos((now.lat * Math.PI) / 180);
  const speed = (Math.hypot(north, east) / (now.at - last.at)) * 3600;
  // No truck does that: the fix has jumped.
  return speed < 250 ? speed : undefined;
}

/** Sets `data-moving` on the page while the wheels turn: forms and folded lists are closed then. */
export function mover() {
  let slowSince;
  const root = document.documentElement;
  return (speed, at) => {
    if (speed === undefined) return;
    if (speed > MOVING) {
      slowSince = undefined;
      root.setAttribute('data-moving', '');
    } else if (slowSince === undefined) {
      slowSince = at;
    } else if (at - slowSince >= STANDS) {
      root.removeAttribute('data-moving');
    }
  };
}

/** The wheels are not known to turn. */
export const stopped = () => document.documentElement.removeAttribute('data-moving');
