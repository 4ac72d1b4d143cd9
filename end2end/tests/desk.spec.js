// The desks of staff, and that of a station's manager.
import { askForCode, codeFor, enterCode, freshNumber } from "../support/account.js";
import { expect, status, test } from "../support/journey.js";
import { pageOf } from "../support/places.js";
import { UNION, asStaff, trialLink } from "../support/staff.js";

const STATION = "太康路无人值守工会驿站";
const OTHER = "商城路芝麻胡同户外劳动者驿站";

/** The desk of a station, found by its name. */
async function deskOf(page, name) {
  await pageOf(page, name);
  return `/desk${new URL(page.url()).pathname}`;
}

/** From the officer's desk to that of the manager, whose phone knows no passkeys. */
async function aManagerIsAppointed({ page, browser, javaScriptEnabled }) {
  const other = await deskOf(page, OTHER);
  const own = await deskOf(page, STATION);
  await asStaff(page, "officer", ...UNION);
  await page.goto(own);
  await page.getByRole("button", { name: "发站点管理码" }).click();
  const code = await page.locator(".spoken").textContent();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/);
  await page.goto(own);
  expect(await page.content(), "shown once").not.toContain(code);
  await expect(page.getByText("有一个码还没用")).toBeVisible();

  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled });
  const manager = await phone.newPage();
  await manager.addInitScript(() => {
    delete self.PublicKeyCredential;
    delete Navigator.prototype.credentials;
  });
  const mobile = freshNumber();
  const bind = async () => {
    await manager.goto("/manager");
    await manager.getByLabel("管理码").fill(` ${code.toLowerCase().replace(" ", "-")}`);
    await manager.getByLabel("你的手机号").fill(mobile);
    await manager.getByRole("button", { name: "发验证码" }).click();
  };
  await bind();
  await expect(manager).toHaveURL(/\/sign-in\/code/);
  await enterCode(manager, codeFor(mobile));
  await manager.goto("/desk");
  await expect(manager.getByRole("heading", { name: "工作台" })).toBeVisible();
  await manager.locator("main").getByRole("link", { name: STATION }).first().click();
  await expect(manager).toHaveURL(new RegExp(`${own}$`));
  await expect(manager.getByRole("button", { name: "发站点管理码" })).toHaveCount(0);
  expect((await manager.goto(other)).status(), "another station").toBe(404);

  await page.goto(own);
  await expect(page.locator(`main a[href^="/desk/grants/"]`).first()).toContainText("站点管理员");
  await expect(page.getByText("有一个码还没用")).toHaveCount(0);
  await bind();
  await expect(manager.locator("#code-wrong"), "accepted once").toBeVisible();
  await phone.close();
}

test("a manager binds a phone with the officer's code and sees the own station only", async ({ page, browser }) =>
  aManagerIsAppointed({ page, browser, javaScriptEnabled: true }));
test("so it is without scripts @nojs", async ({ page, browser }) => aManagerIsAppointed({ page, browser, javaScriptEnabled: false }));

test("an officer invites a handler: a link and its QR code, shown once @both", async ({ page, browser }) => {
  await asStaff(page, "officer", ...UNION);
  await page.goto("/desk");
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  const organisation = page.url();
  await page.getByRole("link", { name: "邀请工作人员" }).click();
  await page.getByLabel("法律承办人").check();
  await page.getByLabel("为什么").fill("新到岗");
  await page.getByRole("button", { name: "生成邀请链接" }).click();
  await expect(page.getByRole("img", { name: "邀请链接的二维码" }).locator("svg")).toBeVisible();
  const link = (await page.locator(".long").textContent()).trim();
  const path = link.match(/^https?:\/\/[^/]+(\/invite\/[0-9a-f]{64})$/)[1];

  const handler = await browser.newPage();
  await handler.goto(path);
  await expect(handler.locator(".pairs")).toContainText("法律承办人");
  await page.getByRole("link", { name: "给到人了" }).click();
  await expect(page).toHaveURL(organisation);
  expect(await page.content()).not.toContain(path);

  const open = page.locator("li", { has: page.getByRole("button", { name: "撤回" }) });
  const before = await open.count();
  expect(before).toBeGreaterThan(0);
  for (let left = before; left > 0; left -= 1) {
    await open.first().getByRole("button").click();
    await expect(open).toHaveCount(left - 1);
  }
  expect((await handler.goto(path)).status(), "withdrawn").toBe(404);
  await handler.close();
});

test("an auditor reads what was done and by whom, and no personal data", async ({ page }) => {
  const { mobile } = await asStaff(page, "officer", ...UNION);
  await page.goto(await deskOf(page, OTHER));
  await page.getByRole("button", { name: "发站点管理码" }).click();
  const code = await page.locator(".spoken").textContent();
  await asStaff(page, "auditor");
  await page.goto("/desk");
  await page.getByRole("link", { name: /审计记录/ }).click();
  await expect(page.locator("main .list")).toContainText("工会干部");
  const shown = await page.content();
  expect(shown).not.toContain(mobile);
  expect(shown).not.toContain(code);
});

/** Role, what stands on its first page, and a page of another that is not there for it. */
const TRIALS = [
  ["站点管理员", "站点", "/desk/audit"],
  ["工会干部", "替人换手机号", "/desk/matters"],
  ["法律承办人", "承办的案件", "/desk/audit"],
  ["保障项目管理员", "保障", "/desk/audit"],
  ["系统管理员", "全国", "/desk/matters"],
  ["审计员", "审计记录", "/desk/change-mobile"],
];

for (const [role, stands, closed] of TRIALS) {
  test(`the link of a trial opens the desk of ${role} once`, async ({ page, provoked }) => {
    provoked.push(status(404));
    const path = trialLink(role);
    await page.goto(path);
    await expect(page.getByRole("heading", { name: `试用：${role}` })).toBeVisible();
    await page.getByRole("button", { name: "进去看看" }).click();
    await expect(page).toHaveURL(/\/desk$/);
    await expect(page.locator("main")).toContainText(stands);
    expect((await page.goto(closed)).status()).toBe(404);
    expect((await page.goto(path)).status(), "used").toBe(404);
  });
}

test("a cover administrator's desk says what there is to do", async ({ page }) => {
  await asStaff(page, "cover_administrator", ...UNION);
  await page.goto("/desk");
  await page.locator('main a[href="/desk/cover"]').click();
  await expect(page.getByRole("heading", { name: "现在还没有要管的项目" })).toBeVisible();
});

test("a number alone opens no desk", async ({ page, provoked }) => {
  provoked.push(status(404));
  await askForCode(page, freshNumber());
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
