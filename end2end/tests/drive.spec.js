// 货车: the road, the way, the next stop on my side. With a phone that moves along the road, and without a script.
import { expect, status, test } from "../support/journey.js";
import { dials } from "../support/places.js";
import { EAST, METRE, ROAD, WEST, onRoad } from "../support/road.js";

const sign = (page) => page.locator("#next .stop.lead");
const nameOf = (page) => sign(page).locator("h2");
const follow = (page) => page.locator("#follow");

/** Where the phone is from now on. */
async function drive(context, longitude, more = {}) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ ...onRoad(longitude), ...more });
}

/** Starts following, at a place on the road. */
async function started(page, context, path, longitude) {
  await drive(context, longitude);
  await page.goto(path);
  await follow(page).click();
  await expect(page.locator("#since")).toContainText("手机现在的位置");
}

test("from 附近 by links to the next stop, and the way there @both", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: /货车/ }).first().click();
  await expect(page).toHaveURL("/drive");
  await page.getByRole("link", { name: /示范高速/ }).click();
  await expect(page).toHaveURL(ROAD);
  await page.getByRole("link", { name: "往兰考方向" }).click();
  await expect(page).toHaveURL(EAST);
  await expect(nameOf(page)).toHaveText("柳渡服务区南区");
  await expect(sign(page)).toHaveCount(1);
  await expect(dials(page, "12122")).toBeVisible();
  const leaving = page.waitForRequest(/^https:\/\/uri\.amap\.com\//);
  await page.getByRole("link", { name: "带我去下一站" }).click();
  await leaving;
});

test("the two ways show different areas; what is across the road is folded away @both", async ({ page }) => {
  const names = () => page.locator("#next > .stop:visible h2").allTextContents();
  await page.goto(EAST);
  const east = await names();
  const folded = page.locator("details", { has: page.locator("#opposite") });
  await expect(folded.locator("#opposite > .stop").first()).toBeHidden();
  await folded.locator("summary").click();
  const across = await folded.locator("h2").allTextContents();
  await page.goto(WEST);
  const west = await names();
  expect(west.filter((name) => across.includes(name))).toEqual([...across].reverse());
  expect(east.filter((name) => across.includes(name))).toEqual([]);
  expect([...east, ...west]).not.toContain("芦花荡停车区");
  await expect(page.getByText("方向未知").first()).toBeVisible();
});

test("without a script one counts from the place last passed @nojs", async ({ page }) => {
  await page.goto(EAST);
  for (const id of ["follow", "speak", "rest-do"]) await expect(page.locator(`#${id}`)).toBeHidden();
  await page.getByText("刚过了哪里？").click();
  await page.getByRole("link", { name: "刚过惠风岭服务区" }).click();
  await expect(nameOf(page)).toHaveText("南湾出口拴马桩司机之家");
  await expect(page.locator("#since")).toHaveText("从刚过惠风岭服务区数起");
});

test("the next stop can be read at a glance: 28 px and more, one action of 64 px", async ({ page }) => {
  await page.goto(EAST);
  const size = (selector) => sign(page).locator(selector).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  for (const selector of ["h2", ".away b", ".when", ".state"]) expect(await size(selector), selector).toBeGreaterThanOrEqual(28);
  const { height } = await page.locator("#go").boundingBox();
  expect(height).toBeGreaterThanOrEqual(64);
  await expect(page.locator(".act .main")).toHaveCount(1);
});

