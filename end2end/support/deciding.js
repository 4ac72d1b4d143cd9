// An application as an officer meets it.
import { OFFICER, staff } from "./open.js";
import { sent } from "./joining.js";

/** An application that was sent just now, at the desk of an officer above: the page, or one below it. */
export const atDesk = (more = "") => async ({ page }) => {
  await sent({ page });
  const id = new URL(page.url()).pathname.split("/").pop();
  await staff(`/desk/applications/${id}${more}`, ...OFFICER)({ page });
};
/** The queue, with somebody in it. */
export const queue = async ({ page }) => {
  await sent({ page });
  await staff("/desk/applications", ...OFFICER)({ page });
};
