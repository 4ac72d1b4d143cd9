// The own card: a fresh code every minute, and a copy for no network that stays on this phone. Without this the page
// asks for itself again every minute.
const find = (id) => document.getElementById(id);
/** What is kept; `no` where its owner said not on this phone. */
const KEPT = 'card-kept';

const store = {
  get: () => { try { return localStorage[KEPT]; } catch (none) { return undefined; } },
  set: (text) => { try { localStorage[KEPT] = text; } catch (full) { /* Private windows keep nothing. */ } },
};
const held = () => { try { return JSON.parse(store.get()); } catch (none) { return null; } };
const day = (ms) => {
  const date = new Date(+ms);
  return `${date.getFullYear()} 年 ${date.getMonth() + 1} 月 ${date.getDate()} 日`;
};

/** A piece of a page; nothing where somebody signed out meanwhile. */
const piece = (path, id) =>
  fetch(path, { credentials: 'same-origin' })
    .then((reply) => (reply.ok && !reply.redirected ? reply.text() : Promise.reject(reply.status)))
    .then((html) => new DOMParser().parseFromString(html, 'text/html').getElementById(id) || Promise.reject(0));

if (find('code')) {
  const every = +find('code').dataset.turns;
  let turned = Date.now(), asking = false;
  const turn = () => {
    asking = true;
    piece('/me/card/fresh', 'code').then(
      (code) => {
        find('code').replaceWith(document.importNode(code, true));
        turned = Date.now();
        asking = false;
      },
      (status) => {
        asking = false;
        // A status is an answer: the page says what it means. No answer is no network.
        if (status !== undefined && typeof status === 'number') location.reload();
        else if (Date.now() - turned > 2 * every - 10000) gone();
      },
    );
  };
  const gone = () => {
    if (held() && held().d) location.replace('/card/offline');
    else say('没有网，这个码快过期了。走到有信号的地方再出示。');
  };
  const say = (sentence) => { find('turns').textContent = sentence; };
  setInterval(() => {
    const left = Math.ceil((turned + every - Date.now()) / 1000);
    if (left > 0) say(`${left} 秒后自动换码，截图没有用`);
    else if (!asking) turn();
  }, 1000);
  // A page that comes back from behind shows no old code.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - turned > every && !asking) turn();
  });

  const told = (sentence, word) => {
    find('kept-says').textContent = sentence;
    find('kept-says').hidden = false;
    find('kept-do').hidden = false;
    find('forget').textContent = word;
  };
  const keep = () =>
    piece('/me/card/kept', 'kept').then(
      (kept) => {
        const { name, organisation, occupation, valid, until } = kept.dataset;
        const box = kept.querySelector('svg').getAttribute('viewBox');
        store.set(JSON.stringify({ name, organisation, occupation, valid, until, box, d: kept.querySelector('path').getAttribute('d') }));
        if (held()) told(`这部手机已存一份，没网也能出示，到 ${day(until)}。`, '不在这部手机上留证');
      },
      () => {},
    );
  const ask = () => told('这部手机上没有留会员证。', '存一份，没网也能出示');
  if (store.get() === 'no') ask(); else keep();
  find('forget').onclick = () => {
    if (store.get() === 'no') return keep();
    store.set('no');
    ask();
  };
}

const plate = find('kept-card');
if (plate) {
  const kept = held();
  if (kept && kept.d && Date.now() < +kept.until) {
    const facts = Object.assign({}, kept, { valid: day(kept.valid), until: day(kept.until) });
    for (const slot of plate.querySelectorAll('[data-slot]')) {
      slot.textContent = facts[slot.dataset.slot] || '';
      if (slot.parentNode.nodeName === 'DIV') slot.parentNode.hidden = !slot.textContent;
    }
    const svg = plate.querySelector('svg'), size = kept.box.split(' ')[2];
    svg.setAttribute('viewBox', kept.box);
    svg.querySelector('rect').setAttribute('width', size);
    svg.querySelector('rect').setAttribute('height', size);
    svg.querySelector('path').setAttribute('d', kept.d);
    plate.hidden = false;
    find('kept-none').hidden = true;
  } else if (kept && kept.d) {
    find('kept-title').textContent = '存的会员证过期了';
    find('kept-text').textContent = '连上网打开一次“我的会员证”，就会存一份新的。';
  }
}
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
