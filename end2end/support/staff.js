// Staff: an invitation from the console taken up with a number and an authenticator, and the one-use links that a
// trial prints when it starts.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { codeFor, freshNumber } from "./account.js";
import { expect } from "./journey.js";
import { consoleOf, demo, environment, program, top } from "./servers.js";

/** The union that answers for the stations of the 示范 pack, as the console wants it. */
export const UNION = ["--organisation", "410000"];

/** The path of an invitation, as the first administrator gets it: from the console. */
export const invitation = (...role) => invitationAt(demo, ...role);
function invitationAt(server, ...role) {
  const env = { ...process.env, ...environment(server), LOG_LEVEL: "error" };
  const printed = execFileSync(program, ["grant-role", ...role], { cwd: top, env, encoding: "utf8" });
  return printed.match(/\/invite\/[0-9a-f]{64}/)[0];
}

/** The six digits of an authenticator now: RFC 6238. */
export function totp(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash.at(-1) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, "0");
}

/** The browser becomes somebody new who has just taken such a role up. Its journey in pages is in passkey.spec.js. */
export const asStaff = (page, ...role) => asStaffAt(demo, page, ...role);
/** The same at one of the servers. */
export async function asStaffAt(server, page, ...role) {
  const path = invitationAt(server, ...role);
  const next = encodeURIComponent(`${path}/authenticator`);
  const mobile = freshNumber();
  // Whoever is signed in would get the role as well.
  await page.context().clearCookies();
  const send = (to, form) => page.request.post(server.origin + to, { form, headers: { origin: server.origin } });
  await send(`${path}?next=${next}`, { mobile });
  const setting = await send(`/sign-in/code?next=${next}`, { code: codeFor(mobile, server) });
  const secret = (await setting.text()).match(/class="number secret">([^<]+)</)[1];
  const desk = await send(`${path}/authenticator`, { code: totp(secret) });
  expect(new URL(desk.url()).pathname).toBe("/desk");
  return { mobile, secret };
}

/** A phone with a lock and a place for passkeys. */
export async function authenticator(page, options = {}) {
  const phone = await page.context().newCDPSession(page);
  await phone.send("WebAuthn.enable");
  await phone.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
}

/** The path of the link that signs in as a role, which the program prints when it starts. Looking uses nothing up. */
export function trialLink(role) {
  const printed = [consoleOf(demo), demo.log].map((file) => readFileSync(file, "utf8")).join("\n");
  const [, path] = printed.match(new RegExp(`${role}：\\S*(/trial/[0-9a-f]{64})`));
  return path;
}
