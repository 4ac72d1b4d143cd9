// A membership, of the member and at the desk.
import { asMember } from "../card.js";
import { status } from "../journey.js";
import { NEW, OLD, asMemberWho, memberAtDesk, membersListed, noticeOf, targetFound, transferAtDesk, transfersWaiting } from "../members.js";
import { NOBODY, OFFICER, mine, nothingTyped, staff, staffRefused, unfolded } from "../open.js";

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
  ["/me/membership", "on the way", asMemberWho("moving", "/me/membership")],
  ["/me/membership", "asked for just now", asMemberWho("moving", "/me/membership?done=asked")],
  ["/me/membership", "a transfer that was refused, and why", asMemberWho("refused", "/me/membership")],
  ["/me/membership", "moved", asMemberWho("moved", "/me/membership")],
  ["/me/membership", "retained", asMemberWho("retained", "/me/membership")],
  ["/me/membership", "warned before an end", asMemberWho("warned", "/me/membership")],
  ["/me/membership", "ended by the member", asMemberWho("resigned", "/me/membership")],
  ["/me/membership", "expelled, and why", asMemberWho("expelled", "/me/membership")],
  ["/me/membership", "an objection that waits", asMemberWho("objecting", "/me/membership")],
  ["/me", "我的, a member", asMemberWho("standing", "/me")],
  ["/me/inbox", "what was decided", asMemberWho("moved", "/me/inbox")],
  ["/me/inbox/{id}", "a refusal", noticeOf("refused")],
  ["/me/inbox/{id}", "a warning", noticeOf("warned")],
  ["/me/card", "of somebody on the way", asMemberWho("moving", "/me/card")],
  ["/me/card", "ended", asMemberWho("resigned", "/me/card")],
  ["/me/membership/transfer", "nothing to transfer", mine("/me/membership/transfer")],
  ["/me/membership/transfer", "where to", member("/me/membership/transfer")],
  ["/me/membership/transfer", "nothing found", member(`/me/membership/transfer?q=${encodeURIComponent("没有这样的地方")}`)],
  ["/me/membership/transfer", "one found", targetFound],
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
  ["/me/membership/object", "why", asMemberWho("expelled", "/me/membership/object")],
  ["/me/membership/object", "nothing typed", nothingTyped(asMemberWho("expelled", "/me/membership/object"), "交给上级工会", "#objection-wrong")],
  ["/desk/transfers", "somebody goes", transfersWaiting(OLD)],
  ["/desk/transfers", "somebody comes", transfersWaiting(NEW)],
  ["/desk/transfers/{id}", "letting go", transferAtDesk("moving", OLD)],
  ["/desk/transfers/{id}", "taking in", transferAtDesk("moving", NEW)],
  ["/desk/transfers/{id}", "nothing chosen", nothingTyped(transferAtDesk("moving", OLD), "登记决定", "main .wrong")],
  ["/desk/transfers/{id}", "refused, and why", transferAtDesk("refused", OLD)],
  ["/desk/transfers/{id}", "done", transferAtDesk("moved", NEW)],
  ["/desk/members/{id}", "a member", memberAtDesk("standing")],
  ["/desk/members/{id}", "a member, everything unfolded", unfolded(memberAtDesk("standing"))],
  ["/desk/members/{id}", "on the way", memberAtDesk("moving")],
  ["/desk/members/{id}", "warned", memberAtDesk("warned")],
  ["/desk/members/{id}", "who resigned", memberAtDesk("resigned")],
  ["/desk/members/{id}", "who objects", memberAtDesk("objecting")],
  ["/desk/transfers", "nothing waits", staff("/desk/transfers", ...OFFICER)],
  ["/desk/transfers/{id}", "no such transfer", staffRefused(`/desk/transfers/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/organisations/{id}/members", "with members", membersListed],
  ["/desk/members/{id}", "no such member", staffRefused(`/desk/members/${NOBODY}`, 404, ...OFFICER)],
];
