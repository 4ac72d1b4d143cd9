// 连续开车计时: four hours of driving, then a rest. Kept in this phone only, started and stopped by a
// tap, silent: it is looked at, it does not call.
import { spoken } from './door.js';

const KEY = 'drive-rest';
/** Away for longer than this, or for less than nothing, is a clock that was set: ms. */
const LONGEST = 12 * 3600e3;

export function rest(box) {
  const limits = { drive: box.dataset.drive * 60000, rest: box.dataset.rest * 60000 };
  const find = (id) => document.getElementById(id);
  const [left, says, buttons] = ['left', 'rest-says', 'rest-do'].map(find);
  let state = read(limits);
  let seen = [performance.now(), Date.now()];
  let wrote = 0;
  let odd = Boolean(state && state.odd);
  let away = false;

  /**
   * How long it was since the last look. The running clock cannot be set, but may stand still while a phone
   * sleeps: after a look away the clock on the wall counts, unless it says what no sleep does.
   */
  function passed() {
    const now = [performance.now(), Date.now()];
    const [ran, told] = [now[0] - seen[0], now[1] - seen[1]];
    seen = now;
    return away && told > ran && told < LONGEST ? told : ran;
  }

  function tick() {
    if (!state) return;
    const ms = passed();
    away = document.hidden;
    state.left -= ms;
    if (performance.now() - wrote > 10000) write();
    show();
  }

  function show() {
    const running = Boolean(state);
    left.hidden = !running;
    says.hidden = !running;
    for (const button of buttons.children) {
      const what = button.dataset.do;
      button.hidden = what === 'drive' ? running && state.phase === 'drive' : !running || state.phase === what;
    }
    buttons.querySelector('[data-do="drive"]').textContent = running ? '重新开车计时' : '开始计时';
    if (!running) return;
    const over = state.left <= 0;
    const minutes = over ? Math.floor(-state.left / 60000) : Math.ceil(state.left / 60000);
    const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    put(left, over && state.phase === 'drive' ? `超 ${clock}` : over ? '0:00' : clock);
    left.classList.toggle('over', over && state.phase === 'drive');
    const words =
      state.phase === 'drive'
        ? over
          ? `该休息了：找地方停下来，歇够 ${spoken(limits.rest / 60000)}。`
          : '离该休息还有这么久'
        : over
          ? '歇够了，可以走了。'
          : '休息还要这么久';
    put(says, odd ? `${words} 手机的时间改过，没开着页面的那一段没有算进去。` : words);
  }

  function write() {
    wrote = performance.now();
    try {
      if (state) localStorage.setItem(KEY, JSON.stringify({ phase: state.phase, left: Math.round(state.left), at: Date.now() }));
      else localStorage.removeItem(KEY);
    } catch (forbidden) {
      // Without storage it counts as long as the page stands.
    }
  }

  buttons.hidden = false;
  buttons.addEventListener('click', ({ target }) => {
    const what = target.dataset.do;
    if (!what) return;
    odd = false;
    state = what === 'stop' ? undefined : { phase: what, left: limits[what] };
    seen = [performance.now(), Date.now()];
    write();
    show();
  });
  document.addEventListener('visibilitychange', () => {
    tick();
    write();
  });
  window.addEventListener('pagehide', write);
  setInterval(tick, 1000);
  show();
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What was kept: the time since then is taken off, unless the clock was set meanwhile. */
function read(limits) {
  try {
    const { phase, left, at } = JSON.parse(localStorage.getItem(KEY));
    const away = Date.now() - at;
    if (!(phase in limits) || !(Math.abs(left) <= LONGEST)) return undefined;
    const odd = !(away >= 0 && away < LONGEST);
    return { phase, left: odd ? left : left - away, odd };
  } catch (nothing) {
    return undefined;
  }
}
