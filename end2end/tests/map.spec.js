// The map: loaded on a tap, one state with the list, nothing finer than 0.01° and nobody else told.
import { expect, test } from "@playwright/test";

const CELL = "34.75,113.66";
const MAP = `/map?cell=${CELL}`;

// A worker could answer in the place of what a test cuts off.
test.use({ serviceWorkers: "block" });

/** Every address that is asked for from now on. */
function asked(page) {
  const addresses = [];
  page.on("request", (request) => addresses.push(new URL(request.url())));
  return addresses;
}

/** What the content security policy refused from now on. */
async function refusals(page) {
  const refused = [];
  await page.exposeFunction("refused", (what) => refused.push(what));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) => window.refused(`${event.violatedDirective} ${event.blockedURI}`)),
  );
  return refused;
}

const counted = (page) => expect(page.locator("#where")).toContainText(/这一片(约?有 \d+ 个|没有)/);
const marks = (page) => page.locator(".map .cluster, .map .spot");
/** Those in the open: a mark under a button is left to the finger. */
const inTheOpen = (page, kind) => page.locator(`.map ${kind}[role="button"]`);

const zoomOf = (page) => Number(/#(\d+)\//.exec(page.url())?.[1]);

// The map says where it is in the address when it has come to rest: twice the same is at rest.
async function rests(page) {
  let last;
  const same = () => {
    const now = page.url();
    const unmoved = now === last;
    last = now;
    return unmoved;
  };
  await expect.poll(same, { intervals: [300] }).toBe(true);
}

async function moves(page, act) {
  const before = page.url();
  await act();
  await expect.poll(() => page.url()).not.toBe(before);
  await rests(page);
}

test("the map's code and styles are loaded by the map and by no other page", async ({ page }) => {
  const addresses = asked(page);
  const ofTheMap = () => addresses.filter(({ pathname }) => /^\/(pkg\/map|outlines|map\/)/.test(pathname));
  for (const path of [`/?cell=${CELL}`, `/radar?cell=${CELL}`]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    expect(ofTheMap(), path).toEqual([]);
  }
  await page.getByRole("navigation", { name: "怎么看" }).getByText("地图", { exact: true }).click();
  await counted(page);
  const names = ofTheMap().map(({ pathname }) => pathname.replace(/\.[0-9a-f]{10}\./, "."));
  expect(names).toEqual(expect.arrayContaining(["/pkg/map.js", "/pkg/map.css", "/map/stations", "/outlines/410000"]));
});

test("no request says where the phone is or looks, beyond 0.01°", async ({ page }) => {
  const addresses = asked(page);
  const referrers = [];
  page.on("request", (request) => referrers.push(request.headers().referer || ""));
  await page.addInitScript(() => sessionStorage.setItem("position", "347537123,1136604567,30"));
  await page.goto(`${MAP}#9/34.75371/113.66046`);
  await counted(page);
  await expect(page.getByText("你在这儿")).toBeAttached();
  for (const name of ["缩小", "放大", "放大"]) {
    await moves(page, () => page.getByRole("button", { name }).click());
  }
  await page.locator("#map").focus();
  await moves(page, () => page.keyboard.press("ArrowRight"));
  await counted(page);
  const boxes = addresses.filter(({ pathname }) => pathname === "/map/stations").map(({ searchParams }) => searchParams.get("bbox"));
  expect(boxes.length).toBeGreaterThanOrEqual(3);
  for (const box of boxes) {
    expect(box).toMatch(/^-?\d+\.\d\d,-?\d+\.\d\d,-?\d+\.\d\d,-?\d+\.\d\d$/);
  }
  // What stands after `#` is not part of a request; Playwright shows it all the same.
  const sent = [...addresses.map(({ pathname, search }) => pathname + search), ...referrers];
  for (const text of sent.filter((text) => !text.includes("/pkg/"))) {
    expect(decodeURIComponent(text)).not.toMatch(/\d\.\d{3}/);
    expect(text).not.toMatch(/34\.?7537|113\.?6604/);
  }
});

test("nobody else is asked, and the policy refuses nothing", async ({ page, baseURL }) => {
  const refused = await refusals(page);
  const addresses = asked(page);
  await page.goto(`${MAP}#8/34.75/113.66`);
  await counted(page);
  await moves(page, () => inTheOpen(page, ".cluster").first().click());
  await counted(page);
  expect([...new Set(addresses.map(({ origin }) => origin))]).toEqual([new URL(baseURL).origin]);
  expect(refused).toEqual([]);
  expect(await page.locator("style").count()).toBe(0);
});

test("a count leads closer, then to a station, then to its page", async ({ page }) => {
  await page.goto(`${MAP}#5/34.75/113.66`);
  await counted(page);
  const card = page.getByRole("region", { name: "选中的站点" });
  let zoom = 5;
  while (!(await card.isVisible())) {
    const single = inTheOpen(page, ".spot");
    const target = (await single.count()) > 0 ? single.first() : inTheOpen(page, ".cluster").first();
    await target.click();
    const closer = async () => (await card.isVisible()) || zoomOf(page) > zoom;
    await expect.poll(closer, "each tap comes closer or opens a card").toBe(true);
    await rests(page);
    await counted(page);
    zoom = zoomOf(page);
  }
  const link = card.getByRole("link").first();
  const name = await link.textContent();
  await expect(card.getByText("示范").first()).toBeVisible();
  await expect(card.locator(".state").first()).toHaveText(/开放中|快关门|现在关门|临时关闭|时间未知|已撤销/);
  await link.click();
  await expect(page).toHaveURL(/\/stations\/[0-9A-HJKMNP-TV-Z]{10}$/i);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("marks have names and never lie on each other", async ({ page }) => {
  for (const zoom of [4, 7, 9, 11]) {
    await page.goto("about:blank");
    await page.goto(`${MAP}#${zoom}/34.75/113.66`);
    await counted(page);
    const boxes = await marks(page).evaluateAll((all) =>
      all.map((one) => ({ name: one.textContent, x: one.getBoundingClientRect().x, y: one.getBoundingClientRect().y })),
    );
    expect(boxes.length).toBeGreaterThan(0);
    for (const [at, one] of boxes.entries()) {
      expect(one.name).toMatch(/个站点|，/);
      for (const other of boxes.slice(at + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(48);
      }
    }
  }
});

test("list, 方位图, chips and address follow the middle of the map", async ({ page }) => {
  await page.goto(`${MAP}&want=hot_water`);
  await counted(page);
  await page.locator("#map").focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.url()).not.toContain(`cell=${CELL}`);
  await rests(page);
  const [, cell, lat, lng] = /\/map\?cell=([\d.,]+)&want=hot_water#11\/([\d.]+)\/([\d.]+)$/.exec(page.url());
  expect(cell).toBe([lat, lng].map((degrees) => (Math.floor(degrees * 100) / 100).toFixed(2)).join(","));
  const nav = page.getByRole("navigation", { name: "怎么看" });
  await expect(nav.getByText("列表")).toHaveAttribute("href", `/?cell=${cell}&want=hot_water`);
  await expect(nav.getByText("方位图")).toHaveAttribute("href", `/radar?cell=${cell}&want=hot_water`);
  await expect(page.getByRole("link", { name: "再近就看方位图" })).toHaveAttribute("href", `/radar?cell=${cell}&want=hot_water`);
  const view = new URL(page.url()).hash;
  for (const chip of await page.locator(".chips a").all()) {
    expect(await chip.getAttribute("href")).toContain(`/map?cell=${cell}`);
    expect(await chip.getAttribute("href")).toContain(view);
  }
  await page.reload();
  await counted(page);
  expect(new URL(page.url()).hash).toBe(view);
});

test("the keyboard alone comes to a station's page", async ({ page }) => {
  await page.goto(MAP);
  await counted(page);
  await page.locator("#map").focus();
  const card = page.getByRole("region", { name: "选中的站点" });
  for (let taps = 0; taps < 12 && !(await card.isVisible()); taps += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".cluster, .spot"))) {
      await page.keyboard.press(taps % 2 ? "Enter" : " ");
      await page.waitForTimeout(700);
    }
  }
  await expect(card).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  expect(await page.evaluate(() => document.activeElement.matches(".cluster, .spot"))).toBe(true);
  await page.keyboard.press("Enter");
  await expect(card).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/stations\//);
});

