// What many tests look at and nobody changes is made once per run, by whoever asks first, in any worker.
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "./journey.js";
import { home } from "./servers.js";

function isFirst(kept) {
  try {
    closeSync(openSync(`${kept}.claimed`, "wx"));
    return true;
  } catch {
    return false;
  }
}

/** What `make` made, as JSON holds it. Whoever is not first waits for it, and fails as it did. */
export async function once(name, make) {
  const kept = join(home, `${name}.json`);
  if (isFirst(kept)) {
    const made = await make().then((made) => ({ made }), (error) => ({ failed: String(error) }));
    writeFileSync(`${kept}.new`, JSON.stringify(made));
    renameSync(`${kept}.new`, kept);
  }
  await expect.poll(() => existsSync(kept), { message: `${name}, which another test makes`, timeout: 50_000 }).toBe(true);
  const { made, failed } = JSON.parse(readFileSync(kept, "utf8"));
  if (failed) throw new Error(`${name}: ${failed}`);
  return made;
}

/** The session of a browser. */
export const sessionOf = async (page) => (await page.context().cookies()).filter(({ name }) => name === "sid");

/** The browser becomes whoever has this session, and knows nothing of its own. */
export async function become(page, session) {
  await page.context().clearCookies();
  await page.context().addCookies(session);
}

/** Does something in browsers of its own, so many, and closes them. */
export async function apart(page, count, what) {
  const browser = page.context().browser();
  const contexts = [];
  try {
    for (let at = 0; at < count; at += 1) contexts.push(await browser.newContext());
    return await what(...(await Promise.all(contexts.map((context) => context.newPage()))));
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

/** Marks a way to a page on which no script has a part: it is walked without scripts as well. */
export const plain = (open) => Object.assign(open, { isPlain: true });
