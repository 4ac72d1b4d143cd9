// What a tap on a station page needs: copy, share, and whether the phone stands at the door.
const { tapped } = self;
const say = (id, sentence) => {
  const place = document.getElementById(id);
  if (place) place.textContent = sentence;
};

async function act(button) {
  if ('share' in button.dataset) {
    return navigator.share({ title: document.title, url: location.href }).catch(() => {});
  }
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    say('said', '地址已复制');
  } catch {
    // Old browsers and web views inside apps: the page shows the address to copy by hand.
    say('said', '复制不了，长按选中：' + text);
  }
}

/** Farther than this, in metres, beyond what the phone is unsure of, nobody stands at the door. */
const AT_THE_DOOR = 300;

/** Metres between the phone and the station; near enough for near distances. */
function metres(here, { y, x }) {
  const radians = Math.PI / 180;
  const north = (y / 1e7 - here.latitude) * radians;
  const east = (x / 1e7 - here.longitude) * radians * Math.cos(here.latitude * radians);
  return 6371008.8 * Math.hypot(north, east);
}

/** Sends what was tapped. The position is compared here and stays here: all that is sent is "checked". */
function near(form, button) {
  if (form.dataset.sent || !button) return;
  const send = (near) => {
    form.dataset.sent = 'yes';
    form.elements.near.value = near;
    const said = Object.assign(document.createElement('input'), { type: 'hidden', name: 'said', value: button.value });
    form.appendChild(said);
    form.submit();
  };
  // Asked once in vain: the person's own word counts.
  if (form.dataset.asked || !navigator.geolocation) return send('said');
  say('tapped', '正在看你是不是在门口，最多 8 秒。');
  const unknown = () => {
    form.dataset.asked = 'yes';
    say('tapped', '手机说不出在哪儿。你要是就在门口，再点一下。');
  };
  const found = ({ coords }) => {
    const far = metres(coords, form.dataset);
    if (far <= AT_THE_DOOR + coords.accuracy) return send('checked');
    const words = far < 1000 ? `${Math.round(far / 10) * 10} 米` : `${(far / 1000).toFixed(1)} 公里`;
    say('tapped', `你离这里还有约 ${words}，没有发送。到了门口再点。`);
  };
  try {
    navigator.geolocation.getCurrentPosition(found, unknown, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 });
  } catch {
    unknown();
  }
}

// Run anew on every tap: `tapped` is what it was on, a button to act on or the form.
if (tapped.elements) near(tapped, tapped.tapped);
else act(tapped);