test("the phone counts along the road, says the next stop once, and tells nobody where it is", async ({ page, context, asked }) => {
  await started(page, context, EAST, 114.06);
  await expect(nameOf(page)).toHaveText("柳渡服务区南区");
  await expect(sign(page).locator(".away")).toHaveText(/^约5\.\d公里$/);
  await expect(sign(page).locator(".when")).toHaveText("约 6 分钟后到");
  await expect(page.locator("#said")).toHaveText("");
  const before = asked.length;
  await drive(context, 114.13);
  await expect(nameOf(page)).toHaveText("惠风岭服务区");
  await expect(page.locator("#said")).toContainText("下一站，惠风岭服务区，约 36 公里");
  const code = (await nameOf(page).getByRole("link").getAttribute("href")).split("/").pop();
  await expect(page.locator("#go")).toHaveAttribute("href", new RegExp(`${code}$`));
  // Shut for days: told of, never the sign.
  await drive(context, 114.75);
  await expect(nameOf(page)).toHaveText("老槐坡服务区");
  await expect(page.locator("#next .stop", { hasText: "栖霞岗服务区南区" })).toContainText("临时关闭");
  await drive(context, 115.0);
  await expect(page.getByText("前面没有登记的站了")).toBeVisible();
  await expect(sign(page)).toHaveCount(0);
  expect(asked.length, "no request while it moves").toBe(before);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  expect(kept).not.toMatch(/114[.\d]|34\.7/);
});

test("going back on the road is asked about, never decided", async ({ page, context }) => {
  await page.clock.install();
  await started(page, context, EAST, 114.3);
  await drive(context, 114.29);
  await expect(sign(page).locator(".away")).toHaveText(/^约21公里$/);
  await page.clock.fastForward(21_000);
  await drive(context, 114.288);
  await expect(page.locator("#where")).toContainText("你好像在往郑州方向开");
  expect(new URL(page.url()).pathname).toBe(EAST);
  await page.getByRole("button", { name: "不换" }).click();
  await expect(page.locator("#where")).toHaveText("");
  await drive(context, 114.278);
  await expect(sign(page).locator(".away")).toHaveText(/^约22公里$/);
  await page.clock.fastForward(21_000);
  await drive(context, 114.276);
  await page.getByRole("link", { name: "换成往郑州方向" }).click();
  await expect(page).toHaveURL(WEST);
  await expect(nameOf(page)).toHaveText("柳渡服务区北区");
  await expect(page.locator("#since")).toContainText("手机现在的位置");
});

test("off the road it says so", async ({ page, context }) => {
  await started(page, context, EAST, 114.3);
  await context.setGeolocation({ ...onRoad(114.3), latitude: 34.78 });
  await expect(page.locator("#where")).toContainText("不在这条路上");
  await drive(context, 114.31);
  await expect(page.locator("#where")).toHaveText("");
});

test("a phone that may not say where it is leaves the links", async ({ page }) => {
  await page.goto(EAST);
  await follow(page).click();
  await expect(page.locator("#where")).toContainText("没允许定位");
  await expect(page.getByText("刚过了哪里？")).toBeVisible();
  await expect(nameOf(page)).toHaveText("柳渡服务区南区");
});

test("above 10 km/h what wants reading is closed, and comes back at a stop", async ({ page, context }) => {
  await page.clock.install();
  await started(page, context, EAST, 114.3);
  const fold = page.locator("details", { has: page.locator("#opposite") });
  await expect(fold).toBeVisible();
  let at = 114.3;
  const step = async (metres, ms) => {
    await page.clock.fastForward(ms);
    at += metres * METRE;
    await drive(context, at);
  };
  await step(40, 2_000);
  await expect(page.locator("html")).toHaveAttribute("data-moving", "");
  await expect(page.getByText("停车后再填、再看别的。")).toBeVisible();
  await expect(fold).toBeHidden();
  await expect(nameOf(page)).toBeVisible();
  await expect(page.locator("#go")).toBeVisible();
  await step(1, 2_000);
  await expect(page.locator("html")).toHaveAttribute("data-moving", "");
  await page.waitForTimeout(300);
  await step(1, 6_000);
  await expect(page.locator("html")).not.toHaveAttribute("data-moving");
  await expect(fold).toBeVisible();
});

