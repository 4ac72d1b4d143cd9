// The public keys and the revoked cards, kept on this phone for checks without network.
import { bytesOf } from './token.js';

const KEPT = 'card-list';

const blank = { keys: {}, revoked: [], at: 0, ahead: 0 };

/** What is kept: keys by id (bytes), ids of revoked cards, when it was fetched, how far the server's clock is ahead. */
export function kept() {
  try {
    const { keys, cards, at, ahead } = JSON.parse(localStorage[KEPT]);
    const list = { keys: {}, revoked: [], at, ahead };
    for (const { id, public: key } of keys) list.keys[id] = bytesOf(key);
    const bytes = bytesOf(cards);
    for (let from = 0; from < bytes.length; from += 8) {
      list.revoked.push(Array.from(bytes.subarray(from, from + 8), (byte) => (byte + 256).toString(16).slice(1)).join(''));
    }
    return list;
  } catch (nothing) {
    return blank;
  }
}

/** Fetches both anew. A fault leaves what is kept as it is. */
export function sync() {
  const asked = Date.now();
  const json = (path) =>
    fetch(path).then((reply) => (reply.ok ? reply.json().then((body) => ({ body, date: reply.headers.get('date') })) : Promise.reject()));
  return Promise.all([json('/api/v1/cards/keys'), json('/api/v1/cards/revoked')]).then(([keys, revoked]) => {
    const here = (asked + Date.now()) / 2;
    // The header has whole seconds.
    const there = Date.parse(revoked.date) + 500;
    localStorage[KEPT] = JSON.stringify({
      keys: keys.body.keys,
      cards: revoked.body.cards,
      at: there || here,
      ahead: there ? Math.round(there - here) : 0,
    });
    return kept();
  });
}

/** How old a list is, in words. */
export function age(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60000));
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  return `${Math.floor(minutes / 1440)} 天前`;
}