test("outlines carry their credit, and the whole country has Taiwan, the islands and the dashed line", async ({ page }) => {
  await page.goto(`${MAP}#3/30/113.66`);
  await counted(page);
  await expect(page.locator(".leaflet-control-attribution")).toHaveText("边界数据：天地图 GS(2024)0650号");
  await expect(page.locator("path.border.maritime")).toHaveCount(9);
  expect(await page.locator("path.border.province").count()).toBe(34);
});

test("stations that do not come are said, with what to do", async ({ page }) => {
  await page.route("**/map/stations?*", (route) => route.abort());
  await page.goto(MAP);
  const line = page.locator("#where");
  await expect(line).toContainText("网络不好");
  await page.unroute("**/map/stations?*");
  await line.getByRole("button", { name: "再试一次" }).click();
  await counted(page);
});

test("a map script that does not come is said, and the list is one tap away", async ({ page }) => {
  await page.route("**/pkg/map.*.js", (route) => route.abort());
  await page.goto(MAP);
  await expect(page.locator("#where")).toContainText("地图没打开");
  await expect(page.getByRole("navigation", { name: "怎么看" }).getByText("列表")).toBeVisible();
});

test("configured tiles are fetched after a yes and never before", async ({ page }) => {
  const host = "https://tiles.example";
  const addresses = asked(page);
  const tiles = () => addresses.filter(({ origin }) => origin === host).length;
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>';
  await page.route(`${host}/**`, (route) => route.fulfill({ contentType: "image/svg+xml", body: picture }));
  // The page as the server writes it when TILES is set.
  await page.route("**/map?cell=*", async (route) => {
    const response = await route.fetch();
    const policy = response.headers()["content-security-policy"].replace("img-src 'self' data:", `$& ${host}`);
    const body = (await response.text()).replace('id="map"', `$& data-tiles="${host}/{z}/{x}/{y}" data-tiles-name="某某地图"`);
    await route.fulfill({ response, body, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.goto(MAP);
  await counted(page);
  await expect(page.getByText("看地图会把你看的区域告诉某某地图。")).toBeVisible();
  await page.getByRole("button", { name: "只看轮廓" }).click();
  await page.reload();
  await counted(page);
  expect(tiles()).toBe(0);
  await page.getByRole("button", { name: "街道地图" }).click();
  expect(tiles(), "the question comes first").toBe(0);
  await page.getByRole("button", { name: "看街道地图" }).click();
  await expect.poll(tiles).toBeGreaterThan(0);
  await expect(page.locator("path.border")).toHaveCount(0);
  await page.reload();
  await counted(page);
  await expect(page.getByText("看地图会把你看的区域告诉")).toBeHidden();
  await page.getByRole("button", { name: "只看轮廓" }).click();
  await expect(page.locator("path.border").first()).toBeAttached();
  const before = tiles();
  await page.reload();
  await counted(page);
  expect(tiles(), "a yes that was taken back stays taken back").toBe(before);
});

test("without JavaScript the page says where to look instead @nojs", async ({ page }) => {
  await page.goto(MAP);
  await expect(page.getByText("地图要用到脚本")).toBeVisible();
  await page.getByRole("navigation", { name: "怎么看" }).getByText("方位图").click();
  await expect(page).toHaveURL(`/radar?cell=${CELL}`);
});
