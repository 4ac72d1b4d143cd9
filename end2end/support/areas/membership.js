// A membership, of the member and at the desk.
import { asMember } from "../card.js";
import { status } from "../journey.js";
import { NOBODY, OFFICER, mine, staff, staffRefused } from "../open.js";

/** The 示范会员, whom everybody shares: looked at, and not changed. */
const member = (path) => async ({ page }) => {
  await asMember(page);
  await page.goto(path);
};

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/me/membership", "no membership", mine("/me/membership")],
  ["/me/membership", "a member", member("/me/membership")],
  ["/me/membership", "done just now", member("/me/membership?done=resumed")],
  ["/me/membership/transfer", "nothing to transfer", mine("/me/membership/transfer")],
  ["/me/membership/transfer", "where to", member("/me/membership/transfer")],
  ["/me/membership/transfer", "nothing found", member(`/me/membership/transfer?q=${encodeURIComponent("没有这样的地方")}`)],
  ["/me/membership/retain", "nothing to retain", mine("/me/membership/retain")],
  ["/me/membership/retain", "why", member("/me/membership/retain")],
  ["/me/membership/resign", "nothing to resign from", mine("/me/membership/resign")],
  ["/me/membership/resign", "sure", member("/me/membership/resign")],
  [
    "/me/membership/resign",
    "without the tick",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await member("/me/membership/resign")({ page });
      await page.getByRole("button", { name: "退会" }).click();
      await page.locator("#sure-wrong").waitFor();
    },
  ],
  ["/me/membership/object", "nothing to object to", mine("/me/membership/object")],
  ["/desk/transfers", "nothing waits", staff("/desk/transfers", ...OFFICER)],
  ["/desk/transfers/{id}", "no such transfer", staffRefused(`/desk/transfers/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/members/{id}", "no such member", staffRefused(`/desk/members/${NOBODY}`, 404, ...OFFICER)],
];
