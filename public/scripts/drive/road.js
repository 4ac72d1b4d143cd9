// The stops ahead, counted again at every fix: what is passed goes, the next becomes the sign.
import { lengthOf, locate } from './course.js';
import { doorThen, far, minutesFor, spoken, waited } from './door.js';
import { speaker } from './speak.js';
import { mover, stopped, watch } from './watch.js';

/** Going back so far, for so long, is the other direction: metres, ms. */
const BACK = 600;
const LONG = 20000;

export function road(line, { way, reach, now: told, go, goEnd, other, towards }) {
  const find = (id) => document.getElementById(id);
  const [follow, where, said] = ['follow', 'where', 'said'].map(find);
  const put = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const progress = (along) => (way === 'up' ? along : lengthOf(line) - along);
  const lists = ['next', 'opposite', 'unknown'].map(find).filter(Boolean);
  const speak = speaker(find('speak'), () => lead && sentence(lead));
  const moving = mover();
  let lead = document.querySelector('#next .lead');
  let stop;
  let farthest;
  let backSince;
  const since = find('since').textContent;

  /** Distances, minutes and doors of every stop, from so many metres of this heading. */
  function count(here) {
    const late = waited(Number(told));
    for (const list of lists) {
      for (const item of list.children) {
        const metres = Number(item.dataset.at) - here;
        item.hidden = metres < 0;
        if (metres < 0) continue;
        const [number, unit] = far(metres);
        put(item.querySelector('.away b'), number);
        put(item.querySelector('.away bdi'), unit);
        const minutes = minutesFor(metres);
        put(item.querySelector('.when bdi'), spoken(minutes));
        if (late !== undefined) open(item, doorThen(item.dataset.door, minutes + late));
      }
      const fold = list.closest('details');
      if (fold) {
        const shown = [...list.children].filter(({ hidden }) => !hidden).length;
        fold.hidden = shown === 0;
        put(fold.querySelector('.end bdi'), String(shown));
      }
    }
    choose();
  }

  /** The look of a door; what nobody knows and what is shut for days stay as the server said. */
  function open(item, then) {
    const was = item.dataset.look || LOOKS.find((look) => item.classList.contains(look));
    if (!then || was === 'unknown' || was === 'temporarily_closed') return;
    item.dataset.look = then[0];
    item.classList.remove(...LOOKS);
    item.classList.add(then[0]);
    const words = item.querySelector('.state bdi');
    const more = item.querySelector('.till');
    // 22:00 关门 belongs to the words it stood behind.
    if (more && words.textContent !== then[1]) more.remove();
    put(words, then[1]);
  }

  /** The nearest ahead that is not shut for days is the sign, and the one action leads there. */
  function choose() {
    const next = [...find('next').children].find((item) => !item.hidden && !item.classList.contains('temporarily_closed'));
    find('none').hidden = Boolean(next);
    const button = find('go');
    if (button) button.hidden = !next;
    if (next === lead) return;
    if (lead) lead.classList.remove('lead');
    lead = next;
    if (!next) return;
    next.classList.add('lead');
    const code = next.querySelector('h2 a').getAttribute('href').split('/').pop();
    if (button) button.setAttribute('href', `${go}${code}${goEnd}`);
    put(said, sentence(next));
    speak(sentence(next));
  }

  /** Asks about the direction, never changes it. */
  function direction(here, at) {
    farthest = farthest === undefined ? here : Math.max(farthest, here);
    if (farthest - here < BACK) {
      backSince = undefined;
      return false;
    }
    if (backSince === undefined) backSince = at;
    if (at - backSince < LONG) return false;
    const link = Object.assign(document.createElement('a'), { className: 'btn wide', href: `${other}#follow`, textContent: `换成${towards}` });
    const keep = Object.assign(document.createElement('button'), { className: 'btn wide', type: 'button', textContent: '不换' });
    keep.addEventListener('click', () => {
      farthest = here;
      backSince = undefined;
      ask();
    });
    ask(`你好像在${towards}开。`, link, keep);
    return true;
  }

  /** A sentence, with what may be done about it; nothing takes it away. */
  let asked = '';
  function ask(sentence = '', ...actions) {
    if (asked === sentence) return;
    asked = sentence;
    where.textContent = '';
    if (!sentence) return;
    const box = Object.assign(document.createElement('div'), { className: 'note warn' });
    const words = document.createElement('div');
    const strong = Object.assign(document.createElement('b'), { textContent: sentence });
    words.appendChild(strong);
    if (actions.length > 0) {
      const pair = Object.assign(document.createElement('div'), { className: 'pair' });
      actions.forEach((action) => pair.appendChild(action));
      words.appendChild(pair);
    }
    box.appendChild(words);
    where.appendChild(box);
  }

  function seen(fix) {
    moving(fix.speed, fix.at);
    const place = locate(line, fix.lat, fix.lng);
    if (place.off > Number(reach)) {
      farthest = undefined;
      ask(`不在这条路上：离它约 ${Math.round(place.off / 1000)} 公里。下面的距离先别信。`);
      return;
    }
    const here = progress(place.along);
    put(find('since'), '从手机现在的位置算起，沿路大约的距离');
    if (!direction(here, fix.at)) ask();
    count(Math.max(0, Math.floor(here)));
  }

  function start() {
    if (stop) return;
    put(find('since'), '正在定位…');
    put(follow.querySelector('span'), '不跟了');
    follow.setAttribute('aria-pressed', 'true');
    stop = watch(seen, (why, forGood) => {
      if (forGood) end();
      ask(why);
    });
  }

  function end() {
    stop();
    stop = undefined;
    stopped();
    ask();
    put(find('since'), farthest === undefined ? since : '从最后一次定位的地方算起');
    put(follow.querySelector('span'), '跟着我走');
    follow.setAttribute('aria-pressed', 'false');
  }

  const clock = wrongClock(Number(told));
  if (clock) ask(clock);
  if (!navigator.geolocation) return;
  follow.hidden = false;
  find('private').hidden = false;
  follow.addEventListener('click', () => (stop ? end() : start()));
  // The tap was on the page before: 换成往…方向, or 跟着手机走的方向.
  if (location.hash === '#follow') {
    history.replaceState(null, '', location.pathname + location.search);
    start();
  }
}

const LOOKS = ['open', 'closing_soon', 'closed_now', 'temporarily_closed', 'unknown'];

/** `下一站，青麦岭服务区，约 23 公里，到时门开着` */
function sentence(item) {
  const text = (selector) => item.querySelector(selector).textContent;
  return `下一站，${text('h2')}，约 ${text('.away b')} ${text('.away bdi')}，${text('.state bdi')}`;
}

/** A phone whose clock is off says so; doors are counted without it. */
function wrongClock(told) {
  if (document.getElementById('kept')) return undefined;
  const minutes = Math.abs(Date.now() - told - performance.now()) / 60000;
  return minutes < 10 ? undefined : '手机的时间不准。开没开门按北京时间算，不受影响。';
}
