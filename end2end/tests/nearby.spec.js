// The main job, on real data: from the square in Zhengzhou to the door of the nearest place, in two taps.
import { readFileSync } from "node:fs";
import { expect, onTheImportedList, test } from "../support/journey.js";
import { CELL, NEAR, SQUARE, names } from "../support/places.js";
import { csv } from "../support/servers.js";

const NEAREST = "金水工会杜岭户外劳动者爱心驿站";

/** The row of the file about a station: its own name, hours and GCJ-02 position. */
function inTheFile(name) {
  const [heading, ...lines] = readFileSync(csv, "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/);
  const line = lines.find((line) => line.includes(name)).split(",");
  return Object.fromEntries(heading.split(",").map((field, at) => [field, line[at]]));
}

/** Metres between two positions that lie close together. */
function metres(a, b) {
  const north = (a.lat - b.lat) * 111_195;
  const east = (a.lng - b.lng) * 111_195 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** The sentence of a door that is open 5:00–17:30 every day, at a minute of Shanghai's day. */
function doorAt(minute) {
  const [opens, closes] = [5 * 60, 17 * 60 + 30];
  if (minute < opens) return "现在关门，5:00 开";
  if (minute >= closes) return "现在关门，明天 5:00 开";
  const left = closes - minute;
  return left > 60 ? "开放中 · 17:30 关门" : `${left} 分钟后关门，17:30`;
}

function minuteInShanghai() {
  const [hour, minute] = new Date()
    .toLocaleTimeString("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" })
    .split(":");
  return Number(hour) * 60 + Number(minute);
}

/** From nothing to the ranked list: 定位 where there are scripts, the cell's own address where not. */
async function comeNear({ page, context, javaScriptEnabled }) {
  if (javaScriptEnabled === false) {
    await page.goto(NEAR);
    return;
  }
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(SQUARE);
  await page.goto("/");
  await page.getByRole("button", { name: "定位" }).click();
  await expect(page.locator("#how")).toHaveText("误差约 30 米 · 位置只在这部手机里");
}

test.describe("on the union's list of Zhengzhou", () => {
  onTheImportedList();

  test("the nearest to the square is 杜岭, by the phone's own position", async ({ page, context }) => {
    await comeNear({ page, context });
    expect(new URL(page.url()).search).toBe(`?cell=${CELL}`);
    const [first] = await names(page);
    expect(first).toBe(NEAREST);
    const row = page.locator("#yes .row").first();
    // 34.7537, 113.6604 to the file's point: 723 m, north-east; exact, so without 约.
    await expect(row.locator(".far")).toHaveText(/^7[0-9]0米 东北$/);
    await expect(row.getByText("未核实")).toBeVisible();
  });

  test("without a script the rows are ranked from the middle of the cell, and say so @nojs", async ({ page }) => {
    await page.goto(NEAR);
    await expect(page.getByText("距离是大约的：从这一片的中间算")).toBeVisible();
    const distances = await page.locator("#yes .row .far").allTextContents();
    expect(distances).toHaveLength(20);
    for (const distance of distances) expect(distance).toMatch(/^约[\d.]+(米|公里)/);
    const inMetres = distances.map((text) => parseFloat(text.slice(1)) * (text.includes("公里") ? 1000 : 1));
    expect(inMetres).toEqual([...inMetres].sort((a, b) => a - b));
    expect(await names(page)).toContain(NEAREST);
    await expect(page.locator("#locate")).toBeHidden();
  });

  test("its door is told from the hours of the file, and its week is shown @both", async ({ page, context, javaScriptEnabled }) => {
    await comeNear({ page, context, javaScriptEnabled });
    const before = doorAt(minuteInShanghai());
    await page.getByRole("link", { name: NEAREST }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${NEAREST} 未核实`);
    const sentence = (await page.locator(".sign .state").textContent()).replaceAll("\u00a0", " ");
    expect([before, doorAt(minuteInShanghai())]).toContain(sentence);
    const days = page.locator(".week tr");
    await expect(days).toHaveCount(7);
    for (const day of await days.all()) await expect(day.locator("td").first()).toHaveText("05:00–17:30");
    await expect(days.locator('xpath=self::*[@aria-current="date"]')).toHaveCount(1);
    await expect(page.getByText(/放假和调休的日子开不开没有写明。/).first()).toBeVisible();
  });

  test("the map app is two taps from the list, and gets the file's own GCJ-02 point @both", async ({
    page,
    context,
    javaScriptEnabled,
  }) => {
    await comeNear({ page, context, javaScriptEnabled });
    await page.getByRole("link", { name: NEAREST }).click();
    const leaving = page.waitForRequest(/^https:\/\/uri\.amap\.com\//);
    await page.getByRole("link", { name: "带我去 · 高德地图" }).click();
    const request = await leaving;
    const reply = await request.redirectedFrom().response();
    expect(reply.status()).toBe(303);
    const [lng, lat, name] = new URL(request.url()).searchParams.get("to").split(",");
    expect(name).toBe(NEAREST);
    const { lon_gcj02, lat_gcj02 } = inTheFile(NEAREST);
    const away = metres({ lat: Number(lat), lng: Number(lng) }, { lat: Number(lat_gcj02), lng: Number(lon_gcj02) });
    expect(away).toBeLessThan(1);
    expect(request.headers().referer, "the map app is not told the page").toBeUndefined();
  });

  test("nobody has registered hot water: that is said, and those who say nothing stand below @both", async ({
    page,
    context,
    javaScriptEnabled,
  }) => {
    await comeNear({ page, context, javaScriptEnabled });
    await page.getByRole("navigation", { name: "筛选" }).getByRole("link", { name: "热水", exact: true }).click();
    await expect(page.getByRole("heading", { name: "20 公里内没有登记热水的站点" })).toBeVisible();
    expect(await names(page)).toEqual([]);
    await expect(page.getByRole("heading", { name: "没有写明（去之前打电话）" })).toBeVisible();
    const unsaid = await names(page, "#unsaid");
    expect(unsaid).toHaveLength(20);
    expect(unsaid).toContain(NEAREST);
    if (javaScriptEnabled !== false) expect(unsaid[0], "still by the phone's position").toBe(NEAREST);
  });

  test("a chosen chip comes first, says how to take it back, and is taken back by a tap @both", async ({ page }) => {
    await page.goto(NEAR);
    const chips = page.getByRole("navigation", { name: "筛选" }).getByRole("link");
    await chips.filter({ hasText: "热水" }).click();
    await expect(page).toHaveURL(`${NEAR}&want=hot_water`);
    await expect(chips.first()).toHaveText("热水，已选，点一下去掉");
    await expect(chips.first()).toHaveAttribute("aria-current", "true");
    await chips.filter({ hasText: "淋浴" }).click();
    await expect(page).toHaveURL(`${NEAR}&want=hot_water,shower`);
    await chips.filter({ hasText: "热水" }).click();
    await chips.filter({ hasText: "淋浴" }).click();
    await expect(page).toHaveURL(NEAR);
  });

  test("what the list says of a distance is what the rows say: the same number of them @both", async ({
    page,
    context,
    javaScriptEnabled,
  }) => {
    await comeNear({ page, context, javaScriptEnabled });
    const [said] = (await page.locator("h2.sub").textContent()).match(/\d+(?= 个)/);
    expect(await names(page)).toHaveLength(Number(said));
  });
});

test("on the 示范 pack the same chip finds some, and every card carries 示范 @both", async ({ page, context, javaScriptEnabled }) => {
  await comeNear({ page, context, javaScriptEnabled });
  await page.getByRole("navigation", { name: "筛选" }).getByRole("link", { name: "热水", exact: true }).click();
  const found = page.locator("#yes .row:visible");
  expect(await found.count()).toBeGreaterThan(0);
  for (const row of await page.locator(".row:visible").all()) await expect(row.getByText("示范", { exact: true })).toBeVisible();
  await expect(found.first().locator(".have")).toContainText("热水");
  await found.first().getByRole("link").click();
  await expect(page.getByText("示范站点，是编的，别真去。")).toBeVisible();
  await expect(page.locator(".has")).toContainText("热水");
});

test("no wish that finds a station hides the stations that do not say", async ({ page }) => {
  for (const wish of ["toilet", "shower", "open", "24h", "everyone"]) {
    await page.goto(`${NEAR}&want=${wish}`);
    await expect(page.getByRole("heading", { name: "没有写明（去之前打电话）" }), wish).toBeVisible();
    expect((await names(page, "#unsaid")).length, wish).toBeGreaterThan(0);
  }
});
