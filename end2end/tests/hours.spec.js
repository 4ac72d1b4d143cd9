// "Will the door be open when I get there?": how long the way takes, what one finds, and the days of the week.
import { expect, onTheImportedList, test } from "../support/journey.js";
import { NEAR, SQUARE, pageOf } from "../support/places.js";

const MINUTES = /^(走过去|骑车过去)约 (\d+ 分钟|\d+ 小时( \d+ 分钟)?)(，(到时门开着|可能来不及|到时已经关门|到时已经开门|到时还没开门))?$/;

/** Minutes on foot for a straight line: streets are 1.4 times as long, 5 km an hour. */
const onFoot = (metres) => Math.max(1, Math.floor((metres * 1.4) / (5000 / 60) + 0.999));

test.describe("on the union's list of Zhengzhou", () => {
  onTheImportedList();

  test("every row says how long the way takes, and nothing of a door that nobody knows @both", async ({ page }) => {
    await page.goto(NEAR);
    const rows = await page.locator("#yes .row:visible").all();
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const sentence = await row.locator(".arrive").textContent();
      expect(sentence).toMatch(MINUTES);
      const unknown = (await row.getAttribute("class")).includes("unknown");
      expect(sentence.includes("，"), sentence).toBe(!unknown);
    }
  });

  test("the minutes are counted again from where the phone is", async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(SQUARE);
    await page.goto(NEAR);
    await page.locator("#locate").click();
    await expect(page.locator("#how")).toContainText("误差约 30 米");
    const row = page.locator("#yes .row").first();
    const metres = Number(await row.locator(".far b").textContent());
    const told = Number((await row.locator(".arrive").textContent()).match(/约 (\d+) 分钟/)[1]);
    // The row rounds to ten metres.
    expect([onFoot(metres - 5), onFoot(metres), onFoot(metres + 5)]).toContain(told);
  });

  test("hours in words are a table of days @both", async ({ page }) => {
    await pageOf(page, "巩义服务站河南公路爱心驿站");
    await expect(page.locator(".week tr")).toHaveCount(7);
    await expect(page.locator(".week tr").first()).toContainText("今天");
    await expect(page.getByText("登记的原话：“周一至周五 09:00-17:00”")).toBeVisible();
  });
});

test.describe("a phone whose clock is ten years off", () => {
  const off = 10 * 365 * 24 * 3600 * 1000;

  test("is told so, and its doors are those of the right time", async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(SQUARE);
    await page.goto(NEAR);
    const right = await page.locator("#yes .row .state").allTextContents();
    await page.addInitScript((off) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() - off;
    }, off);
    await page.goto(NEAR);
    await expect(page.locator("#clock")).toContainText("手机的时间慢了约 36");
    await page.locator("#locate").click();
    await expect(page.locator("#how")).toContainText("误差约 30 米");
    const wrong = await page.locator("#yes .row .state").allTextContents();
    expect(wrong.toSorted()).toEqual(right.toSorted());
    await expect(page.locator("#yes .row .arrive").first()).toContainText("分钟");
  });

  test("a right clock is not complained of", async ({ page }) => {
    await page.goto(NEAR);
    await expect(page.locator("#locate")).toBeVisible();
    await expect(page.locator("#clock")).toBeEmpty();
  });
});
