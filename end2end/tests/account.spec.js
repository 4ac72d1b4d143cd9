// Signing in and 我的, as a person with a phone does it.
import { readFileSync } from "node:fs";
import { askForCode, codeFor, enterCode, freshId, freshNumber, masked, signIn, tellIdentity, wrongCode } from "../support/account.js";
import { expect, status, test } from "../support/journey.js";
import { WECHAT, kept } from "../support/places.js";

/** Another phone. */
async function another(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  return context.newPage();
}

test("from 我的 to 我的: a number and a code sign in @both", async ({ page, context }) => {
  await page.goto("/me");
  await page.getByRole("link", { name: "登录", exact: true }).click();
  const mobile = await signIn(page, freshNumber(), null);
  await expect(page).toHaveURL(/\/me$/);
  await expect(page.locator(".who")).toContainText(masked(mobile));
  const session = (await context.cookies()).find(({ name }) => name === "sid");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(session.value).toMatch(/^[0-9a-f]{64}$/);
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByText("已退出登录")).toBeVisible();
  expect((await kept(context)).sid).toBeUndefined();
});

test("with scripts the sixth digit is enough, and a form is sent once", async ({ page, asked }) => {
  const mobile = freshNumber();
  await askForCode(page, mobile);
  const code = codeFor(mobile);
  await page.getByLabel("验证码").pressSequentially(code.slice(0, 5));
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await page.getByLabel("验证码").press(code[5]);
  await expect(page).toHaveURL(/\/me$/);
  const posts = asked.filter((request) => request.method() === "POST" && request.url().endsWith("/sign-in/code"));
  expect(posts.length).toBe(1);
});

test("where the phone reads the SMS itself, the code fills itself in", async ({ page }) => {
  const mobile = freshNumber();
  await page.addInitScript(() => {
    self.OTPCredential = class {};
    let give;
    self.smsArrives = (code) => give({ code });
    const get = () => new Promise((resolve) => (give = resolve));
    Object.defineProperty(navigator, "credentials", { value: { get } });
  });
  await askForCode(page, mobile);
  await page.evaluate((code) => self.smsArrives(code), codeFor(mobile));
  await expect(page).toHaveURL(/\/me$/);
});

test("without a network nothing is sent and nothing is lost", async ({ page, context, asked }) => {
  await page.goto("/sign-in");
  await page.getByLabel("手机号").fill("138 0013");
  await context.setOffline(true);
  await page.getByRole("button", { name: "发验证码" }).click();
  await expect(page.getByRole("alert")).toContainText("没有网络");
  await expect(page.getByLabel("手机号")).toHaveValue("138 0013");
  expect(asked.filter((request) => request.method() === "POST")).toEqual([]);
  await context.setOffline(false);
});

test("who wanted to read something else comes there after signing in @both", async ({ page }) => {
  await page.goto("/me/data");
  await expect(page).toHaveURL("/sign-in?next=/me/data");
  await signIn(page, freshNumber(), null);
  await expect(page).toHaveURL(/\/me\/data$/);
  await expect(page.getByRole("heading", { name: "我们存了你什么" })).toBeVisible();
});

test("a number or a code with a slip comes back as it was typed @both", async ({ page, provoked }) => {
  provoked.push(status(422));
  await page.goto("/sign-in");
  await page.getByLabel("手机号").fill("138 0013");
  await page.getByRole("button", { name: "发验证码" }).click();
  await expect(page.locator("#mobile-wrong")).toContainText("11 位");
  await expect(page.getByLabel("手机号")).toHaveValue("138 0013");
  const mobile = freshNumber();
  // As a keyboard for Chinese types it, and as a phone book has it.
  const wide = [...mobile].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  await page.getByLabel("手机号").fill(`+86 ${wide}`);
  await page.getByRole("button", { name: "发验证码" }).click();
  await expect(page.locator("h1")).toContainText(masked(mobile));
  await page.getByLabel("验证码").fill("12345");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.locator("#code-wrong")).toContainText("6 位数字");
  const wrong = wrongCode(mobile);
  await page.getByLabel("验证码").fill(wrong);
  await page.getByRole("button", { name: "登录", exact: true }).click({ timeout: 2_000 }).catch(() => {});
  await expect(page.locator("#code-wrong")).toContainText("还能试 4 次");
  await expect(page.getByLabel("验证码")).toHaveValue(wrong);
  await enterCode(page, codeFor(mobile));
  await expect(page).toHaveURL(/\/me$/);
});

