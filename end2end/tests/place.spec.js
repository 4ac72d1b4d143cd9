// Choosing a place without 定位, and links that are wrong.
import { expect, onTheImportedList, status, test } from "../support/journey.js";
import { CELL, EMPTY, NEAR, kept, names } from "../support/places.js";

test("province, city, county, list: four taps from the first page @both", async ({ page, context }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("你在哪儿？");
  for (const name of ["河南省", "郑州市", "二七区"]) {
    await page.locator(".names").getByRole("link", { name, exact: true }).click();
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("二七区附近");
  const { cell } = await kept(context);
  expect(cell).toMatch(/^34\.\d\d,113\.\d\d$/);
  expect(new URL(page.url()).search).toBe(`?cell=${cell}`);
  expect((await names(page)).length).toBeGreaterThan(0);
});

test("each step leads back to the one before @both", async ({ page }) => {
  await page.goto("/place/410100");
  await page.getByRole("link", { name: "上一级" }).click();
  await expect(page).toHaveURL("/place/410000");
  await page.getByRole("link", { name: "上一级" }).click();
  await expect(page).toHaveURL("/place");
  await page.getByRole("link", { name: "附近" }).first().click();
  await expect(page).toHaveURL("/");
});

test("a municipality leads to a list as well", async ({ page }) => {
  await page.goto("/place");
  await page.locator(".names").getByRole("link", { name: "北京市", exact: true }).click();
  for (let taps = 0; taps < 2 && !page.url().includes("cell="); taps += 1) {
    const url = page.url();
    await page.locator(".names a").first().click();
    await page.waitForURL((now) => now.href !== url);
  }
  await expect(page).toHaveURL(/\/\?cell=\d\d\.\d\d,\d+\.\d\d$/);
});

test("typing a district finds it with its whole path @both", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("searchbox", { name: "找地方或站名" }).fill("二七区");
  await page.getByRole("button", { name: "找", exact: true }).click();
  await page.locator(".list").getByRole("link", { name: "河南省 郑州市 二七区" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("二七区附近");
});

test.describe("on the union's list of Zhengzhou", () => {
  onTheImportedList();

  test("typing part of a station's name finds it @both", async ({ page }) => {
    await page.goto("/place");
    await page.getByRole("searchbox").fill("杜岭");
    await page.keyboard.press("Enter");
    const found = page.locator(".rows").getByRole("link", { name: "金水工会杜岭户外劳动者爱心驿站" });
    await expect(found).toBeVisible();
    await expect(page.getByRole("searchbox"), "what was typed stays in the field").toHaveValue("杜岭");
    await expect(page.locator(".rows .far"), "no distance without a place").toHaveCount(0);
    await found.click();
    await expect(page).toHaveURL(/\/stations\//);
  });

  test("with a place known, found stations carry their distance from it", async ({ page }) => {
    await page.goto(NEAR);
    await page.goto(`/place?q=${encodeURIComponent("杜岭")}`);
    await expect(page.locator(".rows .far").first()).toHaveText(/^约/);
  });
});

test("nothing found says so and what to try @both", async ({ page }) => {
  await page.goto(`/place?q=${encodeURIComponent("没有这样的地方")}`);
  await expect(page.getByText("没找到“没有这样的地方”。")).toBeVisible();
  await expect(page.getByText("换个写法")).toBeVisible();
});

for (const [what, typed] of [
  ["markup", `"><script>document.title="x"</script>`],
  ["a quote", `' OR 1=1 --`],
  ["nothing but spaces", "   "],
  ["more than the field takes", "站".repeat(200)],
]) {
  test(`typing ${what} is only words`, async ({ page }) => {
    const reply = await page.goto(`/place?q=${encodeURIComponent(typed)}`);
    expect(reply.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.title()).toContain("会站家");
  });
}

test("far from any station: says how far the next one is @both", async ({ page }) => {
  await page.goto(EMPTY);
  await expect(page.getByRole("heading", { name: "20 公里内没有登记的站点" })).toBeVisible();
  await expect(page.getByText(/最近的在约 \d+ 公里外/)).toBeVisible();
});

test("wishes that nobody near meets: says which to drop, and dropping it finds some @both", async ({ page }) => {
  await page.goto(`${NEAR}&want=laundry,everyone`);
  await expect(page.getByRole("heading", { name: /^20 公里内没有/ })).toBeVisible();
  await page.getByRole("link", { name: /^去掉“/ }).first().click();
  expect((await names(page)).length).toBeGreaterThan(0);
});

test("wishes that nobody at all meets still lead on @both", async ({ page }) => {
  await page.goto(`${NEAR}&want=hot_water,ebike_charging,shower,battery_swap,laundry`);
  await expect(page.getByRole("heading", { name: /^20 公里内没有/ })).toBeVisible();
  await page.locator(".list").getByRole("link", { name: /去掉/ }).first().click();
  expect((await names(page)).length).toBeGreaterThan(0);
});

for (const [path, code, title] of [
  ["/?cell=abc", 400, "你在哪儿？"],
  ["/?cell=91.00,113.66", 400, "你在哪儿？"],
  ["/?cell=%FF", 400, "你在哪儿？"],
  ["/stations/XXXXXXXXXX", 404, "没找到"],
  ["/stations/x", 404, "没找到"],
  ["/place/999999", 404, "没找到"],
  ["/place/abc", 404, "没找到"],
  ["/go/amap/XXXXXXXXXX", 404, "没找到"],
  ["/nowhere", 404, "没找到"],
  ["/%ff", 404, "没找到"],
  [`/place?q=${"a".repeat(9000)}`, 414, "地址太长了"],
]) {
  test(`${path.slice(0, 40)} is a sane page of status ${code} @both`, async ({ page, provoked }) => {
    provoked.push(status(code));
    const reply = await page.goto(path);
    expect(reply.status()).toBe(code);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.getByRole("navigation", { name: "主要" }).getByRole("link", { name: "附近" })).toBeVisible();
  });
}

test("a map app that does not exist is a 404 for a station that does", async ({ page, provoked }) => {
  provoked.push(status(404));
  await page.goto(NEAR);
  const code = (await page.locator("#yes a").first().getAttribute("href")).split("/").pop();
  expect((await page.goto(`/go/nope/${code}`)).status()).toBe(404);
  await expect(page.getByText("没有这个地图。")).toBeVisible();
});

test("an unknown wish is left out, the others hold @both", async ({ page }) => {
  expect((await page.goto(`${NEAR}&want=zzz`)).status()).toBe(200);
  expect((await names(page)).length).toBeGreaterThan(0);
  await page.goto(`${NEAR}&want=zzz,toilet`);
  await expect(page.locator(".chip[aria-current]")).toHaveText("卫生间，已选，点一下去掉");
});

test("a finer place in a link is refused, not rounded and kept", async ({ page, context, request, baseURL }) => {
  // Asked outside of the page: such an address would be a leak.
  const reply = await request.get(`${baseURL}/?cell=34.7537,113.6604`);
  expect(reply.status()).toBe(400);
  expect(reply.headers()["set-cookie"]).toBeUndefined();
  expect(await kept(context)).toEqual({});
  await page.goto(`/?cell=${CELL}`);
  expect(await kept(context)).toEqual({ cell: CELL });
});
