// Joining: the worker's screens, what was sent, somebody else's, links and posters.
import { freshId, freshNumber, signIn } from "../account.js";
import { expect, status } from "../journey.js";
import { filling, openUnion, sent } from "../joining.js";
import { applicationOf } from "../members.js";
import { NOBODY, NO_TOKEN, OFFICER, goTo, mine, mineRefused, staff } from "../open.js";
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
const helping = async ({ page }) => {
  await page.goto(NEAR);
  await mine("/join/for")({ page });
};
export const handed = async ({ page }) => {
  await helping({ page });
  await page.getByLabel("他的手机号").fill(freshNumber());
  await page.getByLabel("他的姓名").fill("欧阳㛃");
  await page.getByLabel("他的证件号码").fill(freshId());
  await page.getByLabel("他做什么工作").selectOption("takeaway_rider");
  await page.getByRole("button", { name: "填好了" }).click();
  await page.locator(".qr").waitFor();
};
const confirming = async ({ page }) => {
  const mobile = freshNumber();
  await helping({ page });
  await page.getByLabel("他的手机号").fill(mobile);
  await page.getByLabel("他的姓名").fill("欧阳㛃");
  await page.getByLabel("他的证件号码").fill(freshId());
  await page.getByLabel("他做什么工作").selectOption("takeaway_rider");
  await page.getByRole("button", { name: "填好了" }).click();
  const link = await page.locator(".quote").textContent();
  await page.context().clearCookies();
  await signIn(page, mobile);
  await page.goto(new URL(link).pathname);
  await page.getByText("是你要入会吗？").waitFor();
};
/** The join link of an officer's own organisation. */
const link = (more) => async ({ page }) => {
  await staff("/desk", ...OFFICER)({ page });
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  await page.getByRole("link", { name: "入会二维码和海报" }).click();
  // Another journey may have made it already.
  await page.getByRole("heading", { name: "入会二维码" }).waitFor();
  const make = page.getByRole("button", { name: "做一个入会链接" });
  if (await make.count()) await make.click();
  await page.locator(".qr").waitFor();
  if (more) await page.goto(new URL(page.url()).pathname + more);
};
/** Of an organisation below, for which nobody made one. */
const noLink = async ({ page }) => {
  await staff("/desk", ...OFFICER)({ page });
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  await page.locator('main h2:has-text("下级组织") ~ ul a').first().click();
  await page.getByRole("link", { name: "入会二维码和海报" }).click();
  await page.getByText("还没有入会链接").waitFor();
};
const byLink = async ({ page }) => {
  await link("")({ page });
  const address = await page.locator(".quote").textContent();
  await page.context().clearCookies();
  const { pathname, search } = new URL(address);
  await page.goto(pathname + search);
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
  ["/join", "by a link", byLink],
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
  ["/join/for", "somebody else's", helping],
  [
    "/join/for",
    "with slips",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await helping({ page });
      await page.getByLabel("他常在哪个区县").fill("城关区");
      await page.getByRole("button", { name: "填好了" }).click();
      await page.locator("#place-wrong").waitFor();
    },
  ],
  ["/join/for", "to hand over", handed],
  ["/join/confirm/{token}", "is it you", confirming],
  ["/join/confirm/{token}", "used or old", mineRefused(`/join/confirm/${NO_TOKEN}`, 404)],
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
  ["/me/applications/{id}", "asked for more", applicationOf("asked")],
  ["/me/applications/{id}", "what was asked for is answered", applicationOf("answered")],
  ["/me/applications/{id}", "refused, and why", applicationOf("refused")],
  ["/me/applications/{id}", "no such application", mineRefused(`/me/applications/${NOBODY}`, 404)],
  ["/me/applications/{id}/withdraw", "sure", below("/withdraw")],
  ["/desk/links/{what}", "none yet", noLink],
  ["/desk/links/{what}", "of an organisation", link("")],
  ["/desk/links/{what}/poster", "to print", link("/poster")],
];
