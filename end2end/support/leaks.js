// What must never leave the phone: a place finer than a cell of 0.01°.

/** A file of the package has a hash in its name, which may look like anything. */
const PACKAGE = /\/pkg\/[\w.-]+/g;
/** An identifier or a token of ours: hexadecimal digits, which may look like anything as well. */
const TOKEN = /\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b/g;
/** Degrees with more than two decimals. */
const DEGREES = /(?<![\d.])-?\d{1,3}\.\d{3,}/g;
/** Degrees in 1e-7, as our rows carry them: mainland China. */
const E7 = /(?<!\d)(?:[2-5]\d|1[0-3]\d|7[3-9]|[89]\d)\d{7}(?!\d)/g;

/** Every number in a text that places something more finely than a cell. */
export function tooFine(text) {
  let plain = text;
  try {
    plain = decodeURIComponent(text);
  } catch {
    // Not an address, or one that is broken on purpose: read as it stands.
  }
  plain = plain.replace(PACKAGE, "").replace(TOKEN, "");
  return [...(plain.match(DEGREES) ?? []), ...(plain.match(E7) ?? [])];
}

/** The part of an address that is sent: what stands after `#` is not. */
export const sent = (url) => url.split("#")[0];

/** Where map apps are opened. They learn the station, never the person. */
const MAP_APPS = /^(uri\.amap\.com|api\.map\.baidu\.com|apis\.map\.qq\.com|maps\.apple\.com)$/;

/** A person tapped 带我去: this site's `/go/…` sent the browser to a map app. */
export function toMapApp(request) {
  const from = request.redirectedFrom();
  return (
    from !== null &&
    request.isNavigationRequest() &&
    new URL(from.url()).pathname.startsWith("/go/") &&
    MAP_APPS.test(new URL(request.url()).hostname)
  );
}
