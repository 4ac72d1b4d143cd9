// Applications at the officers' desk.
import { NOBODY, OFFICER, staff, staffRefused } from "../open.js";

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/desk/applications", "nothing waits", staff("/desk/applications", ...OFFICER)],
  ["/desk/applications", "what is with the applicants", staff("/desk/applications?waiting=needs_info", ...OFFICER)],
  ["/desk/applications/{id}", "no such application", staffRefused(`/desk/applications/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/applications/{id}/refuse", "no such application", staffRefused(`/desk/applications/${NOBODY}/refuse`, 404, ...OFFICER)],
  ["/desk/applications/{id}/ask", "no such application", staffRefused(`/desk/applications/${NOBODY}/ask`, 404, ...OFFICER)],
  ["/desk/applications/{id}/hand-on", "no such application", staffRefused(`/desk/applications/${NOBODY}/hand-on`, 404, ...OFFICER)],
];
