// A station page. What only a tap needs is fetched on that tap, and told by `tapped` what it was on.
const find = (id) => document.getElementById(id);
const said = find('said');
const tap = (on) => {
  self.tapped = on;
  const script = document.createElement('script');
  script.src = said.dataset.tap;
  script.onerror = () => { said.textContent = said.title; };
  document.head.appendChild(script);
};
for (const button of document.querySelectorAll('[data-copy],[data-share]')) {
  if ('share' in button.dataset && !navigator.share) continue;
  button.hidden = 0;
  button.onclick = () => tap(button);
}
const form = find('say');
if (form) {
  form.onclick = (event) => { form.tapped = event.target.closest('button'); };
  form.onsubmit = () => { tap(form); return false; };
}
// How far it is from where this phone knows itself to be. The position is read here and goes nowhere.
const far = find('far');
let kept;
try { kept = sessionStorage.position; } catch { /* Storage may be forbidden: the page's own distance stays. */ }
if (far && kept) {
  const [y, x, rough] = kept.split(',');
  const { sin, cos, atan2, hypot, round } = Math;
  const radians = (e7) => e7 / 572957795.13;
  const from = radians(y), to = radians(far.dataset.y), turn = radians(far.dataset.x - x);
  const east = sin(turn) * cos(to);
  const north = cos(from) * sin(to) - sin(from) * cos(to) * cos(turn);
  const metres = 6371008.8 * atan2(hypot(east, north), sin(from) * sin(to) + cos(from) * cos(to) * cos(turn));
  const way = round(atan2(east, north) * 57.29578 + 360);
  const put = (place, text) => { far.querySelector(place).textContent = text; };
  put('bdi', '北 东北 东 东南 南 西南 西 西北'.split(' ')[round(way / 45) % 8]);
  put('b', metres < 995 ? round(metres / 10) * 10 : (metres / 1000).toFixed(metres < 9950));
  put('b+bdi', metres < 995 ? '米' : '公里');
  // Worse than a kilometre is 大概位置, as in the list.
  put('small', rough > 1000 ? '约' : '');
  far.querySelector('path').setAttribute('transform', `rotate(${way} 12 12)`);
}
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
