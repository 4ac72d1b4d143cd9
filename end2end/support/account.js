// Signing in as a person of a trial does: the code is read in the window in which the program runs.
import { readFileSync } from "node:fs";
import { expect } from "./journey.js";
import { consoleOf, demo } from "./servers.js";

/** A mobile number that no other test uses: they share one server. */
export function freshNumber() {
  const prefix = ["130", "131", "138", "139", "150", "158", "177", "186"][Math.floor(Math.random() * 8)];
  return `${prefix}${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
}

export const masked = (mobile) => `${mobile.slice(0, 3)}****${mobile.slice(7)}`;

/** A number of GB 11643 that nobody has: of a place and a year, its check digit by the standard. Of so many that two
 * applicants of a run hardly ever have the same, and are never taken for one person. */
export function freshId(letter) {
  const two = (below) => String(Math.floor(Math.random() * below) + 1).padStart(2, "0");
  for (;;) {
    const digits = `1101051949${two(12)}${two(28)}${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}`;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = [...digits].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0);
    const id = digits + "10X98765432"[sum % 11];
    if (!letter || id.endsWith(letter)) return id;
  }
}

/** The line of the console that says a code: this line and no other is meant to hold one. */
const SAID = /验证码 (\d{6})，发给 (\d{3}\*{4}\d{4})/g;

/** The newest code that a server printed for a number. */
export function codeFor(mobile, server = demo) {
  const printed = [consoleOf(server), server.log].map((file) => readFileSync(file, "utf8")).join("\n");
  const said = [...printed.matchAll(SAID)].filter(([, , to]) => to === masked(mobile));
  expect(said.length, `a code for ${masked(mobile)} on the console`).toBeGreaterThan(0);
  return said.at(-1)[1];
}

/** A code that is not the one. */
export const wrongCode = (mobile) => (codeFor(mobile) === "123456" ? "654321" : "123456");

/** From anywhere to where the code is asked. */
export async function askForCode(page, mobile, from = "/sign-in") {
  if (from) await page.goto(from);
  await page.getByLabel("手机号").fill(mobile);
  await page.getByRole("button", { name: "发验证码" }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
}

/** Types a code; with scripts the sixth digit sends it. */
export async function enterCode(page, code) {
  const left = page.waitForURL((url) => url.pathname !== "/sign-in/code");
  await page.getByLabel("验证码").fill(code);
  await page.locator('body:has(form[action^="/sign-in/code"]) .act .main').click({ timeout: 2_000 }).catch(() => {});
  await left;
}

/** Signs in, with a number of its own unless one is given. */
export async function signIn(page, mobile = freshNumber(), from = "/sign-in") {
  await askForCode(page, mobile, from);
  await enterCode(page, codeFor(mobile));
  return mobile;
}

/** Types who one is. */
export async function tellIdentity(page, { name, number }) {
  await page.goto("/me/identity");
  await page.getByLabel("姓名").fill(name);
  await page.getByLabel("证件号码").fill(number);
  await page.getByRole("checkbox", { name: "我看过，同意" }).check();
  await page.getByRole("button", { name: "存起来" }).click();
}
