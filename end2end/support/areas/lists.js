// Lists of members, figures and targets.
import { NOBODY, OFFICER, nothingTyped, staff, staffRefused } from "../open.js";

/** A page of an officer's own organisation. */
const own = (rest) => async ({ page }) => {
  await staff("/desk", ...OFFICER)({ page });
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  await page.waitForURL(/\/desk\/organisations\//);
  await page.goto(`${new URL(page.url()).pathname}${rest}`);
};

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/desk/figures", "an officer's organisations", staff("/desk/figures", ...OFFICER)],
  ["/desk/organisations/{id}/figures", "an officer's", own("/figures")],
  ["/desk/organisations/{id}/figures", "no such organisation", staffRefused(`/desk/organisations/${NOBODY}/figures`, 404, ...OFFICER)],
  ["/desk/organisations/{id}/members", "an officer's", own("/members")],
  ["/desk/organisations/{id}/members", "who resigned", own("/members?state=resigned")],
  ["/desk/organisations/{id}/members/export", "which table", own("/members/export")],
  ["/desk/organisations/{id}/members/export", "nothing chosen", nothingTyped(own("/members/export"), "导出", "main .wrong")],
];
