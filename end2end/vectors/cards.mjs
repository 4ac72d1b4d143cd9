// Examples of codes of 电子会员证 with what a check says of them, for both programs that check: the server's
// (server/tests/card/vectors.rs) and the phone's (end2end/tests/card.spec.js). Written by a third hand, from the layout
// that app/domain/src/membership/card documents: node end2end/vectors/cards.mjs
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const nacl = createRequire(new URL("../package.json", import.meta.url))("tweetnacl");
const NOW = 1_795_399_200_000;
const DAY = 86_400_000;

const pair = (seed) => {
  const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(seed));
  return { id: createHash("sha256").update(publicKey).digest().subarray(0, 4), publicKey: Buffer.from(publicKey), secretKey };
};
const [ours, older, foreign] = [1, 2, 3].map(pair);
const seconds = (ms) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Math.floor(ms / 1000));
  return bytes;
};
const text = (word) => Buffer.concat([Buffer.from([Buffer.byteLength(word)]), Buffer.from(word)]);
const answer = (card, four) => createHash("sha512").update("huizhanjia card answer\0").update(card).update(four).digest().subarray(0, 4);
const id = (byte) => Buffer.alloc(8, byte);

/** The bytes of a code before its signature. */
function bytes(more = {}) {
  const card = {
    version: 1, kind: 0, key: ours.id, issued: NOW, lasts: 120_000, id: id(7), valid: NOW + 300 * DAY, four: "73A5",
    name: "张*明", organisation: "金水区总工会", occupation: "外卖配送员", tail: "", ...more,
  };
  return Buffer.concat([
    Buffer.from([card.version, card.kind]), card.key, seconds(card.issued), seconds(card.issued + card.lasts), card.id,
    seconds(card.valid), answer(card.id, card.four), text(card.name), text(card.organisation), text(card.occupation),
    Buffer.from(card.tail),
  ]);
}
const signed = (before, key = ours) => {
  const signature = nacl.sign.detached(Buffer.concat([Buffer.from("huizhanjia card v1\0"), before]), key.secretKey);
  return Buffer.concat([before, Buffer.from(signature)]).toString("base64url");
};
const online = (more) => signed(bytes(more));
const offline = (more) => signed(bytes({ kind: 1, lasts: 30 * DAY, ...more }));
const flipped = (token, at) => {
  const row = Buffer.from(token, "base64url");
  row[at] ^= 1;
  return row.toString("base64url");
};

const codes = [
  ["an online code", online(), NOW, "valid"],
  ["an online code after two minutes", online(), NOW + 120_000, "valid"],
  ["an online code a second later", online(), NOW + 121_000, "screenshot"],
  ["an online code on a clock that is two minutes late", online(), NOW - 120_000, "valid"],
  ["an online code from the future", online(), NOW - 121_000, "wrong_time"],
  ["a code for no network", offline(), NOW + DAY, "ask_holder"],
  ["a code for no network after 30 days", offline(), NOW + 30 * DAY, "ask_holder"],
  ["a code for no network a second later", offline(), NOW + 30 * DAY + 1000, "expired"],
  ["a code of a membership that is over", offline({ valid: NOW + DAY }), NOW + 2 * DAY, "expired"],
  ["a code for no network from the future", offline(), NOW - 3_600_000, "wrong_time"],
  ["a revoked card, online", online({ id: id(9) }), NOW, "revoked"],
  ["a revoked card, for no network", offline({ id: id(9) }), NOW, "revoked"],
  ["signed with the older key", signed(bytes({ key: older.id }), older), NOW, "valid"],
  ["signed with a key from elsewhere", signed(bytes({ key: foreign.id }), foreign), NOW, "unknown_key"],
  ["a key from elsewhere that says it is ours", signed(bytes(), foreign), NOW, "tampered"],
  ["another name", flipped(online(), 33), NOW, "tampered"],
  ["another expiry", flipped(offline(), 13), NOW, "tampered"],
  ["another signature", flipped(online(), bytes().length + 5), NOW, "tampered"],
  ["without an occupation", online({ occupation: "" }), NOW, "valid"],
  ["with a rare character", online({ name: "欧*𬭚" }), NOW, "valid"],
  ["another version", online({ version: 2 }), NOW, "not_a_card"],
  ["another kind", online({ kind: 2 }), NOW, "not_a_card"],
  ["something behind", online({ tail: "x" }), NOW, "not_a_card"],
  ["a name that is too long", online({ name: "张".repeat(13) }), NOW, "not_a_card"],
  ["a letter more", `${online()}A`, NOW, "not_a_card"],
  ["a letter less", online().slice(0, -1), NOW, "not_a_card"],
  ["padded", `${online()}=`, NOW, "not_a_card"],
  ["nothing", "", NOW, "not_a_card"],
  ["an address of something else", "https://a.example/stations/0123456789", NOW, "not_a_card"],
  ["a whole address", `https://a.example/c/${online()}`, NOW, "valid"],
  ["an address with what a chat app adds", ` http://localhost:3000/c/${online()}?from=chat#x\n`, NOW, "valid"],
].map(([about, code, now, verdict]) => ({ about, code, now, verdict }));

const answers = [
  ["73A5", true], [" 73a5 ", true], ["７３ａ５", true], ["73A6", false], ["73A", null], ["73A55", null], ["七三甲五", null], ["", null],
].map(([said, right]) => ({ card: id(7).toString("hex"), said, answer: answer(id(7), "73A5").toString("hex"), right }));

const keys = [older, ours].map(({ id, publicKey }) => ({ id: id.toString("hex"), public: publicKey.toString("base64url") }));
const revoked = Buffer.concat([id(8), id(9)]).toString("base64url");
writeFileSync(new URL("cards.json", import.meta.url), `${JSON.stringify({ keys, revoked, codes, answers }, null, 1)}\n`);
