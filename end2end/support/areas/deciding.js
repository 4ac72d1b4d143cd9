// Applications at the officers' desk.
import { atDesk, queue } from "../deciding.js";
import { applicationAtDesk } from "../members.js";
import { NOBODY, OFFICER, nothingTyped, staff, staffRefused } from "../open.js";

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/desk/applications", "somebody waits", queue],
  ["/desk/applications/{id}", "to decide", atDesk()],
  [
    "/desk/applications/{id}",
    "approved",
    async ({ page }) => {
      await atDesk()({ page });
      await page.getByRole("button", { name: "通过", exact: true }).click();
      await page.getByText("会员编号").waitFor();
    },
  ],
  ["/desk/applications/{id}/refuse", "why", atDesk("/refuse")],
  ["/desk/applications/{id}/refuse", "without a reason", nothingTyped(atDesk("/refuse"), "不通过", "main .wrong")],
  ["/desk/applications/{id}/ask", "what is missing", atDesk("/ask")],
  ["/desk/applications/{id}/hand-on", "to whom", atDesk("/hand-on")],
  ["/desk/applications/{id}", "asked back", applicationAtDesk("asked")],
  ["/desk/applications/{id}", "answered", applicationAtDesk("answered")],
  ["/desk/applications/{id}", "refused, and why", applicationAtDesk("refused")],
  ["/desk/applications", "what is with the applicants", staff("/desk/applications?waiting=needs_info", ...OFFICER)],
  ["/desk/applications/{id}", "no such application", staffRefused(`/desk/applications/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/applications/{id}/refuse", "no such application", staffRefused(`/desk/applications/${NOBODY}/refuse`, 404, ...OFFICER)],
  ["/desk/applications/{id}/ask", "no such application", staffRefused(`/desk/applications/${NOBODY}/ask`, 404, ...OFFICER)],
  ["/desk/applications/{id}/hand-on", "no such application", staffRefused(`/desk/applications/${NOBODY}/hand-on`, 404, ...OFFICER)],
];
