// Cards and checking them.
import { asMember, codeOf } from "../card.js";
import { status } from "../journey.js";
import { goTo, mine } from "../open.js";

/** The 示范会员. */
export const member = (path) => async ({ page }) => {
  await asMember(page);
  await page.goto(path);
};
/** Somebody who scans a code of the member's. */
const scans = (piece) => async ({ page }) => {
  await asMember(page);
  const { pathname } = new URL(await codeOf(page, piece));
  await page.context().clearCookies();
  await page.goto(pathname);
};
const answers = async (journey) => {
  journey.provoked.push(status(422));
  await scans("/me/card/kept")(journey);
  await journey.page.getByLabel("会员编号后四位").fill("1");
  await journey.page.getByRole("button", { name: "核对" }).click();
  await journey.page.locator("#said-wrong").waitFor();
};

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/me/card", "no member yet", mine("/me/card")],
  ["/me/card", "a card", member("/me/card")],
  [
    "/me/card",
    "a card, everything unfolded",
    async ({ page }) => {
      await member("/me/card")({ page });
      for (const fold of await page.locator("details summary").all()) await fold.click();
    },
  ],
  ["/me/card", "a new code", member("/me/card?done=new")],
  ["/me/card/print", "a card to print", member("/me/card/print")],
  ["/card/offline", "nothing kept", goTo("/card/offline")],
  [
    "/card/offline",
    "a kept card",
    async ({ page }) => {
      await member("/me/card")({ page });
      await page.locator("#kept-says").waitFor();
      await page.goto("/card/offline");
      await page.locator("#kept-card").waitFor();
    },
  ],
  ["/c/{token}", "good", scans("/me/card/fresh")],
  ["/c/{token}", "for no network", scans("/me/card/kept")],
  ["/c/{token}", "not four", answers],
  ["/c/{token}", "no card", goTo("/c/x")],
  ["/card/check", "the scanner", goTo("/card/check")],
  [
    "/card/check",
    "no card",
    async ({ page }) => {
      await page.goto("/card/check");
      await page.getByLabel("粘贴").fill("abc");
      await page.getByRole("button", { name: "核对这个网址" }).click();
      await page.locator("#v-not_a_card").waitFor();
    },
  ],
];