test("the phone's own way picks the direction on a tap", async ({ page, context }) => {
  await drive(context, 114.4);
  await page.goto(ROAD);
  await page.locator("#compass").click();
  await expect(page.locator("#where")).toContainText("开起来就知道");
  await drive(context, 114.398);
  await expect(page).toHaveURL(WEST);
  await expect(page.locator("#since")).toContainText("手机现在的位置");
});

test("the next stop is spoken only after a yes", async ({ page, context }) => {
  await page.addInitScript(() => {
    window.spoken = [];
    Object.defineProperty(window, "speechSynthesis", { value: { speak: (one) => window.spoken.push([one.lang, one.text]), cancel() {} } });
  });
  await started(page, context, EAST, 114.06);
  await drive(context, 114.13);
  await expect(nameOf(page)).toHaveText("惠风岭服务区");
  expect(await page.evaluate(() => window.spoken)).toEqual([]);
  await page.getByRole("button", { name: "念出下一站" }).click();
  await drive(context, 114.55);
  await expect(nameOf(page)).toHaveText("南湾出口拴马桩司机之家");
  const spoken = await page.evaluate(() => window.spoken);
  expect(spoken.map(([lang]) => lang)).toEqual(["zh-CN", "zh-CN"]);
  expect(spoken[1][1]).toMatch(/^下一站，南湾出口拴马桩司机之家，约 \d/);
});

test("the countdown stays on the phone, outlives a reload, and is not fooled by its clock", async ({ page, asked }) => {
  await page.clock.install();
  await page.goto(EAST);
  const left = page.locator("#left");
  await expect(left).toBeHidden();
  await expect(page.getByText(/开满 4 小时要停车休息，不少于 20 分钟（.*第六十二条，未核实）/)).toBeVisible();
  await page.getByRole("button", { name: "开始计时" }).click();
  await expect(left).toHaveText("4:00");
  await page.clock.fastForward("01:00:00");
  await expect(left).toHaveText("3:00");
  const before = asked.length;
  await page.reload();
  await expect(left).toHaveText("3:00");
  await page.addInitScript(() => {
    // The clock was a day ahead when this was written.
    const kept = JSON.parse(localStorage.getItem("drive-rest"));
    if (kept) localStorage.setItem("drive-rest", JSON.stringify({ ...kept, at: kept.at + 86_400_000 }));
  });
  await page.reload();
  await expect(left).toHaveText("3:00");
  await expect(page.locator("#rest-says")).toContainText("手机的时间改过");
  await page.clock.fastForward("03:01:00");
  await expect(left).toHaveText("超 0:01");
  await expect(page.locator("#rest-says")).toContainText("该休息了");
  await page.getByRole("button", { name: "开始休息" }).click();
  await expect(left).toHaveText("0:20");
  await page.clock.fastForward("00:20:01");
  await expect(page.locator("#rest-says")).toContainText("歇够了");
  await page.getByRole("button", { name: "停掉" }).click();
  await expect(left).toBeHidden();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(asked.slice(before).filter((request) => request.method() !== "GET")).toEqual([]);
});

test("a road is found by its number; what is not found says so @both", async ({ page }) => {
  await page.goto("/drive");
  await page.getByRole("searchbox").fill("g9999");
  await page.getByRole("button", { name: "找" }).click();
  await expect(page.getByRole("link", { name: /示范高速/ })).toBeVisible();
  await page.getByRole("searchbox").fill('<b>"');
  await page.getByRole("button", { name: "找" }).click();
  await expect(page.getByText('没有找到“<b>"”')).toBeVisible();
});

test("a road or a way that is none leads back @both", async ({ page, provoked }) => {
  provoked.push(status(404), status(400));
  for (const path of ["/drive/G1", `${ROAD}/sideways`]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: "看附近的驿站" })).toBeVisible();
  }
  await page.goto(`${EAST}?from=x`);
  await expect(page.getByText("链接里的起点看不懂")).toBeVisible();
  await expect(nameOf(page)).toHaveText("柳渡服务区南区");
});
