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
      say('这里不能自动复制，长按这行选中：' + text);
    }
  };
}
for (const button of document.querySelectorAll('[data-share]')) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.onclick = () => navigator.share({ title: document.title, url: location.href }).catch(() => {});
}
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