test("a code opens once, and five wrong ones end it @nojs", async ({ page, browser, provoked }) => {
  provoked.push(status(422), status(410), status(429));
  const mobile = freshNumber();
  await askForCode(page, mobile);
  for (let left = 4; left >= 0; left -= 1) {
    await page.getByLabel("验证码").fill(wrongCode(mobile));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    if (left > 0) await expect(page.locator("#code-wrong")).toContainText(`还能试 ${left} 次`);
  }
  await expect(page.getByRole("heading", { name: "验证码过期了" })).toBeVisible();
  // The right one is too late now, and another comes after the minute.
  await page.goto("/sign-in/code");
  await expect(page.getByLabel("验证码")).toHaveCount(0);
  await page.getByRole("button", { name: "再发一个" }).click();
  await expect(page.locator(".note.warn")).toContainText("秒后再试");
  const other = await another(browser);
  await signIn(other);
  await other.goBack();
  await expect(other, "a page gone back to leads on").toHaveURL(/\/me$/);
  await other.context().close();
});

/** The second code for a number comes after a minute: asked for again as a person would, until it is sent. */
async function signInLater(page, mobile, provoked) {
  provoked.push(status(429));
  await expect(async () => {
    await page.goto("/sign-in");
    await page.getByLabel("手机号").fill(mobile);
    await page.getByRole("button", { name: "发验证码" }).click();
    await expect(page).toHaveURL(/\/sign-in\/code/, { timeout: 2_000 });
  }).toPass({ timeout: 90_000, intervals: [5_000] });
  await enterCode(page, codeFor(mobile));
}

test("two phones see each other, one ends the other, and then all @nojs", async ({ page, browser, provoked }) => {
  test.setTimeout(150_000);
  const mobile = await signIn(page);
  const other = await another(browser, { userAgent: WECHAT, javaScriptEnabled: false });
  await signInLater(other, mobile, provoked);
  await expect(other).toHaveURL(/\/me$/);
  // The first phone is told, and sees which phone it is.
  await page.goto("/me");
  await page.getByRole("link", { name: "通知" }).click();
  await page.getByRole("link", { name: "新的设备" }).click();
  await expect(page.locator(".prose")).toContainText("安卓手机 · 微信");
  await page.getByRole("link", { name: "去看看" }).click();
  await expect(page.locator(".line")).toHaveCount(2);
  await page.getByRole("button", { name: "安卓手机 · 微信 退出" }).click();
  await expect(page.locator(".line")).toHaveCount(1);
  await other.goto("/me/data");
  await expect(other, "the other phone is out").toHaveURL(/\/sign-in/);
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByText("所有设备都退出了")).toBeVisible();
  await page.goto("/me/inbox");
  await expect(page).toHaveURL(/\/sign-in/);
  await other.context().close();
});

test("a number that was sold again: the new owner sees nothing of the first @nojs", async ({ page, browser, provoked }) => {
  test.setTimeout(150_000);
  provoked.push(status(422));
  const mobile = await signIn(page);
  const number = freshId();
  await tellIdentity(page, { name: "欧阳𬭚㛃", number });
  await expect(page.getByText("存好了")).toBeVisible();
  const other = await another(browser, { javaScriptEnabled: false });
  const read = [];
  other.on("response", (response) => read.push(response.text().catch(() => "")));
  await signInLater(other, mobile, provoked);
  await expect(other).toHaveURL(/\/sign-in\/fact$/);
  await other.getByLabel("后四位").fill(number.slice(14) === "0000" ? "0001" : "0000");
  await other.getByRole("button", { name: "核对并登录" }).click();
  await expect(other.locator("#fact-wrong")).toContainText("还能试 2 次");
  await other.getByText("这不是我的账号").click();
  await other.getByRole("button", { name: "用空账号开始" }).click();
  await expect(other).toHaveURL(/\/me$/);
  for (const path of ["/me/inbox", "/me/sessions", "/me/identity", "/me/consents", "/me/data"]) await other.goto(path);
  const all = (await Promise.all(read)).join("\n");
  for (const word of ["欧阳", "𬭚", "㛃", number, `${number.slice(0, 3)}***`]) {
    expect(all.includes(word), `${word} of the first owner`).toBe(false);
  }
  // The first owner keeps the account on the first phone, and is told.
  await page.goto("/me/inbox");
  await page.getByRole("link", { name: "分开了" }).click();
  await page.getByRole("link", { name: "去看看" }).click();
  await expect(page.getByRole("heading", { name: "换手机号" })).toBeVisible();
  await page.goto("/me/identity");
  await expect(page.locator(".pairs")).toContainText(number.slice(14));
  await other.context().close();
});

