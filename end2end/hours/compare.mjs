// compare.mjs ANSWERS [--strings FILE] [--count N] [--seed N] [--show N]: our evaluator and the npm package
// opening_hours on the same strings at the same moments. Strings come from the grammar in grammar.mjs and,
// when given, from FILE (a JSON list). Ends with 1 on a difference that differences.json does not explain.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { strings as generated } from './grammar.mjs';
import { moment, publicHolidays, read, walk, warns } from './peer.mjs';
import { random } from './random.mjs';

const MINUTE = 60_000;
const YEARS = [2024, 2027];
const WINDOWS = 10;
const PER_WINDOW = 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    strings: { type: 'string' },
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20261124' },
    show: { type: 'string', default: '12' },
  },
});
const program = positionals[0];
const classes = JSON.parse(readFileSync(new URL('differences.json', import.meta.url), 'utf8'));
for (const one of classes) one.regex = one.text ? new RegExp(one.text, 'i') : undefined;

const sources = [[`${values.count} strings of the grammar, seed ${values.seed}`, generated(Number(values.seed), Number(values.count))]];
if (values.strings) {
  const listed = JSON.parse(readFileSync(values.strings, 'utf8'));
  sources.push([`strings of ${values.strings}`, listed.filter((text) => typeof text === 'string' && !/[\r\n]/.test(text))]);
}

const holidays = publicHolidays(...YEARS);
console.log(`PH, asked from the package: ${holidays.length} days in ${YEARS.join('–')}, the same for both.`);
let unexplained = 0;
for (const [name, texts] of sources) unexplained += compare(name, texts);
process.exit(unexplained > 0 ? 1 : 0);

// 200 moments, in ten weeks: those around which calendars go wrong, and any. Half of them on the half hour.
function instants(seed) {
  const dice = random(seed);
  const first = Date.UTC(YEARS[0], 0, 8);
  const days = (Date.UTC(YEARS[1], 11, 20) - first) / 86_400_000;
  const known = ['2024-02-26', '2024-09-29', '2024-12-29', '2025-02-26', '2025-03-29', '2026-04-03', '2026-12-29'];
  const found = new Set();
  for (let window = 0; window < WINDOWS; window += 1) {
    const begin = window < 3 ? Date.parse(dice.pick(known)) : first + dice.below(days) * 86_400_000;
    for (let wanted = found.size + PER_WINDOW; found.size < wanted; ) {
      const minute = dice.chance(0.5) ? 30 * dice.below(7 * 48) : dice.below(7 * 1440);
      found.add(begin + minute * MINUTE);
    }
  }
  return [...found].sort((one, other) => one - other);
}

function ask(texts, moments) {
  const lines = holidays.map((day) => `holiday ${day}`);
  texts.forEach((text, at) => lines.push(`text ${text}`, `at ${moments[at].map((time) => time / MINUTE).join(' ')}`));
  const { status, stdout, stderr, error } = spawnSync(program, { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw error ?? new Error(`${program}: ${stderr}`);
  const answers = stdout.trimEnd().split('\n');
  if (answers.length !== texts.length) throw new Error(`asked ${texts.length} texts, answered ${answers.length}`);
  return answers;
}

function compare(name, texts) {
  const moments = texts.map((_, at) => instants(Number(values.seed) + at));
  const ours = ask(texts, moments);
  const tally = new Map();
  const note = (why, text, example, count = 1) => {
    const entry = tally.get(why) ?? { strings: new Set(), answers: 0, examples: [] };
    entry.answers += count;
    if (!entry.strings.has(text)) entry.examples.push(example);
    entry.strings.add(text);
    tally.set(why, entry);
  };
  let agreed = 0;
  let asked = 0;
  let refusedByBoth = 0;
  texts.forEach((text, at) => {
    const peer = read(text);
    const own = ours[at];
    if (own === '-' || !peer) {
      if (own === '-' && !peer) refusedByBoth += 1;
      else note(explain(text, own === '-' ? 'refused' : 'read', peer ? (warns(peer) ? 'warns' : 'read') : 'refused'), text, `${text} · ours ${own === '-' ? 'refuses' : 'reads'} it`);
      return;
    }
    let theirs;
    try {
      theirs = walk(peer, moments[at]);
    } catch (error) {
      note(explain(text, 'read', 'fails'), text, `${text} · the package fails: ${error}`);
      return;
    }
    moments[at].forEach((time, place) => {
      asked += 1;
      const [mine, walked] = [own[place], theirs[place]];
      const plain = 'sh'.includes(mine) ? 'u' : mine;
      if (plain === walked) {
        agreed += 1;
        return;
      }
      const single = moment(peer, time);
      const example = `${text} · ${clock(time)} ours ${mine}, theirs ${walked}${single === walked ? '' : `, or ${single} when asked for that moment alone`}`;
      note(single === plain ? 'the package contradicts itself' : explain(text, mine, walked, time), text, example);
    });
  });
  return report(name, texts, { agreed, asked, refusedByBoth, tally });
}

// The name of the class that explains a difference; undefined for none.
function explain(text, ours, theirs, time) {
  const fits = (one) =>
    (!one.regex || one.regex.test(text)) &&
    (!one.ours || one.ours.includes(ours)) &&
    (!one.theirs || one.theirs.includes(theirs)) &&
    (!one.night || (time !== undefined && inNight(text, time)));
  return classes.find(fits)?.name;
}

// Whether a span of some rule may run over midnight as far as this minute.
function inNight(text, time) {
  const minute = Math.floor((time / MINUTE + 480) % 1440);
  const number = (hours, minutes) => Number(hours) * 60 + Number(minutes);
  let reach = 0;
  for (const [, a, b, c, d, open] of text.matchAll(/(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)\s*(\+)?/g)) {
    const [from, to] = [number(a, b), number(c, d)];
    const end = to <= from ? to + 1440 : to;
    reach = Math.max(reach, end - 1440, open && end >= 1020 ? end + 600 - 1440 : 0);
  }
  for (const [, a, b] of text.matchAll(/(\d\d?):(\d\d)\+/g)) if (number(a, b) >= 1020) reach = Math.max(reach, number(a, b) + 600 - 1440);
  return minute < reach;
}

function clock(time) {
  const local = new Date(time);
  const two = (number) => String(number).padStart(2, '0');
  const date = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${date} ${two(local.getHours())}:${two(local.getMinutes())}`;
}

function report(name, texts, { agreed, asked, refusedByBoth, tally }) {
  console.log(`\n${name}: ${texts.length} strings × ${WINDOWS * PER_WINDOW} moments`);
  console.log(`  ${asked} answers compared, ${agreed} agree; ${refusedByBoth} strings refused by both`);
  const whys = new Map(classes.map((one) => [one.name, one.why]));
  whys.set('the package contradicts itself', 'walking from change to change it says otherwise than asked for that moment alone; ours says what the latter says');
  let unexplained = 0;
  for (const [why, { strings, answers, examples }] of tally) {
    if (why === undefined) continue;
    console.log(`  ${answers} answers of ${strings.size} strings · ${why}: ${whys.get(why)}`);
    console.log(`      ${examples[0]}`);
  }
  const rest = tally.get(undefined);
  if (rest) {
    unexplained = rest.answers;
    console.log(`  ✗ ${rest.answers} answers of ${rest.strings.size} strings are unexplained:`);
    for (const example of rest.examples.slice(0, Number(values.show))) console.log(`      ${example}`);
  } else {
    console.log('  ✓ every difference is explained');
  }
  return unexplained;
}
