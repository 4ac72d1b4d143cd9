// The membership follows the worker: from one union to another, decided by an officer of each, every step readable.
import { expect, status, test } from "../support/journey.js";
import { NAMES, NEW, OLD, asOfficer, asksToMove, decides, joins, transferOf } from "../support/members.js";
import { apart } from "../support/once.js";

/** What the history says, the newest first. */
const steps = (page) => page.locator("h2:text-is('会籍记录') + ul > li");

test("a member moves to another union: it lets go, the other takes in, and each step can be read @both", async ({ page }) => {
  test.slow();
  await apart(page, 2, async (old, other) => {
    await asOfficer(other, NEW);
    const { number, path } = await joins(page, old);
    await page.goto("/me/membership");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(NAMES[OLD]);
    const before = await steps(page).count();

    await asksToMove(page);
    await expect(page.locator("main")).toContainText("转出中");
    await expect(page.locator("main"), "who decides, by when").toContainText(/转出 · 湖北省总工会.*以前答复.*接收 · 广东省总工会.*以前答复/s);
    await expect(steps(page)).toHaveCount(before + 1);
    await page.goto("/me/card");
    await expect(page.locator("main"), "a member meanwhile").toContainText(NAMES[OLD]);

    // The old union lets go.
    const transfer = await transferOf(old, path);
    await old.goto("/desk/transfers");
    await expect(old.locator(`a[href="${transfer}"]`)).toContainText(`${NAMES[OLD]} → ${NAMES[NEW]}`);
    await decides(old, transfer, "同意转出");
    await expect(old.locator(`a[href="${transfer}"]`), "no longer in the queue").toHaveCount(0);
    await page.goto("/me/membership");
    await expect(page.getByRole("heading", { level: 1 }), "not yet").toHaveText(NAMES[OLD]);
    await expect(steps(page)).toHaveCount(before + 2);
    await expect(page.locator("main")).toContainText("同意转出");

    // The new one takes in.
    await other.goto("/desk/transfers");
    await other.locator(`a[href="${transfer}"]`).click();
    await expect(other.locator("main"), "masked").not.toContainText(/\d{17}[\dX]|1\d{10}/);
    await decides(other, transfer, "同意接收");
    await page.goto("/me/membership");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(NAMES[NEW]);
    await expect(page.locator("main")).toContainText("在籍");
    await expect(page.locator("dt:text-is('会员编号') + dd"), "the same number").toHaveText(number);
    const told = (await steps(page).allTextContents()).reverse().slice(before);
    const sides = [NAMES[NEW], NAMES[OLD], NAMES[NEW], NAMES[NEW]];
    expect(told.length, told.join("\n")).toBe(sides.length);
    sides.forEach((side, at) => expect(told[at]).toContain(side));

    await page.goto("/me/inbox");
    await expect(page.locator("main")).toContainText(`你是${NAMES[NEW]}的会员了`);
    await page.goto("/me/card");
    await expect(page.locator(".qr").first()).toBeVisible();
    await expect(page.locator("main")).toContainText(NAMES[NEW]);
    // The new union has the member at its desk now, and the old one has not.
    await other.goto(path);
    await expect(other.locator("main")).toContainText(number);
    expect((await old.goto(path)).status()).toBe(404);
  });
});

test("a member takes a transfer back, and who decides too late is told @both", async ({ page, provoked }) => {
  provoked.push(status(422));
  test.slow();
  await apart(page, 2, async (old, other) => {
    await asOfficer(other, NEW);
    const { path } = await joins(page, old);
    await asksToMove(page);
    const transfer = await transferOf(old, path);
    await old.goto(transfer);
    await page.getByRole("button", { name: "撤回转会" }).click();
    await expect(page.getByText("转会撤回了")).toBeVisible();
    await expect(page.locator("main")).toContainText("在籍");
    await old.getByRole("radio", { name: /^同意转出/ }).check();
    await old.getByRole("button", { name: "登记决定" }).click();
    await expect(old.locator("main")).toContainText("情况变了");
    await page.goto("/me/membership");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(NAMES[OLD]);
  });
});
