// 电子会员证: shown, kept, checked with the network off and a camera that sees what the test films.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import nacl from "tweetnacl";
import { asMember, codeOf, drawn, filmed, rowsOf, scanned } from "../support/card.js";
import { expect, noNetwork, status, test } from "../support/journey.js";
import { demo, top } from "../support/servers.js";
import { judge } from "../../public/scripts/card/judge.js";
import { bytesOf, isAnswer, question, read, tokenIn } from "../../public/scripts/card/token.js";

const MINUTE = 60_000, DAY = 86_400_000;

test("the phone judges every example as the server does", () => {
  const { keys, codes, answers } = JSON.parse(readFileSync(join(top, "end2end/vectors/cards.json"), "utf8"));
  const list = { keys: Object.fromEntries(keys.map((key) => [key.id, bytesOf(key.public)])), revoked: ["08".repeat(8), "09".repeat(8)] };
  const verify = (text, signature, key) => nacl.sign.detached.verify(text, signature, key);
  for (const { about, code, now, verdict } of codes) expect(judge(read(tokenIn(code)), list, verify, now), about).toBe(verdict);
  for (const { card, said, answer, right } of answers) {
    const asks = question(card, said);
    expect(asks && isAnswer(nacl.hash(asks), answer), said).toBe(right);
  }
});

/** A checker's phone whose camera sees a file, and whose clock can be moved. */
async function checker() {
  const film = join(mkdtempSync(join(tmpdir(), "card-")), "camera.y4m");
  filmed(rowsOf("nothing yet"), film);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  const context = await browser.newContext({ baseURL: demo.origin, viewport: { width: 360, height: 740 }, locale: "zh-CN", permissions: ["camera"], serviceWorkers: "allow" });
  await context.addInitScript(() => {
    const { now } = Date;
    self.later = 0;
    Date.now = () => now() + self.later;
    self.refused = [];
    addEventListener("securitypolicyviolation", (event) => self.refused.push(event.violatedDirective));
  });
  const page = await context.newPage();
  const verdict = async (rows, ms = 0) => {
    filmed(rows, film);
    await page.evaluate((ms) => void (self.later = ms), ms);
    // The tap hides the verdict before; a code may be read before anybody sees the lens.
    await page.locator("#camera").click();
    const shown = page.locator("#verdict > div:not([hidden])");
    await expect(shown).toHaveCount(1);
    return (await shown.getAttribute("id")).slice(2);
  };
  return { browser, context, page, verdict };
}

/** Another byte where the name stands. */
function tampered(address) {
  const [before, token] = address.split("/c/");
  const bytes = Buffer.from(token, "base64url");
  bytes[33] ^= 1;
  return `${before}/c/${bytes.toString("base64url")}`;
}

