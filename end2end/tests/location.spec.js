// 定位 fails and lies often: whatever the phone answers, the list stays useful and says how sure it is.
import { expect, noNetwork, onTheImportedList, status, test } from "../support/journey.js";
import { CELL, NEAR, SQUARE, kept, names } from "../support/places.js";

const locate = (page) => page.locator("#locate");
const how = (page) => page.locator("#how");
const told = (page) => page.locator("#where");

async function standAt(context, place) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(place);
}

/** A phone whose position comes when the test says so, and counts how often it was asked. */
async function ownPhone(page, answer) {
  await page.addInitScript((answer) => {
    window.askedTheGps = [];
    Object.defineProperty(navigator.geolocation, "getCurrentPosition", {
      value: (found, failed, options) => {
        window.askedTheGps.push(options);
        if (answer.coords) found({ coords: answer.coords, timestamp: Date.now() });
        else if (answer.code === 3) {
          window.giveUp = () => failed({ code: 3, message: "" });
          window.answerLate = (coords) => found({ coords, timestamp: Date.now() });
        }
        else failed({ code: answer.code, message: "" });
      },
    });
  }, answer);
}

test("the phone is asked for its position on a tap and never before", async ({ page }) => {
  await ownPhone(page, { coords: { ...SQUARE } });
  for (const path of ["/", NEAR, "/place", "/me", `/radar?cell=${CELL}`]) {
    await page.goto(path);
    if (path === "/" || path === NEAR) await expect(locate(page)).toBeVisible();
    expect(await page.evaluate(() => window.askedTheGps.length), path).toBe(0);
  }
  await page.goto(NEAR);
  await locate(page).click();
  await expect(how(page)).toContainText("误差约 30 米");
  expect(await page.evaluate(() => window.askedTheGps.length)).toBe(1);
});

test("not allowed: says so and offers the picker, and the list stays", async ({ page, context }) => {
  await context.clearPermissions();
  await ownPhone(page, { code: 1 });
  await page.goto(NEAR);
  const before = await names(page);
  await locate(page).click();
  await expect(told(page)).toContainText("没拿到你的位置。");
  await expect(told(page)).toContainText("手机没让用定位");
  await expect(how(page)).toHaveText("距离是大约的：从这一片的中间算");
  await expect(locate(page)).toHaveText("再试一次");
  expect(await names(page)).toEqual(before);
  await told(page).getByRole("link", { name: "自己选地方" }).click();
  await expect(page).toHaveURL("/place");
});

test("not allowed before any place is known: the picker is one tap away", async ({ page }) => {
  await ownPhone(page, { code: 1 });
  await page.goto("/");
  await locate(page).click();
  await expect(told(page)).toContainText("没拿到你的位置。");
  await expect(told(page).getByRole("link", { name: "自己选地方" })).toBeVisible();
});

test("the browser's own refusal is understood as one", async ({ page, context }) => {
  await context.grantPermissions([]);
  await page.goto(NEAR);
  await locate(page).click();
  await expect(told(page)).toContainText("没拿到你的位置。");
});

test("a phone that gives up is said to have, and the list stays of use meanwhile", async ({ page }) => {
  await ownPhone(page, { code: 3 });
  await page.goto(NEAR);
  await locate(page).click();
  await expect(locate(page)).toHaveText("正在定位…");
  await expect(how(page)).toContainText("正在找你的位置，最多 8 秒。");
  await expect(page.locator("#yes .row:visible")).toHaveCount(20);
  expect(await page.evaluate(() => window.askedTheGps[0].timeout)).toBe(8_000);
  await page.evaluate(() => window.giveUp());
  await expect(told(page)).toContainText("等了 8 秒没等到");
  await expect(locate(page)).toHaveText("再试一次");
});

test("a phone that never answers is waited for about 8 seconds; what comes later still counts", async ({ page }) => {
  await page.clock.install();
  await ownPhone(page, { code: 3 });
  await page.goto(NEAR);
  await locate(page).click();
  await expect(locate(page)).toHaveText("正在定位…");
  await page.clock.runFor(9_000);
  await expect(told(page)).toContainText("等了 8 秒没等到");
  await expect(locate(page)).toHaveText("再试一次");
  await page.evaluate((coords) => window.answerLate(coords), { ...SQUARE });
  await expect(how(page)).toContainText("误差约 30 米");
  await expect(told(page)).toHaveText("位置不对？自己选");
});

