// Passkeys. A page that has this shows another way as well; without it, or in a browser that has no passkeys,
// its button stays away.
const find = (id) => document.getElementById(id);
const box = find('passkey'), says = find('passkey-says'), none = find('passkey-none');

const text = (buffer) => {
  let letters = '';
  for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte);
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
};
const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

const say = (sentence) => {
  says.textContent = sentence;
  says.hidden = !sentence;
};

/** A half of the ceremony; what the server says in words is thrown as words. */
const post = (half, body) =>
  fetch(`/act/passkey/${box.dataset.act}/${half}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(
    (reply) =>
      reply.json().then(
        (said) => (reply.ok ? said : Promise.reject(said.message)),
        () => Promise.reject('服务正在维护，没办成。过一会儿再试一次。'),
      ),
    () => Promise.reject('没有网络，没办成。有信号了再点一次。'),
  );

const described = (list) => (list || []).map((one) => ({ type: one.type, id: bytes(one.id) }));

const make = (options) => {
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = described(options.excludeCredentials);
  return navigator.credentials.create({ publicKey: options }).then((made) => ({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
  }));
};

const show = (options) => {
  options.challenge = bytes(options.challenge);
  options.allowCredentials = described(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options }).then((shown) => ({
    id: shown.id,
    rawId: text(shown.rawId),
    type: shown.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(shown.response.clientDataJSON),
      authenticatorData: text(shown.response.authenticatorData),
      signature: text(shown.response.signature),
      userHandle: shown.response.userHandle && text(shown.response.userHandle),
    },
  }));
};

/** What a browser's own error means (WebAuthn level 3, 5.1.3 and 5.1.4). */
const reasons = {
  NotAllowedError: '取消了，或者等得太久。再点一次；这部设备里没有通行密钥的，用下面的办法。',
  InvalidStateError: '这部设备已经登记过了，直接登录就行。',
  NotSupportedError: '这部手机没有通行密钥，用下面的办法。',
  ConstraintError: '这部手机还没设锁屏密码。设好再来，或者用下面的办法。',
  SecurityError: '这个网址不能用通行密钥，用下面的办法。',
};

if (box && self.PublicKeyCredential && navigator.credentials) {
  const { act, invitation, next } = box.dataset;
  const button = box.querySelector('button');
  box.hidden = false;
  button.onclick = () => {
    button.disabled = true;
    say('');
    post('options', { invitation })
      .then(({ ceremony, options }) =>
        (act === 'register' ? make : show)(options).then((answer) =>
          post('finish', { ceremony, answer, invitation, next }),
        ),
      )
      .then(({ to }) => {
        // The page just left holds a button that has done its work.
        location.replace(to);
      })
      .catch((why) => {
        button.disabled = false;
        say(typeof why === 'string' ? why : reasons[why && why.name] || '没办成。再点一次，或者用下面的办法。');
      });
  };
} else if (none) {
  none.hidden = false;
}
