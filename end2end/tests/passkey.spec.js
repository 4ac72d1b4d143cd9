// Staff: an invitation, a passkey of Chromium's virtual authenticator, and where there is none an SMS and an
// authenticator. On localhost: no passkey belongs to an IP address.
import { codeFor, freshNumber } from "../support/account.js";
import { expect, status, test } from "../support/journey.js";
import { demo } from "../support/servers.js";
import { authenticator, invitation, totp } from "../support/staff.js";

const here = `http://localhost:${demo.port}`;

test("an invitation is taken up with a passkey, which then signs in without a name", async ({ page, context, provoked }) => {
  provoked.push(status(404));
  await authenticator(page);
  const link = here + invitation("administrator");
  await page.goto(link);
  await expect(page.locator(".pairs")).toContainText("系统管理员");
  await page.getByRole("button", { name: "用通行密钥" }).click();
  await expect(page).toHaveURL(`${here}/desk`);
  const enrolled = (await context.cookies(here)).find(({ name }) => name === "sid");
  expect(enrolled).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "这个邀请打不开了" })).toBeVisible();

  await page.goto(`${here}/me/keys`);
  await expect(page.locator(".list")).toContainText("Chrome");
  await page.getByRole("button", { name: "给这部设备加一把" }).click();
  await expect(page.getByRole("alert")).toContainText("已经登记过");

  await page.goto(`${here}/me`);
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.goto(`${here}/desk`);
  await expect(page).toHaveURL(/\/sign-in/);

  await page.goto(`${here}/staff`);
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  await expect(page).toHaveURL(`${here}/desk`);
  const fresh = (await context.cookies(here)).find(({ name }) => name === "sid");
  expect(fresh.value).not.toBe(enrolled.value);
});

test("who cancels, or whom the phone does not know, is told what to do and tries again", async ({ page }) => {
  await authenticator(page, { isUserVerified: false });
  await page.goto(`${here}/staff`);
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  await expect(page.getByRole("alert")).toContainText("取消了");
  await expect(page.getByRole("button", { name: "用通行密钥登录" })).toBeEnabled();
  await expect(page.getByLabel("手机号")).toBeVisible();
});

/** Types six digits and sends them: with scripts the sixth is enough. */
async function enter(page, label, digits, button) {
  const asked = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByLabel(label, { exact: true }).fill(digits);
  await page.getByRole("button", { name: button, exact: true }).click({ timeout: 2_000 }).catch(() => {});
  await asked;
}

/** Number, SMS, authenticator: without a script anywhere. */
async function withAuthenticator(page) {
  const link = here + invitation("auditor");
  await page.goto(link);
  await expect(page.getByRole("button", { name: "用通行密钥" })).toBeHidden();
  const mobile = freshNumber();
  await page.getByLabel("手机号").fill(mobile);
  await page.getByRole("button", { name: "发验证码" }).click();
  await enter(page, "验证码", codeFor(mobile), "下一步");
  await expect(page.getByRole("img", { name: "动态口令的二维码" })).toBeVisible();
  const secret = await page.locator(".secret").textContent();
  await enter(page, "动态口令", "000000", "登记好，进工作台");
  await expect(page.locator(".wrong")).toContainText("动态口令不对");
  expect(await page.locator(".secret").textContent(), "the same secret").toBe(secret);
  await enter(page, "动态口令", totp(secret), "登记好，进工作台");
  await expect(page).toHaveURL(`${here}/desk`);
}

// Signing in with both later needs another SMS, which the same number gets after a minute: see server/tests/proofs.
test("without scripts and without passkeys a number and an authenticator do it @nojs", async ({ page, provoked }) => {
  provoked.push(status(422));
  await withAuthenticator(page);
  await page.goto(`${here}/me/keys`);
  await expect(page.locator(".list")).toContainText("动态口令");
});

test("where WebAuthn is switched off the other way is said and works", async ({ page, provoked }) => {
  provoked.push(status(422));
  await page.addInitScript(() => {
    delete self.PublicKeyCredential;
  });
  await page.goto(`${here}/staff`);
  await expect(page.getByText("这个浏览器用不了通行密钥")).toBeVisible();
  await withAuthenticator(page);
});
