// Ways to come to a page, shared by the states of every area.
import { freshId, signIn, tellIdentity } from "./account.js";
import { status } from "./journey.js";
import { UNION, asStaff } from "./staff.js";

export const goTo = (path) => async ({ page }) => void (await page.goto(path));
export const refused = (path, code) => async ({ page, provoked }) => {
  provoked.push(status(code));
  await page.goto(path);
};
/** Somebody new, signed in. */
export const mine = (path) => async ({ page }) => {
  await signIn(page);
  await page.goto(path);
};
export const mineRefused = (path, code) => async ({ page, provoked }) => {
  provoked.push(status(code));
  await mine(path)({ page });
};
/** Somebody who has told who they are. */
export const asSomebody = (path) => async ({ page }) => {
  await signIn(page);
  await tellIdentity(page, { name: "欧阳𬭚㛃", number: freshId() });
  await page.getByText("存好了").waitFor();
  await page.goto(path);
};
export const NOBODY = "0".repeat(32);
export const NO_TOKEN = "0".repeat(64);
export const OFFICER = ["officer", ...UNION];

/** Somebody new with a role, at a desk. */
export const staff = (path, ...role) => async ({ page }) => {
  await asStaff(page, ...role);
  await page.goto(path);
};
export const staffRefused = (path, code, ...role) => async ({ page, provoked }) => {
  provoked.push(status(code));
  await staff(path, ...role)({ page });
};
/** Sends a form with nothing typed. */
export const nothingTyped = (open, button, wrong) => async ({ page, provoked }) => {
  provoked.push(status(422));
  await open({ page });
  await page.getByRole("button", { name: button }).click();
  await page.locator(wrong).first().waitFor();
};
/** The same page with every fold open. */
export const unfolded = (open) => async ({ page }) => {
  await open({ page });
  for (const fold of await page.locator("details summary").all()) await fold.click();
};
