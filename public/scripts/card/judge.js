// What a check says: the same as app/domain/src/membership/card/verdict.rs, held together by shared examples.

/** An online code is good for so long, in ms; a code may come from so far in the future. */
const ONLINE = 120000, EARLIER = 120000;

/**
 * The code of a verdict. `list` holds the public keys by their ids, and the ids of revoked cards; `verify` is Ed25519
 * over (text, signature, key); `now` is the best that is known of the time.
 */
export function judge(token, list, verify, now) {
  if (!token) return 'not_a_card';
  const key = list.keys[token.key];
  if (!key) return 'unknown_key';
  if (!verify(token.signed, token.signature, key)) return 'tampered';
  if (list.revoked.indexOf(token.id) >= 0) return 'revoked';
  if (token.issued > now + EARLIER) return 'wrong_time';
  if (token.online && now > token.issued + ONLINE) return 'screenshot';
  if (now > token.expires || now > token.valid) return 'expired';
  return token.online ? 'valid' : 'ask_holder';
}
