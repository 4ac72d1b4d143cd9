// A station page's copy and share. Both buttons stay hidden where the browser has neither.
const said = document.getElementById('said');
const say = (sentence) => { if (said) said.textContent = sentence; };
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.onclick = async () => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
      say('地址已复制');
    } catch {
      // Old browsers and web views inside apps: the page shows the address to copy by hand.
      say('复制不了，长按选中：' + text);
    }
  };
}
for (const button of document.querySelectorAll('[data-share]')) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.onclick = () => navigator.share({ title: document.title, url: location.href }).catch(() => {});
}
// How far it is from where this phone knows itself to be. The position is read here and goes nowhere.
const far = document.getElementById('far');
const kept = (() => { try { return sessionStorage.getItem('position'); } catch { return null; } })();
if (far && kept) {
  const [lat, lng, y, x] = [...kept.split(',').slice(0, 2), far.dataset.y, far.dataset.x].map((e7) => e7 / 1e7 * Math.PI / 180);
  const east = Math.sin(x - lng) * Math.cos(y);
  const north = Math.cos(lat) * Math.sin(y) - Math.sin(lat) * Math.cos(y) * Math.cos(x - lng);
  const metres = 6371008.8 * Math.atan2(Math.hypot(east, north), Math.sin(lat) * Math.sin(y) + Math.cos(lat) * Math.cos(y) * Math.cos(x - lng));
  const bearing = (Math.atan2(east, north) * 180 / Math.PI + 360) % 360;
  const tens = Math.round(metres / 10);
  const [way, unit] = far.querySelectorAll('bdi');
  way.textContent = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'][Math.round(bearing / 45) % 8];
  unit.textContent = tens < 100 ? '米' : '公里';
  far.querySelector('b').textContent = tens < 100 ? tens * 10 : (metres / 1000).toFixed(metres < 9950 ? 1 : 0);
  far.querySelector('path').setAttribute('transform', `rotate(${Math.round(bearing / 15) * 15} 12 12)`);
  // Worse than a kilometre is 大概位置, as in the list.
  far.querySelector('small').textContent = kept.split(',')[2] > 1000 ? '约' : '';
}
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