test("name and number: a slip is told at its field, then they are masked, and whole only with a reason @both", async ({
  page,
  provoked,
}) => {
  provoked.push(status(422));
  await signIn(page);
  const number = freshId();
  const slip = number.slice(0, 17) + (number[17] === "1" ? "2" : "1");
  await tellIdentity(page, { name: "张𬭚㛃", number: slip });
  await expect(page.locator("#number-wrong")).toBeVisible();
  await expect(page.getByLabel("姓名")).toHaveValue("张𬭚㛃");
  await expect(page.getByLabel("证件号码")).toHaveValue(slip);
  await page.getByLabel("证件号码").fill(number.toLowerCase());
  await page.getByRole("button", { name: "存起来" }).click();
  await expect(page.getByText("存好了")).toBeVisible();
  const html = await page.content();
  expect(html).toContain(`${number.slice(0, 3)}***********${number.slice(14)}`);
  expect(html).not.toContain(number);
  expect(html).not.toContain("𬭚㛃");
  await page.getByText("看完整的号码").click();
  await page.getByRole("button", { name: "看完整的" }).click();
  await expect(page.locator("#reason-wrong")).toContainText("为什么要看");
  await page.getByLabel("为什么要看").fill("核对有没有填错");
  await page.getByRole("button", { name: "看完整的" }).click();
  await expect(page.locator(".pairs")).toContainText(number);
  await expect(page.locator(".pairs")).toContainText("张𬭚㛃");
  await page.getByRole("link", { name: "看完了" }).click();
  // 撤回: what the consent was for goes.
  await page.goto("/me/consents");
  await page.getByRole("button", { name: "撤回：实名信息" }).click();
  await page.goto("/me/identity");
  await expect(page.getByLabel("姓名")).toHaveValue("");
});

test("what is held is shown, and taken away as a file @both", async ({ page }) => {
  const mobile = await signIn(page);
  await page.goto("/me/data");
  await expect(page.locator(".list").first()).toContainText("条");
  for (const name of ["网页", "JSON"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: new RegExp(name) }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^huizhanjia-my-data\.(html|json)$/);
    expect(readFileSync(await file.path(), "utf8"), "the owner's copy is whole").toContain(mobile);
  }
});

test("an account is deleted with a tick and a button, and not by two quick taps @both", async ({ page, context, provoked }) => {
  provoked.push(status(422));
  await signIn(page);
  await page.goto("/me/delete");
  const { x, y } = await centre(page.getByRole("link", { name: "下一步" }));
  await page.mouse.click(x, y);
  await expect(page).toHaveURL(/\/me\/delete\/sure$/);
  const danger = await page.getByRole("button", { name: "删除账号" }).boundingBox();
  expect(y > danger.y + danger.height || y < danger.y, "the second tap would not meet the button").toBe(true);
  await page.getByRole("button", { name: "删除账号" }).click();
  await expect(page.locator("#sure-wrong")).toBeVisible();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "删除账号" }).click();
  await expect(page.getByRole("heading", { name: "账号删掉了" })).toBeVisible();
  expect((await kept(context)).sid).toBeUndefined();
  await page.goto("/me/data");
  await expect(page, "nobody is signed in").toHaveURL(/\/sign-in/);
});

async function centre(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

test("after signing out the button for going back shows nothing of the account @both", async ({ page }) => {
  const mobile = await signIn(page);
  await page.goto("/me/sessions");
  await page.goto("/me");
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByText("已退出登录")).toBeVisible();
  await page.goBack();
  await expect(page.getByText(masked(mobile))).toHaveCount(0);
});
