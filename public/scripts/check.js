// Checks cards on this phone: reads codes with the camera, judges them by the keys and the list that are kept here.
// No code leaves the phone. Without this a pasted code is checked by the server.
import { hash, sign } from 'tweetnacl';
import { judge } from './card/judge.js';
import { age, kept, sync } from './card/list.js';
import { isAnswer, question, read, tokenIn } from './card/token.js';

const find = (id) => document.getElementById(id);
/** Wrong answers about one card on this phone. */
const TRIES = 5;
const verify = (text, signature, key) => sign.detached.verify(text, signature, key);
const day = (ms) => {
  const date = new Date(ms);
  return `${date.getFullYear()} 年 ${date.getMonth() + 1} 月 ${date.getDate()} 日`;
};

let list = kept();
const now = () => Date.now() + list.ahead;

function tellList() {
  const line = find('list'), old = now() - list.at > +find('scanner').dataset.old;
  line.className = old ? 'note warn' : 'small muted';
  if (!list.at) line.textContent = '还没有名单：先连一次网，打开这一页，再核对。';
  else line.textContent = `名单 ${age(now() - list.at)}更新${old ? '，太旧了：连上网再核对，换过码、退了会的才认得出' : '，没有网也能核对'}`;
}
const refresh = () =>
  sync().then(
    (fresh) => {
      list = fresh;
      tellList();
    },
    tellList,
  );

let shown = null;
const wrong = {};
/** Shows a verdict, with what the code says where it was signed. */
function show(verdict, token) {
  if (shown) shown.hidden = true;
  shown = find(`v-${verdict}`);
  const facts = token && { name: token.name, organisation: token.organisation, occupation: token.occupation || '没有写', valid: day(token.valid) };
  for (const slot of shown.querySelectorAll('[data-slot]')) slot.textContent = facts ? facts[slot.dataset.slot] : '';
  shown.hidden = false;
  shown.scrollIntoView();
}

let asked = null;
function check(text) {
  const token = read(tokenIn(text));
  const verdict = judge(token, list, verify, now());
  asked = verdict === 'ask_holder' ? token : null;
  find('said').value = '';
  find('said-says').hidden = true;
  show(verdict, token);
  if (asked) find('said').focus();
  return verdict;
}

find('ask').onsubmit = () => {
  const says = find('said-says'), asks = asked && question(asked.id, find('said').value);
  const tell = (sentence) => {
    says.textContent = sentence;
    says.hidden = false;
  };
  if (!asked) return false;
  if (!asks) tell('填四个数字或字母，例如 0073。');
  else if ((wrong[asked.id] || 0) >= TRIES) tell('这张试得太多了。请持证人连上网，出示在线码。');
  else if (isAnswer(hash(asks), asked.answer)) show('valid', asked);
  else {
    wrong[asked.id] = (wrong[asked.id] || 0) + 1;
    show('wrong_answer', asked);
  }
  return false;
};

find('typed').onsubmit = () => {
  if (!find('code').value.trim()) return true;
  check(find('code').value);
  return false;
};

const trouble = (sentence) => {
  find('trouble').textContent = sentence;
  find('trouble').hidden = false;
};
const reader = () =>
  new Promise((resolve, reject) => {
    if (self.readCode) return resolve();
    const script = Object.assign(document.createElement('script'), { src: find('scanner').dataset.reader, onload: resolve, onerror: reject });
    document.head.appendChild(script);
  });
/** Pixels of a side that are read: enough for the largest code, few enough for a slow phone. */
const SIDE = 640;
const canvas = document.createElement('canvas');

/** The text of a code in what the camera sees, or nothing. */
async function seen(video, detector) {
  if (detector) {
    const found = await detector.detect(video);
    return found[0] && found[0].rawValue;
  }
  const side = Math.min(video.videoWidth, video.videoHeight), size = Math.min(side, SIDE);
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  context.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
  return self.readCode(context.getImageData(0, 0, size, size).data, size, size);
}

async function native() {
  try {
    const formats = await self.BarcodeDetector.getSupportedFormats();
    return formats.indexOf('qr_code') < 0 ? null : new self.BarcodeDetector({ formats: ['qr_code'] });
  } catch (none) {
    return null;
  }
}

async function scan() {
  const button = find('camera'), video = find('video');
  button.disabled = true;
  find('trouble').hidden = true;
  if (shown) shown.hidden = true;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 1280 } } });
    const detector = await native();
    if (!detector) await reader();
    find('lens').hidden = false;
    video.srcObject = stream;
    await video.play();
    await new Promise((resolve) => {
      const look = () => {
        if (!video.srcObject) return resolve();
        (video.videoWidth ? seen(video, detector) : Promise.resolve()).then(
          (text) => {
            if (!text) return setTimeout(look, 120);
            check(text);
            resolve();
          },
          () => setTimeout(look, 300),
        );
      };
      look();
    });
  } catch (why) {
    trouble(
      why && why.name === 'NotAllowedError'
        ? '没有相机的许可。在浏览器设置里允许这个网站用相机，或者把会员证的网址粘贴到下面。'
        : '相机打不开。请持证人把会员证的网址发给你，粘贴到下面。',
    );
  }
  if (stream) stream.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  find('lens').hidden = true;
  button.disabled = false;
  button.lastChild.textContent = '再扫一张';
}

find('scanner').hidden = false;
if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
  find('open').hidden = false;
  find('camera').onclick = scan;
}
tellList();
refresh();
addEventListener('online', refresh);
setInterval(refresh, 300000);
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
