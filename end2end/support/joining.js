// Joining as a worker does, by taps and typing.
import { freshId, signIn } from "./account.js";
import { expect } from "./journey.js";
import { NEAR } from "./places.js";
import { OFFICER } from "./open.js";
import { asStaff } from "./staff.js";

/** An officer of the province who was active today: whoever works there has somebody who takes the application. */
export async function openUnion(browser) {
  const context = await browser.newContext();
  await asStaff(await context.newPage(), ...OFFICER);
  await context.close();
}

/** The answers of one applicant. */
export const applicant = () => ({ occupation: "外卖配送员", name: "欧阳㛃", number: freshId("X") });

const screens = ["lane", "occupation", "unit", "place", "name", "id", "check"];
const at = (screen) => new RegExp(`/join/${screen}(\\?|$)`);

/** From the first screen to `until`, a screen of the flow. The phone knows its place: the list of `near`. */
export async function fill(page, until = "check", person = applicant(), near = NEAR) {
  const answers = {
    lane: () => page.getByRole("button", { name: "没有或说不清" }).click(),
    occupation: () => page.getByRole("button", { name: person.occupation }).click(),
    unit: () => page.locator("#found .pick").first().click(),
    place: () => page.locator(".act .main").click(),
    name: async () => {
      await page.getByLabel("姓名").fill(person.name);
      await page.getByRole("button", { name: "下一步" }).click();
    },
    id: async () => {
      await page.getByLabel("居民身份证号码").fill(person.number);
      await page.getByRole("button", { name: "下一步" }).click();
    },
  };
  await page.goto(near);
  await page.goto("/join");
  await page.getByRole("link", { name: "开始入会" }).click();
  for (const screen of screens) {
    await expect(page).toHaveURL(at(screen));
    if (screen === until) return person;
    await answers[screen]();
  }
  return person;
}

/** Somebody new, signed in, as far as a screen. */
export const filling = (until) => async ({ page }) => {
  await signIn(page);
  return fill(page, until);
};

/** 发出去. */
export async function sendIt(page) {
  await page.locator("#consent").check();
  await page.getByRole("button", { name: "发出去" }).click();
  await expect(page).toHaveURL(/\/me\/applications\/.+done=1/);
}

/** Somebody whose application was sent. */
export const sent = async ({ page, browser }) => {
  await openUnion(browser ?? page.context().browser());
  await filling("check")({ page });
  await sendIt(page);
};
