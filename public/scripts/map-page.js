// Fetches the map after the page stands, and says so when that fails. The map itself is in map.js.
const box = document.getElementById('map');
const add = (tag, set) =>
  new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), set);
    element.onload = resolve;
    element.onerror = reject;
    document.head.appendChild(element);
  });
Promise.all([
  add('link', { rel: 'stylesheet', href: box.dataset.styles }),
  add('script', { src: box.dataset.map }),
]).then(
  () => box.dispatchEvent(new Event('start')),
  () => {
    document.getElementById('where').textContent = '网络不好，地图没打开。刷新再试，或看“列表”“方位图”。';
  },
);
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