test("a station's phone without network: good ones pass, and nothing else does", async ({ page }) => {
  test.setTimeout(120_000);
  await asMember(page);
  const piece = async (path) => drawn(await (await page.request.get(path)).text());
  const station = await checker();
  const { page: desk } = station;
  await desk.goto("/card/check");
  await expect(desk.locator("#list")).toContainText("刚刚更新");
  await desk.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  // The first visit came before the worker.
  await desk.reload();
  const all = () => desk.evaluate(async (reader) => Boolean((await caches.match("/card/check")) && (await caches.match(reader))), reader);
  const reader = await desk.locator("#scanner").getAttribute("data-reader");
  await expect.poll(all).toBe(true);
  await station.context.setOffline(true);
  await desk.reload();
  await expect(desk.locator("#list")).toContainText("没有网也能核对");

  const online = await piece("/me/card/fresh");
  expect(await station.verdict(online)).toBe("valid");
  await expect(desk.locator("#v-valid")).toContainText("张*范");
  const took = await desk.evaluate((address) => {
    const begun = performance.now();
    document.getElementById("code").value = address;
    document.getElementById("typed").onsubmit();
    return performance.now() - begun;
  }, scanned(online));
  console.log(`judged in ${Math.round(took)} ms`);
  expect(took).toBeLessThan(1000);

  expect(await station.verdict(online, 2.5 * MINUTE), "somebody's screenshot").toBe("screenshot");
  expect(await station.verdict(rowsOf(tampered(scanned(online))))).toBe("tampered");
  expect(await station.verdict(rowsOf("https://a.example/"))).toBe("not_a_card");

  const kept = await piece("/me/card/kept");
  expect(await station.verdict(kept, 2.5 * MINUTE)).toBe("ask_holder");
  await page.goto("/me/card");
  const number = await page.locator(".plate-number p").textContent();
  const wrong = number.endsWith("0000") ? "1111" : "0000";
  await desk.getByLabel("会员编号后四位").fill(wrong);
  await desk.getByRole("button", { name: "核对后四位" }).click();
  await expect(desk.locator("#v-wrong_answer")).toBeVisible();
  expect(await station.verdict(kept)).toBe("ask_holder");
  await desk.getByLabel("会员编号后四位").fill(number.slice(-4));
  await desk.getByRole("button", { name: "核对后四位" }).click();
  await expect(desk.locator("#v-valid")).toBeVisible();

  expect(await station.verdict(kept, 31 * DAY)).toBe("expired");
  await desk.reload();

  await page.goto("/me/card");
  await page.getByText("手机丢了，换新码").click();
  await page.getByRole("button", { name: "换新码" }).click();
  await expect(page.getByRole("status").first()).toContainText("换好了");
  expect(await station.verdict(kept), "this phone has not heard of it").toBe("ask_holder");
  // The line above the lens says 刚刚更新 of the list before as well: what counts is what is kept.
  const revoked = () => desk.evaluate(() => JSON.parse(localStorage["card-list"]).cards);
  const before = await revoked();
  await station.context.setOffline(false);
  await desk.reload();
  await expect.poll(revoked).not.toBe(before);
  await station.context.setOffline(true);
  await desk.reload();
  expect(await station.verdict(kept), "within one sync").toBe("revoked");
  expect(await desk.evaluate(() => self.refused)).toEqual([]);
  await station.browser.close();
});

test("a code holds a masked name and nothing else of a person", async ({ page }) => {
  await asMember(page);
  await page.goto("/me/card");
  const number = await page.locator(".plate-number p").textContent();
  for (const path of ["/me/card/fresh", "/me/card/kept"]) {
    const token = read(tokenIn(await codeOf(page, path)));
    expect(token.name).toBe("张*范");
    const text = Buffer.from(token.signed).toString("utf8");
    expect(text).not.toMatch(/张示范|\d{11}|\d{17}[\dXx]/);
    expect(text).not.toContain(number.slice(-4));
  }
});

test.describe("with the worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("the own card opens without network, until its owner says not on this phone or signs out", async ({ page, context, provoked }) => {
    provoked.push(noNetwork);
    await asMember(page);
    await page.goto("/me/card");
    await expect(page.locator("#turns")).toContainText("秒后自动换码");
    await expect(page.locator("#kept-says")).toContainText("没网也能出示");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.reload();
    await context.setOffline(true);
    await page.goto("/me/card");
    await expect(page.locator("#kept-card")).toContainText("张*范");
    const code = read(tokenIn(scanned(drawn(await page.locator("#kept-card").innerHTML()))));
    expect(code.online).toBe(false);
    await context.setOffline(false);
    await page.goto("/me/card");
    await page.getByRole("button", { name: "不在这部手机上留证" }).click();
    await page.goto("/card/offline");
    await expect(page.getByRole("heading", { name: "没有存会员证" })).toBeVisible();
    await page.goto("/me/card");
    await page.getByRole("button", { name: "存一份" }).click();
    await expect(page.locator("#kept-says")).toContainText("没网也能出示，到");
    // Not the shared session: the page after signing out is what forgets.
    await page.goto("/me?done=out");
    await page.goto("/card/offline");
    await expect(page.getByRole("heading", { name: "没有存会员证" })).toBeVisible();
  });
});

test("without scripts the page turns its code over, and any scanner's page asks the holder @nojs", async ({ page, provoked }) => {
  provoked.push(status(422));
  await asMember(page);
  await page.goto("/me/card");
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveAttribute("content", "60");
  const number = await page.locator(".plate-number p").textContent();
  const { pathname } = new URL(await codeOf(page, "/me/card/kept"));
  await page.context().clearCookies();
  await page.goto(pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("离线码，请再核对");
  await page.getByLabel("会员编号后四位").fill(number.slice(-4));
  await page.getByRole("button", { name: "核对" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("有效");
  await page.goto("/card/check");
  await page.getByLabel("粘贴").fill(`${demo.origin}${pathname}`);
  await page.getByRole("button", { name: "核对这个网址" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("离线码，请再核对");
});
