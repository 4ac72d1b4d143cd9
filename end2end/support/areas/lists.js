// Lists of members, figures and targets.
import { expect } from "../journey.js";
import { apart, become, once, plain, sessionOf } from "../once.js";
import { NOBODY, OFFICER, nothingTyped, staff, staffRefused } from "../open.js";
import { csv, imported } from "../servers.js";
import { asStaffAt } from "../staff.js";

/** A page of an officer's own organisation. */
const own = (rest) => async ({ page }) => {
  await staff("/desk", ...OFFICER)({ page });
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  await page.waitForURL(/\/desk\/organisations\//);
  await page.goto(`${new URL(page.url()).pathname}${rest}`);
};

/** The figures of 郑州 at the server that holds a year of people who are made up, with targets set by the province. */
export const aYear = plain(async ({ page }) => {
  const { session, path } = await once("figures", () =>
    apart(page, 1, async (desk) => {
      await asStaffAt(imported, desk, ...OFFICER);
      await desk.goto("/desk/figures");
      await desk.locator('main a[href$="/figures"]').first().click();
      await desk.getByRole("link", { name: "郑州市总工会" }).click();
      await expect(desk.getByRole("heading", { level: 1 })).toHaveText("郑州市总工会");
      const path = new URL(desk.url()).pathname;
      // Months are counted one after the other, from the start of the server on.
      await expect(async () => {
        await desk.goto(path);
        await expect(desk.locator("table.counts").first().locator("tbody tr")).toHaveCount(12, { timeout: 1_000 });
      }).toPass({ timeout: 40_000 });
      const year = new Date().getFullYear();
      for (const [of, goal] of [[year, "600"], [year + 1, "2000"]]) {
        await desk.getByLabel("哪一年").fill(String(of));
        await desk.getByLabel("新会员多少人").fill(goal);
        await desk.getByRole("button", { name: "定目标" }).click();
        await desk.getByText(`${of} 年：新会员 ${goal} 人`).waitFor();
      }
      return { session: await sessionOf(desk), path };
    }),
  );
  await become(page, session);
  await page.goto(path);
});
/** Where they are. */
export const there = { baseURL: imported.origin };

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/desk/figures", "an officer's organisations", staff("/desk/figures", ...OFFICER)],
  ["/desk/organisations/{id}/figures", "an officer's", own("/figures")],
  // The list of Zhengzhou is not everywhere, and its server stands only where it is.
  ...(csv
    ? [
        ["/desk/organisations/{id}/figures", "a year of months, and targets", aYear, there],
        ["/desk/organisations/{id}/figures", "a target that is none", nothingTyped(aYear, "定目标", "#year-wrong"), there],
      ]
    : []),
  ["/desk/organisations/{id}/figures", "no such organisation", staffRefused(`/desk/organisations/${NOBODY}/figures`, 404, ...OFFICER)],
  ["/desk/organisations/{id}/members", "an officer's", own("/members")],
  ["/desk/organisations/{id}/members", "who resigned", own("/members?state=resigned")],
  ["/desk/organisations/{id}/members/export", "which table", own("/members/export")],
  ["/desk/organisations/{id}/members/export", "nothing chosen", nothingTyped(own("/members/export"), "导出", "main .wrong")],
];