test("a phone without a way to know says so", async ({ page }) => {
  await ownPhone(page, { code: 2 });
  await page.goto(NEAR);
  await locate(page).click();
  await expect(told(page)).toContainText("手机说不出在哪儿");
});

test("an inaccurate position is called 大概位置, its distances 约, and can be put right", async ({ page, context }) => {
  await standAt(context, { ...SQUARE, accuracy: 1_800 });
  await page.goto(NEAR);
  await locate(page).click();
  await expect(told(page)).toContainText("大概位置，误差约 1.8 公里。");
  await expect(page.locator("#yes .row:visible .far").first()).toContainText("约");
  await told(page).getByRole("link", { name: "位置不对？" }).click();
  await expect(page).toHaveURL("/place");
});

test("an accuracy of up to a kilometre is said in the quiet line, with a way out should it be wrong", async ({ page, context }) => {
  await standAt(context, { ...SQUARE, accuracy: 300 });
  await page.goto(NEAR);
  await locate(page).click();
  await expect(how(page)).toHaveText("误差约 300 米 · 位置只在这部手机里");
  await expect(told(page)).toHaveText("位置不对？自己选");
  for (const far of await page.locator("#yes .row:visible .far").allTextContents()) expect(far).not.toContain("约");
});

test("a position in another cell leads to the list of that cell, and the wishes go along", async ({ page, context }) => {
  await standAt(context, { latitude: 31.8636, longitude: 117.2839, accuracy: 50 });
  await page.goto(`${NEAR}&want=toilet,phone_charging`);
  await locate(page).click();
  await expect(page).toHaveURL("/?cell=31.86,117.28&want=toilet,phone_charging");
  await expect(how(page)).toHaveText("误差约 50 米 · 位置只在这部手机里");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("庐阳区附近");
});

test("the exact order is the phone's: it differs from the cell's, nearest first", async ({ page, context }) => {
  // The south-west corner of the cell: its middle is 730 m away.
  await standAt(context, { latitude: 34.7501, longitude: 113.6601, accuracy: 20 });
  await page.goto(NEAR);
  const before = await names(page);
  await locate(page).click();
  await expect(how(page)).toContainText("误差约 20 米");
  const after = await names(page);
  expect(after).not.toEqual(before);
  const distances = await page.locator("#yes .row:visible .far").allTextContents();
  const inMetres = distances.map((text) => parseFloat(text) * (text.includes("公里") ? 1000 : 1));
  expect(inMetres).toEqual([...inMetres].sort((a, b) => a - b));
});

test("the next visit begins with the same cell, and the phone keeps the cell and nothing finer", async ({ page, context }) => {
  await standAt(context, SQUARE);
  await page.goto("/");
  await locate(page).click();
  await expect(how(page)).toContainText("误差约 30 米");
  expect(await kept(context)).toEqual({ cell: CELL });
  // The icon on the home screen opens the bare address, in a session of its own.
  const later = await context.newPage();
  await later.goto("/");
  await expect(later.getByRole("heading", { level: 1 })).toHaveText("管城回族区附近");
  await expect(later.locator("#how")).toHaveText("距离是大约的：从这一片的中间算");
});

test("忘记这些 leaves nothing of the place on the phone", async ({ page, context }) => {
  await standAt(context, SQUARE);
  await page.goto(NEAR);
  await locate(page).click();
  await expect(how(page)).toContainText("误差约 30 米");
  await page.goto("/me");
  await expect(page.getByText("上次的地方")).toBeVisible();
  await page.getByRole("button", { name: "忘记这些" }).click();
  expect(await kept(context)).toEqual({});
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("你在哪儿？");
  const stored = await page.evaluate(() => Object.values({ ...sessionStorage, ...localStorage }).join(" "));
  expect(stored, "the exact position of this session is forgotten as well").toBe("");
});

test("忘记这些 works without a script @nojs", async ({ page, context }) => {
  await page.goto(NEAR);
  expect(await kept(context)).toEqual({ cell: CELL });
  await page.goto("/me");
  await page.getByRole("button", { name: "忘记这些" }).click();
  expect(await kept(context)).toEqual({});
  await page.goto("/me");
  await expect(page.getByText("什么也没记。")).toBeVisible();
});

