// The bytes of a code of 电子会员证; the layout is documented in app/domain/src/membership/card.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIGNATURE = 64;
/** The longest token that is looked at, in characters. */
const LONGEST = 400;
const NAME = 36, ORGANISATION = 72, OCCUPATION = 30;

/** The bytes of an ASCII text. */
export const ascii = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Several rows of bytes in one. */
export function joined(...rows) {
  const all = new Uint8Array(rows.reduce((length, row) => length + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}

/** What stands before the bytes that are signed. */
const PREFIX = ascii('huizhanjia card v1\0');

/** The bytes of base64url without padding; null where the text is not what is written for any bytes. */
export function bytesOf(text) {
  const bytes = [];
  let bits = 0, held = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0 || letter.length !== 1) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  // Bits that stand for nothing are nothing, and no letter is one too many.
  return bits >= 6 || (held & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}

const hex = (bytes) => Array.from(bytes, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');

/** UTF-8 as it is written and no other; null otherwise. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (broken) {
    return null;
  }
}

/** The token in what a scanner or a person gives: the address of a code, or the token alone. */
export function tokenIn(text) {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('/c/');
  return (at < 0 ? trimmed : trimmed.slice(at + 3)).split(/[?#]/)[0];
}

/** A code as it was read, moments in ms; null where it is none. Nothing in it is true before its signature is. */
export function read(text) {
  const all = text.length <= LONGEST ? bytesOf(text) : null;
  if (!all || all.length < SIGNATURE) return null;
  const bytes = all.subarray(0, all.length - SIGNATURE);
  let at = 0, fits = true;
  const take = (count) => {
    const taken = bytes.subarray(at, at + count);
    fits = fits && taken.length === count;
    at += count;
    return taken;
  };
  const moment = () => take(4).reduce((whole, byte) => whole * 256 + byte, 0) * 1000;
  const text8 = (most) => {
    const length = take(1)[0];
    const taken = textOf(take(length || 0));
    fits = fits && length <= most && taken !== null;
    return taken;
  };
  const [version, kind] = take(2);
  const token = {
    online: kind === 0,
    key: hex(take(4)),
    issued: moment(),
    expires: moment(),
    id: hex(take(8)),
    valid: moment(),
    answer: hex(take(4)),
    name: text8(NAME),
    organisation: text8(ORGANISATION),
    occupation: text8(OCCUPATION),
    signed: joined(PREFIX, bytes),
    signature: all.subarray(bytes.length),
  };
  return fits && at === bytes.length && version === 1 && kind <= 1 ? token : null;
}

/** What is hashed (SHA-512) for the answer of a card; null where what was said is not four letters or digits. */
export function question(id, said) {
  const plain = said
    .slice(0, 64)
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, '')
    .toUpperCase();
  if (!/^[0-9A-Z]{4}$/.test(plain)) return null;
  const card = Uint8Array.from(id.match(/../g), (pair) => parseInt(pair, 16));
  return joined(ascii('huizhanjia card answer\0'), card, ascii(plain));
}

/** Whether the hash of a question is the answer of a code. */
export const isAnswer = (hash, answer) => hex(hash.subarray(0, 4)) === answer;
