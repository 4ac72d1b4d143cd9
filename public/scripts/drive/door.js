// The door when one gets there, in the words of `app/src/text/drive.rs`.

/** Minutes left at which a door closes soon, and at which it may be missed. */
const SOON = 60;
const TIGHT = 10;

/**
 * What one finds `minutes` from when the page was told: [class, words]. `code` is `o720` (closes in 720
 * minutes), `o`, `s30` (opens in 30 minutes), `s`; undefined where nobody knows.
 */
export function doorThen(code, minutes) {
  const change = code.length > 1 ? Number(code.slice(1)) : Infinity;
  if (code[0] === 'o') {
    const left = change - minutes;
    if (left <= 0) return ['closed_now', '到时关着门'];
    if (left <= TIGHT) return ['closing_soon', '可能来不及'];
    return left <= SOON ? ['closing_soon', '到时快关门'] : ['open', '到时门开着'];
  }
  if (code[0] === 's') return change <= minutes ? ['open', '到时门开着'] : ['closed_now', '到时关着门'];
  return undefined;
}

/** Metres a minute of a truck at 60 km/h, as the server counts. */
const TRUCK = 1000;
export const minutesFor = (metres) => Math.max(1, Math.ceil(metres / TRUCK));

/** `23 分钟`, `1 小时 24 分钟`. */
export function spoken(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} 分钟`;
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`;
}

/** `['320', '米']`, `['1.2', '公里']`, `['12', '公里']`. */
export function far(metres) {
  const tens = Math.round(metres / 10);
  if (tens < 100) return [String(tens * 10), '米'];
  const hundreds = Math.round(metres / 100);
  return hundreds < 100 ? [(hundreds / 10).toFixed(1), '公里'] : [String(Math.round(metres / 1000)), '公里'];
}

/**
 * Minutes since the page was told: by a clock nobody can set; a kept copy is as old as the phone's clock
 * says, and one that is older than a week, or from the future, says nothing of doors.
 */
export function waited(told) {
  const kept = document.getElementById('kept');
  const minutes = (kept ? Date.now() - told : performance.now()) / 60000;
  return minutes >= 0 && minutes < 7 * 1440 ? Math.floor(minutes) : undefined;
}
