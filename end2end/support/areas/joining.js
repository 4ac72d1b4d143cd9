// Joining: the worker's screens, what was sent, somebody else's, links and posters.
import { freshId } from "../account.js";
import { expect, status } from "../journey.js";
import { filling, openUnion, sent } from "../joining.js";
import { NOBODY, goTo, mine, mineRefused } from "../open.js";
import { EMPTY, NEAR } from "../places.js";

/** A screen with a slip. */
const slip = (screen, label, typed, wrong) => async ({ page, provoked }) => {
  provoked.push(status(422));
  await filling(screen)({ page });
  await page.getByLabel(label).fill(typed);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.locator(wrong).waitFor();
};
const onto = (path) => async ({ page }) => {
  await sent({ page });
  await page.goto(path);
};
/** A page below the application that was sent. */
const below = (more) => async ({ page }) => {
  await sent({ page });
  await page.goto(new URL(page.url()).pathname + more);
};
const notOpen = async ({ page }) => {
  await filling("place")({ page });
  await page.goto(EMPTY);
  await page.goto("/join/place");
  await page.locator(".act .main").click();
  await page.getByLabel("姓名").fill("扎西");
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByLabel("居民身份证号码").fill(freshId());
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByText("还没有开通网上入会").waitFor();
};
/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/join", "nobody knows where one is", goTo("/join")],
  [
    "/join",
    "a place known",
    async ({ page }) => {
      await page.goto(NEAR);
      await page.goto("/join");
    },
  ],
  ["/join", "a code that is none", goTo("/join?org=NOTHING")],
  [
    "/join",
    "half filled in",
    async ({ page }) => {
      await filling("name")({ page });
      await page.goto("/join");
    },
  ],
  ["/join", "with somebody", onto("/join")],
  ["/join/{screen}", "new or a member", mine("/join/kind")],
  ["/join/{screen}", "which lane", mine("/join/lane?kind=join")],
  ["/join/{screen}", "what one does", filling("occupation")],
  ["/join/{screen}", "for whom", filling("unit")],
  [
    "/join/{screen}",
    "for whom, nothing found",
    async ({ page }) => {
      await filling("unit")({ page });
      await page.goto(`/join/unit?unit=${encodeURIComponent("没有这家公司")}`);
    },
  ],
  ["/join/{screen}", "where, known", filling("place")],
  [
    "/join/{screen}",
    "where, provinces",
    async ({ page }) => {
      await filling("place")({ page });
      await page.getByRole("link", { name: "换一个" }).click();
    },
  ],
  [
    "/join/{screen}",
    "where, looked for",
    async ({ page }) => {
      await filling("place")({ page });
      await page.goto(`/join/place?q=${encodeURIComponent("城关")}`);
    },
  ],
  ["/join/{screen}", "the name", filling("name")],
  ["/join/{screen}", "the number", filling("id")],
  ["/join/{screen}", "a number with a slip", slip("id", "居民身份证号码", "110105194912310021", "#id_number-wrong")],
  [
    "/join/{screen}",
    "another document",
    async ({ page }) => {
      await filling("id")({ page });
      await page.getByRole("link", { name: "不是居民身份证" }).click();
    },
  ],
  [
    "/join/{screen}",
    "everything once more",
    async ({ page }) => {
      await openUnion(page.context().browser());
      await filling("check")({ page });
    },
  ],
  [
    "/join/{screen}",
    "without consent",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await openUnion(page.context().browser());
      await filling("check")({ page });
      await page.getByRole("button", { name: "发出去" }).click();
      await page.locator("#consent-wrong").waitFor();
    },
  ],
  ["/join/{screen}", "nobody is open", notOpen],
  ["/join/{screen}", "no such screen", mineRefused("/join/nothing", 404)],
  ["/me/applications", "none", mine("/me/applications")],
  ["/me/applications", "one", onto("/me/applications")],
  ["/me/applications/{id}", "registered", sent],
  ["/me/applications/{id}", "waiting", below("")],
  [
    "/me/applications/{id}",
    "taken back",
    async ({ page }) => {
      await below("/withdraw")({ page });
      await page.getByRole("button", { name: "撤回" }).click();
      await expect(page.getByText("你自己撤回的")).toBeVisible();
    },
  ],
  ["/me/applications/{id}", "no such application", mineRefused(`/me/applications/${NOBODY}`, 404)],
  ["/me/applications/{id}/withdraw", "sure", below("/withdraw")],
];
