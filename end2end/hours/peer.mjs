// The npm package opening_hours (LGPL-3.0-only; installed for this test, no part of the program) as an
// evaluator of its own, in China and on the clock of Shanghai.
process.env.TZ = 'Asia/Shanghai';
const { default: OpeningHours } = await import('opening_hours');

// Zhengzhou: the package wants a place for PH, SH and the sun.
const PLACE = { lat: 34.75, lon: 113.63, address: { country_code: 'cn', country: '中国', state: '河南省' } };
// It explains each refusal at length.
console.error = () => {};
console.warn = () => {};
const DAY_MS = 86_400_000;

export function read(text) {
  try {
    const found = new OpeningHours(text, PLACE);
    found.getState(new Date(2026, 10, 24));
    return found;
  } catch {
    return undefined;
  }
}

// Whether it read the text as something it does not quite say, and warns of it.
export function warns(hours) {
  try {
    return hours.getWarnings().length > 0;
  } catch {
    return true;
  }
}

// The days that the package takes for PH, asked from itself: both evaluators get the same ones.
export function publicHolidays(fromYear, toYear) {
  const holidays = read('PH open');
  const days = [];
  for (let day = new Date(fromYear, 0, 1, 12); day.getFullYear() <= toYear; day = new Date(+day + DAY_MS)) {
    if (holidays.getState(day)) days.push(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
  }
  return days;
}

const two = (number) => String(number).padStart(2, '0');
const letter = (at) => (at.getUnknown() ? 'u' : at.getState() ? 'o' : 'c');

// The package walking from change to change, as a page that draws a week uses it. Instants are
// milliseconds in ascending order; a gap of more than a day begins a new walk, two days ahead.
export function walk(hours, instants) {
  let answers = '';
  let walker;
  let next;
  let current;
  let last = -Infinity;
  for (const instant of instants) {
    if (instant - last > 2 * DAY_MS) {
      walker = hours.getIterator(new Date(instant - 2 * DAY_MS));
      current = letter(walker);
      next = walker.advance(new Date(instant + 30 * DAY_MS)) ? +walker.getDate() : Infinity;
    }
    for (let steps = 0; next <= instant && steps < 10_000; steps += 1) {
      current = letter(walker);
      next = walker.advance(new Date(instant + 30 * DAY_MS)) ? +walker.getDate() : Infinity;
    }
    answers += current;
    last = instant;
  }
  return answers;
}

// The package asked for one moment.
export function moment(hours, instant) {
  return letter(hours.getIterator(new Date(instant)));
}
