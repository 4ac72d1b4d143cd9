// Strings of opening_hours from a grammar: generated, not collected. Most are what people write, some are
// what the specification allows and nobody writes.
import { random } from './random.mjs';

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number) => String(number).padStart(2, '0');

export function strings(seed, count) {
  const dice = random(seed);
  const found = new Set();
  while (found.size < count) found.add(text(dice));
  return [...found];
}

function text(dice) {
  const rules = [rule(dice, true)];
  while (rules.length < 5 && dice.chance(0.45)) rules.push(rule(dice, false));
  return rules.reduce((before, next) => before + dice.pick(['; ', '; ', '; ', '; ', ', ', ' || ']) + next);
}

function rule(dice, first) {
  if (dice.chance(0.03)) return '24/7';
  if (!first && dice.chance(0.12)) return dice.pick(['PH off', 'PH 10:00-14:00', 'PH closed', 'PH,Su off', 'PH open']);
  const dated = dice.chance(0.85);
  let dates = dated ? days(dice) : '';
  if (dice.chance(0.2)) dates = `${wide(dice)}${dates ? ` ${dates}` : ''}`;
  const kind = dice.below(20);
  if (!first && dates && kind < 3) return `${dates} ${dice.pick(['off', 'closed'])}`;
  if (!first && dates && kind === 3) return `${dates} unknown`;
  if (dates && kind === 4) return `${dates} "预约"`;
  const state = kind === 5 && !first ? dice.pick([' off', ' unknown', ' open', ' open "敲门"']) : '';
  return `${dates ? `${dates} ` : ''}${times(dice)}${state}`;
}

function days(dice) {
  const kind = dice.below(20);
  if (kind < 11) return list(dice, () => range(dice, WEEKDAYS));
  if (kind < 13) return `${dice.pick(WEEKDAYS)}[${dice.pick(['1', '2', '3', '4', '-1', '-2', '1,3', '1-2'])}]`;
  if (kind === 13) return `${dice.pick(WEEKDAYS)}[${dice.pick(['1', '2', '3'])}] +${dice.between(1, 2)} days`;
  if (kind === 14) return `PH,${range(dice, WEEKDAYS)}`;
  if (kind === 15) return `${range(dice, WEEKDAYS)},PH`;
  if (kind === 16) return 'PH';
  // The package knows no school holidays in China and refuses them; a few show that it still does.
  if (kind === 17 && dice.chance(0.1)) return 'SH';
  return range(dice, WEEKDAYS);
}

function wide(dice) {
  const day = () => `${dice.pick(MONTHS)} ${two(dice.between(1, 28))}`;
  switch (dice.below(11)) {
    case 0:
      return String(dice.between(2024, 2027));
    case 1:
      return `${dice.between(2023, 2024)}-${dice.between(2025, 2027)}`;
    case 2:
      return `week ${two(dice.between(1, 20))}-${two(dice.between(21, 53))}${dice.chance(0.5) ? '/2' : ''}`;
    case 3:
      return `${day()}-${day()}`;
    case 4:
      return day();
    case 5: {
      const from = dice.between(1, 14);
      return `${dice.pick(MONTHS)} ${two(from)}-${two(dice.between(from + 1, 28))}`;
    }
    case 6:
      return `${dice.between(2024, 2026)} ${day()}`;
    case 7:
      return dice.pick(['easter', 'easter -2 days', 'easter +1 day']);
    default:
      return list(dice, () => range(dice, MONTHS));
  }
}

function range(dice, names) {
  return dice.chance(0.6) ? `${dice.pick(names)}-${dice.pick(names)}` : dice.pick(names);
}

function list(dice, one) {
  const items = [one()];
  while (items.length < 3 && dice.chance(0.25)) items.push(one());
  return items.join(',');
}

function clock(minutes) {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function times(dice) {
  if (dice.chance(0.03)) return dice.pick(['sunrise-sunset', '08:00-sunset', '(sunrise+01:00)-18:00']);
  if (dice.chance(0.05)) return `${clock(30 * dice.between(10, 40))}+`;
  if (dice.chance(0.03)) return `${clock(30 * dice.between(10, 20))}-${clock(30 * dice.between(21, 44))}+`;
  const spans = [];
  // Mostly one after the other, as people write them.
  let from = 30 * dice.between(0, 28) + (dice.chance(0.1) ? dice.below(30) : 0);
  do {
    const night = dice.chance(0.15);
    const to = night ? 1440 + 30 * dice.between(0, 16) : Math.min(1440, from + 30 * dice.between(1, 20));
    if (to - from >= 1440) break;
    spans.push(`${clock(from)}-${clock(to > 1440 && dice.chance(0.8) ? to - 1440 : to)}`);
    from = to + 30 * dice.between(1, 4);
  } while (from < 1440 && spans.length < 3 && dice.chance(0.4));
  return spans.length > 0 ? spans.join(',') : '08:00-18:00';
}
