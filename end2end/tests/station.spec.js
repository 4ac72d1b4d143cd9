// A station's page: everything that is known, and what is not; and the way there in the app one likes.
import { expect, onTheImportedList, status, test } from "../support/journey.js";
import { CELL, IPHONE, NEAR, WECHAT, dials, kept, pageOf } from "../support/places.js";

/** On the 示范 pack: a phone, an address, amenities of all sorts. */
const RICH = "太康路无人值守工会驿站";
/** On the 示范 pack: no hours, no phone, no door. */
const BARE = "人民公园西侧爱心驿站";

const main = (page) => page.locator(".act .btn.main");
const code = (page) => page.url().split("/").pop();

/** The map app's address that a link of ours leads to; nothing is opened. */
async function leadsTo(page, href) {
  const reply = await page.request.get(href, { maxRedirects: 0 });
  expect(reply.status()).toBe(303);
  return reply.headers().location;
}

test("everything about a station stands on one page @both", async ({ page }) => {
  await pageOf(page, RICH);
  for (const heading of ["这里有", "一周开门时间", "谁能进", "数据从哪来"]) {
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  }
  await expect(page.locator(".sign .state")).toHaveText("开放中 · 24 小时");
  await expect(page.locator(".has li", { hasText: "热水" })).toContainText("免费");
  await expect(page.locator(".has li.bad", { hasText: "微波炉" }), "what is broken is said to be").toContainText("坏了");
  await expect(page.getByText("24 小时，节假日也开。")).toBeVisible();
  await expect(page.getByText("本项目编的示范数据")).toBeVisible();
  await expect(dials(page, "037100000004")).toHaveText("打电话");
});

test("what nobody knows is said to be unknown, not to be missing @both", async ({ page }) => {
  await pageOf(page, BARE);
  await expect(page.locator(".sign .state")).toHaveText("时间未知");
  await expect(page.locator(".sign")).toContainText("进门方式没有登记。");
  await expect(page.locator(".sign")).toContainText("没有登记开门时间，也没有登记电话。");
  await expect(page.locator(".lack dt", { hasText: "不知道" })).toBeVisible();
  await expect(page.getByText("给谁用没有登记。")).toBeVisible();
  await expect(page.locator('a[href^="tel:"]'), "no number, no button to dial").toHaveCount(0);
  await expect(page.locator(".week")).toHaveCount(0);
});

test("hours without a clock are shown in their own words @both", async ({ page }) => {
  await pageOf(page, "桐柏路合欢里社区工会驿站");
  await expect(page.locator(".sign .state")).toHaveText("时间未知");
  await expect(page.getByText("“工作日开放”")).toBeVisible();
  await expect(page.locator(".week")).toHaveCount(0);
});

test("a night that ends the next morning is drawn on both days", async ({ page }) => {
  await pageOf(page, "铭功路夜归人工会驿站");
  await expect(page.locator(".week td").first()).toHaveText("22:00–次日 08:00");
  await expect(page.locator(".week tr").first().locator("rect.on")).toHaveCount(2);
});

test("where along the road a service area lies is said @both", async ({ page }) => {
  await pageOf(page, "雁过坡服务区南区");
  await expect(page.getByRole("heading", { name: "在路的哪边" })).toBeVisible();
  await expect(page.getByText(/G40/).first()).toBeVisible();
});

test("distance from the last place, and the way back to its list @both", async ({ page }) => {
  await page.goto(NEAR);
  await page.locator("#yes a").first().click();
  await expect(page.locator(".sign .far")).toContainText("约");
  await page.getByRole("link", { name: "附近" }).first().click();
  await expect(page).toHaveURL(NEAR);
});

test("the address is copied by one tap, and that is said", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await pageOf(page, RICH);
  await page.getByRole("button", { name: "复制地址" }).click();
  await expect(page.locator("#said")).toHaveText("地址已复制");
});

test("where copying is not allowed, the address stands there to be copied by hand", async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } }),
  );
  await pageOf(page, RICH);
  await page.getByRole("button", { name: "复制地址" }).click();
  await expect(page.locator("#said")).toContainText("二七区太康路东段");
});

test("sharing is offered only by a phone that can, and shares the page's address", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "share", { value: undefined, configurable: true }));
  await pageOf(page, RICH);
  await expect(page.getByRole("button", { name: "复制地址" })).toBeVisible();
  await expect(page.getByRole("button", { name: "分享" })).toBeHidden();
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "share", {
      value: (what) => {
        window.shared = what;
        return Promise.resolve();
      },
    }),
  );
  await page.reload();
  await page.getByRole("button", { name: "分享" }).click();
  // What shares comes with the tap.
  await page.waitForFunction(() => window.shared);
  const shared = await page.evaluate(() => window.shared);
  expect(shared.url).toBe(page.url());
  expect(shared.title).toContain(RICH);
});

test("without a script no button promises what it cannot do @nojs", async ({ page }) => {
  await pageOf(page, RICH);
  await expect(page.getByRole("button", { name: "复制地址" })).toBeHidden();
  await expect(page.getByRole("button", { name: "分享" })).toBeHidden();
  await expect(main(page)).toBeVisible();
});

