// A membership, of the member and at the desk.
import { NOBODY, OFFICER, mine, staff, staffRefused } from "../open.js";

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/me/membership", "no membership", mine("/me/membership")],
  ["/me/membership/transfer", "nothing to transfer", mine("/me/membership/transfer")],
  ["/me/membership/retain", "nothing to retain", mine("/me/membership/retain")],
  ["/me/membership/resign", "nothing to resign from", mine("/me/membership/resign")],
  ["/me/membership/object", "nothing to object to", mine("/me/membership/object")],
  ["/desk/transfers", "nothing waits", staff("/desk/transfers", ...OFFICER)],
  ["/desk/transfers/{id}", "no such transfer", staffRefused(`/desk/transfers/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/members/{id}", "no such member", staffRefused(`/desk/members/${NOBODY}`, 404, ...OFFICER)],
];