test("back from a station, the list is still by the phone's position", async ({ page, context }) => {
  await standAt(context, SQUARE);
  await page.goto(NEAR);
  await locate(page).click();
  await expect(how(page)).toContainText("误差约 30 米");
  const list = await names(page);
  await page.locator("#yes .row:visible a").nth(2).click();
  await expect(page).toHaveURL(/\/stations\//);
  await page.goBack();
  await expect(how(page)).toContainText("误差约 30 米");
  expect(await names(page)).toEqual(list);
  await page.goto(`${NEAR}&want=toilet`);
  await expect(how(page)).toContainText("误差约 30 米");
});

for (const [what, accuracy] of [
  ["exact", 30],
  ["rough", 1_800],
]) {
  test(`a station's page tells the distance of its row, by the same ${what} position`, async ({ page, context }) => {
    await standAt(context, { ...SQUARE, accuracy });
    await page.goto(NEAR);
    await locate(page).click();
    await expect(how(page)).toContainText("误差约");
    const row = page.locator("#yes .row:visible").nth(1);
    const [, about, distance, direction] = /^(约?)([\d.]+(?:米|公里))\s*(\S+)$/.exec(await row.locator(".far").textContent());
    expect(about).toBe(accuracy > 1_000 ? "约" : "");
    await row.getByRole("link").click();
    const far = page.locator(".sign .far");
    await expect(far).toContainText(distance);
    const told = (await far.textContent()).replace(/\s/g, "");
    expect(told).toBe(`${direction}${about}${distance}`);
  });
}

test.describe("rows that the page did not carry", () => {
  onTheImportedList();

  const rest = (asked) => asked.filter((request) => new URL(request.url()).pathname === "/nearby/rest").length;

  test("come in one reply, however often 定位 is tapped", async ({ page, context, asked }) => {
    await standAt(context, SQUARE);
    await page.goto(NEAR);
    await locate(page).dblclick();
    await expect(how(page)).toContainText("误差约 30 米");
    await locate(page).dblclick();
    await locate(page).click();
    await expect(how(page)).toContainText("误差约 30 米");
    await expect(page.locator("#yes .row")).not.toHaveCount(20);
    expect(rest(asked)).toBe(1);
    expect(await names(page)).toHaveLength(20);
    const all = await page.locator("#yes .row h3 a").evaluateAll((links) => links.map(({ href }) => href));
    expect(new Set(all).size, "no station twice").toBe(all.length);
  });

  test("that do not come are said, and the next tap fetches them", async ({ page, context, asked, provoked }) => {
    provoked.push(noNetwork);
    await standAt(context, SQUARE);
    await page.goto(NEAR);
    await page.route("**/nearby/rest?*", (route) => route.abort());
    await locate(page).click();
    await expect(told(page)).toContainText("网断了。");
    expect(await names(page)).toHaveLength(20);
    await page.unroute("**/nearby/rest?*");
    await locate(page).click();
    await expect(told(page)).toHaveText("位置不对？自己选");
    await expect(page.locator("#yes .row")).not.toHaveCount(20);
    expect(rest(asked)).toBe(2);
  });

  test("that come as an error are said as well", async ({ page, context, provoked }) => {
    provoked.push(status(503));
    await standAt(context, SQUARE);
    await page.goto(NEAR);
    await page.route("**/nearby/rest?*", (route) => route.fulfill({ status: 503, body: "" }));
    await locate(page).click();
    await expect(told(page)).toContainText("网断了。");
  });

  test("are not asked for by a page that nobody located on", async ({ page, asked }) => {
    await page.goto(NEAR);
    await expect(locate(page)).toBeVisible();
    expect(rest(asked)).toBe(0);
  });
});

test("without the module the list still stands, and no button promises what it cannot do", async ({ page, provoked }) => {
  provoked.push(noNetwork);
  await page.route("**/pkg/*.wasm", (route) => route.abort());
  provoked.push(/Failed to fetch|TypeError/);
  await page.goto(NEAR);
  await expect(page.locator("#yes .row:visible")).toHaveCount(20);
  await expect(locate(page)).toBeHidden();
});