test("the chosen map is remembered: one tap the next time @both", async ({ page, context }) => {
  await pageOf(page, RICH);
  await expect(main(page)).toHaveText("带我去 · 高德地图");
  await page.getByRole("link", { name: "换个地图" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("用哪个地图？");
  const leaving = page.waitForRequest(/^https:\/\/api\.map\.baidu\.com\//);
  await page.getByRole("link", { name: "百度地图" }).click();
  await leaving;
  expect(await kept(context)).toEqual({ map: "baidu" });
  await pageOf(page, "二七路老茶亭爱心驿站");
  await expect(main(page)).toHaveText("带我去 · 百度地图");
  await page.goto("/me");
  await expect(page.getByText("百度地图")).toBeVisible();
});

test("each app gets a position in its own datum", async ({ page }) => {
  await pageOf(page, RICH);
  const own = code(page);
  const positions = {};
  for (const [app, host] of [
    ["amap", "uri.amap.com"],
    ["baidu", "api.map.baidu.com"],
    ["tencent", "apis.map.qq.com"],
    ["geo", ""],
  ]) {
    const to = await leadsTo(page, `/go/${app}/${own}`);
    if (host) expect(new URL(to).hostname).toBe(host);
    else expect(to).toMatch(/^geo:/);
    const numbers = decodeURIComponent(to).match(/\d+\.\d{4,}/g).map(Number);
    positions[app] = [Math.min(...numbers), Math.max(...numbers)];
  }
  // The file has 34.755364, 113.657731 in WGS-84; GCJ-02 lies ~600 m east there, BD-09 ~1.2 km.
  expect(positions.geo).toEqual([34.755364, 113.657731]);
  expect(positions.tencent).toEqual(positions.amap);
  expect(positions.amap[1] - positions.geo[1]).toBeGreaterThan(0.005);
  expect(positions.baidu[1] - positions.amap[1]).toBeGreaterThan(0.005);
});

test("Apple's maps are offered on iPhones and nowhere else", async ({ page }) => {
  await pageOf(page, RICH);
  await page.getByRole("link", { name: "换个地图" }).click();
  await expect(page.locator(".apps a")).toHaveCount(4);
  await expect(page.locator('a[href*="/go/apple/"]')).toHaveCount(0);
});

test.describe("on an iPhone", () => {
  test.use({ userAgent: IPHONE });
  test("Apple's maps can be chosen and become the main button", async ({ page }) => {
    await pageOf(page, RICH);
    const own = code(page);
    await page.getByRole("link", { name: "换个地图" }).click();
    await expect(page.locator('a[href*="/go/apple/"]')).toBeVisible();
    expect(await leadsTo(page, `/go/apple/${own}`)).toMatch(/^https:\/\/maps\.apple\.com\//);
    await page.goto(`/stations/${own}`);
    await expect(main(page)).toContainText("苹果地图");
  });
});

test.describe("inside WeChat", () => {
  test.use({ userAgent: WECHAT });
  test("the way out is shown instead of a link that is blocked @both", async ({ page, javaScriptEnabled }) => {
    await pageOf(page, RICH);
    const own = code(page);
    await main(page).click();
    await expect(page).toHaveURL(`/stations/${own}/maps`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("在微信里打不开地图");
    await expect(page.getByRole("img", { name: /在浏览器打开/ })).toBeVisible();
    await expect(page.getByText("二七区太康路东段")).toBeVisible();
    await expect(page.locator('a[href^="/go/"]')).toHaveCount(0);
    const copy = page.getByRole("button", { name: "复制地址" });
    await (javaScriptEnabled === false ? expect(copy).toBeHidden() : expect(copy).toBeVisible());
  });
});

test.describe("on the union's list of Zhengzhou", () => {
  onTheImportedList();
  test("an imported station says its source, its doubt, and dials the first number @both", async ({ page }) => {
    await page.goto(`/?cell=${CELL}`);
    await page.locator("#yes a").first().click();
    await expect(page.getByText("未核实").first()).toBeVisible();
    await expect(page.getByRole("heading", { name: "数据从哪来" })).toBeVisible();
    await expect(page.locator("main")).not.toContainText("示范");
    await expect(page.getByText("没有登记设施，也没有登记电话。")).toBeVisible();
  });
});

test("我的: large letters and the night are chosen by one tap each, and stay @both", async ({ page, context }) => {
  await page.goto("/me");
  const html = page.locator("html");
  await page.getByRole("button", { name: "大字" }).click();
  await expect(page.getByRole("button", { name: "大字" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "深色" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.goto(NEAR);
  await expect(html).toHaveAttribute("data-text", "large");
  await expect(html).toHaveAttribute("data-theme", "dark");
  expect(await kept(context)).toEqual({ text: "large", theme: "dark", cell: CELL });
  await page.goto("/me");
  await page.getByRole("button", { name: "标准" }).click();
  await page.getByRole("button", { name: "跟手机" }).click();
  await expect(html).not.toHaveAttribute("data-text");
  await expect(html).not.toHaveAttribute("data-theme");
});

for (const [path, title, number] of [
  ["/rights", "维权", "12348"],
  ["/cover", "保障", "12351"],
]) {
  test(`${title} is honest about what is not built, and gives the number that helps today @both`, async ({ page }) => {
    await page.goto("/");
    await page.getByRole("navigation", { name: "主要" }).getByRole("link", { name: title }).click();
    await expect(page).toHaveURL(path);
    await expect(page.getByText("还没做好")).toBeVisible();
    await expect(page.locator(`.act a[href="tel:${number}"]`)).toBeVisible();
  });
}

test("a form sent from another site changes nothing", async ({ page, context, provoked }) => {
  provoked.push(status(403));
  await page.goto(NEAR);
  const reply = await page.request.post("/place", { headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" } });
  expect(reply.status()).toBe(403);
  expect(await kept(context)).toEqual({ cell: CELL });
});
