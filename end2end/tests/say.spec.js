// One tap at a door, without an account; and proposals. The position is compared on the phone and stays there.
import { expect, status, test } from "../support/journey.js";
import { CELL, kept, pageOf } from "../support/places.js";

/** Each test takes a door of its own: what one says must not answer for another. */
const DOORS = ["商城路芝麻胡同户外劳动者驿站", "铭功路夜归人工会驿站", "人民公园西侧爱心驿站", "桐柏路合欢里社区工会驿站"];

/** Where a station's own page says it is. */
async function door(page) {
  const form = page.locator("#say");
  const [y, x] = [await form.getAttribute("data-y"), await form.getAttribute("data-x")];
  return { latitude: Number(y) / 1e7, longitude: Number(x) / 1e7, accuracy: 20 };
}

const posts = (asked) => asked.filter((request) => request.method() === "POST");

test("without a script one tap is registered, and the page says so @nojs", async ({ page, context }) => {
  await pageOf(page, DOORS[0]);
  await page.getByRole("button", { name: "开着" }).click();
  await expect(page.locator("#heard")).toContainText("已登记");
  expect((await kept(context)).device).toMatch(/^[0-9a-f]{32}$/);
  await page.getByRole("button", { name: "开着" }).click();
  await expect(page.locator("#heard"), "the same again counts once").toContainText("你已经说过");
});

test("at the door the phone says that it checked, and not where it is", async ({ page, context, asked }) => {
  await context.grantPermissions(["geolocation"]);
  await pageOf(page, DOORS[1]);
  await context.setGeolocation(await door(page));
  await page.getByRole("button", { name: "锁着" }).click();
  await expect(page.locator("#heard")).toContainText("已登记");
  expect(posts(asked).map((request) => request.postData())).toEqual(["near=checked&said=locked"]);
});

test("far from the door nothing is sent, and the phone says how far", async ({ page, context, asked }) => {
  await context.grantPermissions(["geolocation"]);
  await pageOf(page, DOORS[2]);
  const { latitude, longitude } = await door(page);
  await context.setGeolocation({ latitude: latitude + 0.02, longitude, accuracy: 20 });
  await page.getByRole("button", { name: "搬走了" }).click();
  await expect(page.locator("#tapped")).toContainText("你离这里还有约 2.2 公里");
  expect(posts(asked)).toEqual([]);
});

test("where the phone does not say where it is, the person's second tap counts", async ({ page, context, asked }) => {
  await context.clearPermissions();
  await page.addInitScript(() =>
    Object.defineProperty(navigator.geolocation, "getCurrentPosition", {
      value: (_, failed) => failed({ code: 1, message: "" }),
    }),
  );
  await pageOf(page, DOORS[3]);
  await page.getByRole("button", { name: "开着" }).click();
  await expect(page.locator("#tapped")).toContainText("再点一下");
  expect(posts(asked)).toEqual([]);
  await page.getByRole("button", { name: "开着" }).click();
  await expect(page.locator("#heard")).toContainText("已登记");
  expect(posts(asked).map((request) => request.postData())).toEqual(["near=said&said=open"]);
});

test("a correction is a proposal with a number, and a blank one keeps the page @both", async ({ page, provoked }) => {
  provoked.push(status(422));
  await pageOf(page, DOORS[0]);
  await page.getByRole("link", { name: "别的地方写错了" }).click();
  await page.getByRole("button", { name: "交给工会核实" }).click();
  await expect(page.locator("#words-wrong")).toContainText("写一句哪里不对");
  await page.getByLabel("错在哪，应该是什么").fill("晚上 8 点就关门");
  await page.getByRole("button", { name: "交给工会核实" }).click();
  await expect(page.getByRole("heading", { name: "已登记，谢谢" })).toBeVisible();
  await expect(page.locator("main b.code")).toHaveText(/^[0-9A-F]{8}$/);
});

test("a missing station: what was typed is never lost @both", async ({ page, provoked }) => {
  provoked.push(status(422));
  await page.goto(`/?cell=${CELL}`);
  await page.getByRole("link", { name: "附近有个站点这里没有？报一个" }).click();
  await page.getByLabel("门牌上写的名字").fill('某路"爱心<b>驿站');
  await page.getByLabel("还知道什么").fill("晚上有热水");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "交给工会核实" }).click();
  await expect(page.locator("#place-wrong")).toBeVisible();
  await expect(page.getByLabel("门牌上写的名字")).toHaveValue('某路"爱心<b>驿站');
  await expect(page.getByLabel("还知道什么")).toHaveValue("晚上有热水");
  await expect(page.getByRole("checkbox")).toBeChecked();
  await page.getByLabel("在哪", { exact: true }).fill("杜岭街菜场北门");
  await page.getByRole("button", { name: "交给工会核实" }).click();
  await expect(page.locator("main b.code")).toHaveText(/^[0-9A-F]{8}$/);
});
