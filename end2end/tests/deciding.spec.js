// An officer decides: from the queue to a member in two taps, and the worker is told.
import { expect, test } from "../support/journey.js";
import { OFFICER } from "../support/open.js";
import { sent } from "../support/joining.js";
import { asStaff } from "../support/staff.js";

for (const scripts of [true, false]) {
  test(`a clean application is approved in two taps, ${scripts ? "with" : "without"} scripts`, async ({ page, browser }) => {
    await sent({ page });
    const id = new URL(page.url()).pathname.split("/").pop();
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } });
    const desk = await context.newPage();
    await asStaff(desk, ...OFFICER);
    await desk.goto("/desk/applications");
    await desk.locator(`a[href="/desk/applications/${id}"]`).click();
    await expect(desk.locator("main")).not.toContainText(/\d{17}[\dX]/);
    await desk.getByRole("button", { name: "通过", exact: true }).click();
    await expect(desk.locator("main")).toContainText("会员编号");
    await context.close();
    await page.goto("/me/membership");
    await expect(page.locator("main")).toContainText("在籍");
    await page.goto("/me/card");
    await expect(page.locator(".qr").first()).toBeVisible();
    await page.goto("/me/inbox");
    await expect(page.locator("main")).toContainText("你入会了");
  });
}
