// What a phone keeps after somebody's own pages: nothing of it may be found on the disk of a phone that is lost or
// lent. All files of the browser are read, as they are and unpacked.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { freshId, freshNumber, signIn, tellIdentity } from "../support/account.js";
import { expect, test } from "../support/journey.js";
import { home } from "../support/servers.js";

/** A word as a file may hold it. */
const spellings = (word) => [
  Buffer.from(word, "utf8"),
  Buffer.from(word, "utf16le"),
  Buffer.from(encodeURIComponent(word), "utf8"),
  Buffer.from(encodeURIComponent(word).toLowerCase(), "utf8"),
];

const files = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());

/** The magic number of an entry of Chromium's simple cache: 24 bytes, the key, then the body as it came. */
const ENTRY = Buffer.from("305c72a71b6dfbfc", "hex");

/** A file as it is, and whatever in it can be unpacked. */
function* readings(file) {
  const bytes = readFileSync(file);
  yield bytes;
  const unpack = function* (how, packed) {
    try {
      yield how(packed);
    } catch {
      // Not packed this way.
    }
  };
  const gunzip = (packed) => gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  for (let at = bytes.indexOf("1f8b08", 0, "hex"); at >= 0; at = bytes.indexOf("1f8b08", at + 1, "hex")) {
    yield* unpack(gunzip, bytes.subarray(at));
  }
  const unbrotli = (packed) => brotliDecompressSync(packed, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
  if (bytes.subarray(0, 8).equals(ENTRY)) yield* unpack(unbrotli, bytes.subarray(24 + bytes.readUInt32LE(12)));
  else yield* unpack(unbrotli, bytes);
}

/** The files in which a word is. */
function holding(folder, word) {
  const spelt = spellings(word);
  return files(folder).filter((file) => {
    for (const bytes of readings(file)) if (spelt.some((one) => bytes.includes(one))) return true;
    return false;
  });
}

const PAGES = ["/me", "/me/inbox", "/me/sessions", "/me/phone", "/me/identity", "/me/consents", "/me/data", "/me/delete", "/me/keys"];

test("a closed browser has kept no name, no number, no mobile on the disk", async ({ playwright, launchOptions, baseURL }) => {
  const profile = join(home, "profile");
  const name = "尉迟𬭚㛃";
  const [number, mobile] = [freshId(), freshNumber()];
  const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, baseURL, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto("/about");
  await signIn(page, mobile);
  await tellIdentity(page, { name, number });
  await page.getByText("存好了").waitFor();
  await page.getByText("看完整的号码").click();
  await page.getByLabel("为什么要看").fill("核对");
  await page.getByRole("button", { name: "看完整的" }).click();
  await expect(page.locator("main")).toContainText(number.slice(-4));
  for (const path of PAGES) await page.goto(path);
  await context.close();

  // The search finds what is there: a word planted in each way, and what the browser itself may keep.
  const planted = join(profile, "planted");
  mkdirSync(planted);
  const word = "皇甫㛃";
  writeFileSync(join(planted, "plain"), `…${word}…`);
  writeFileSync(join(planted, "wide"), Buffer.from(`…${word}…`, "utf16le"));
  writeFileSync(join(planted, "percent"), `name=${encodeURIComponent(word)}`);
  writeFileSync(join(planted, "packed"), Buffer.concat([Buffer.from("head"), gzipSync(`…${word}…`)]));
  expect(holding(profile, word).length).toBe(4);
  expect(holding(profile, "prefers-color-scheme").length, "the cache is on the disk, and is read").toBeGreaterThan(0);

  const found = Object.entries({ name, number, mobile }).flatMap(([what, secret]) => holding(profile, secret).map((file) => `${what} in ${relative(profile, file)}`));
  expect(found).toEqual([]);
});
