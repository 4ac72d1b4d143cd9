// Asking for a union, head enterprises, obstruction, occupations.
import { signIn } from "../account.js";
import { reportAtDesk, reportOf, requestAtDesk, requestOf, requestsAtDesk } from "../founding.js";
import { NOBODY, OFFICER, goTo, mine, mineRefused, nothingTyped, refused, staff, staffRefused } from "../open.js";
import { asStaff } from "../staff.js";

let count = 0;
/** A request of somebody new: the page of its link. */
const started = async ({ page }) => {
  await signIn(page);
  await page.goto("/join/union/new");
  await page.getByLabel("哪个平台").fill(`飞毛腿外卖 第${(count += 1)}${Date.now() % 10_000}站`);
  await page.getByLabel("在哪个区县").fill("二七区");
  await page.getByLabel("大概多少工友").fill("25");
  await page.getByLabel("想对工会说的话").fill("站长不让提，大家都想有个工会。");
  await page.getByRole("button", { name: "发起" }).click();
  await page.waitForURL(/\/join\/union\/[0-9a-f]{32}/);
};
/** The page of a link, for somebody who has not signed in. */
const shared = async ({ page, context }) => {
  await started({ page });
  const link = page.url();
  await context.clearCookies();
  await page.goto(link);
};
const reported = async ({ page }) => {
  await signIn(page);
  await page.goto("/join/obstruction/new");
  await page.getByLabel("哪个单位").fill("飞毛腿配送有限公司");
  await page.getByLabel("在哪个区县").fill("二七区");
  await page.getByLabel("发生了什么").fill("站长说，谁入会就停谁的单。");
  await page.getByRole("button", { name: "交给上级工会" }).click();
  await page.waitForURL(/\/me\/obstructions\/./);
};
/** An officer is there, somebody asks, the officer opens it. */
const handled = (make, list) => async ({ page, context }) => {
  await staff("/desk", ...OFFICER)({ page });
  await context.clearCookies();
  await make({ page });
  await context.clearCookies();
  await asStaff(page, ...OFFICER);
  await page.goto(list);
  await page.locator(`main a[href^="${list}/"]`).first().click();
  await page.waitForURL(new RegExp(`${list}/.`));
};
const enterprise = async ({ page }) => {
  await staff("/desk/enterprises/new", "administrator")({ page });
  await page.getByLabel("名字").fill(`示范快送${(count += 1)}${Date.now() % 10_000}`);
  await page.getByLabel("哪一类").selectOption("head");
  await page.getByRole("button", { name: "加进清单" }).click();
  await page.waitForURL(/\/desk\/enterprises\/[0-9a-f]{32}/);
};
const occupation = async ({ page }) => {
  await staff("/desk/occupations/new", "administrator")({ page });
  await page.getByLabel("代码").fill(`rider_${(count += 1)}_${Date.now() % 10_000}`);
  await page.getByLabel("名字").fill("示范骑手");
  await page.getByRole("button", { name: "加进清单" }).click();
  await page.waitForURL(/\/desk\/occupations$/);
  await page.locator('main a[href^="/desk/occupations/rider_"]').first().click();
  await page.waitForURL(/\/desk\/occupations\/rider_/);
};

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/join/union", "我们想建工会", goTo("/join/union")],
  ["/join/union/new", "the form", mine("/join/union/new")],
  ["/join/union/new", "nothing typed", nothingTyped(mine("/join/union/new"), "发起", "#unit-wrong")],
  ["/join/union/{token}", "the starter's", started],
  ["/join/union/{token}", "shared, signed out", shared],
  ["/join/union/{token}", "with supporters, the starter's", requestOf("supported", "starter")],
  ["/join/union/{token}", "with supporters, a supporter's", requestOf("supported", "supporter")],
  ["/join/union/{token}", "with supporters, somebody's who may join", requestOf("supported", "nobody")],
  ["/join/union/{token}", "placed", requestOf("concluded", "starter")],
  ["/join/union/{token}", "not founded, and why", requestOf("failed", "supporter")],
  ["/me/unions", "one", requestOf("supported", "starter", "/me/unions")],
  ["/join/union/{token}", "no such link", refused(`/join/union/${NOBODY}`, 404)],
  ["/me/unions", "none", mine("/me/unions")],
  ["/join/obstruction/new", "the form", mine("/join/obstruction/new")],
  ["/join/obstruction/new", "nothing typed", nothingTyped(mine("/join/obstruction/new"), "交给上级工会", "#what-wrong")],
  ["/me/obstructions", "none", mine("/me/obstructions")],
  ["/me/obstructions/{id}", "registered", reported],
  ["/me/obstructions", "one", reportOf("working", "/me/obstructions")],
  ["/me/obstructions/{id}", "what was done", reportOf("working")],
  ["/me/obstructions/{id}", "over", reportOf("done")],
  ["/me/obstructions/{id}", "no such report", mineRefused(`/me/obstructions/${NOBODY}`, 404)],
  ["/desk/founding", "the list", staff("/desk/founding", ...OFFICER)],
  ["/desk/founding/{id}", "one", handled(started, "/desk/founding")],
  ["/desk/founding", "somebody waits", requestsAtDesk],
  ["/desk/founding/{id}", "with supporters", requestAtDesk("supported")],
  ["/desk/founding/{id}", "placed", requestAtDesk("concluded")],
  ["/desk/founding/{id}", "not founded", requestAtDesk("failed")],
  ["/desk/founding/{id}", "no such request", staffRefused(`/desk/founding/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/obstructions", "the list", staff("/desk/obstructions", ...OFFICER)],
  ["/desk/obstructions/{id}", "one", handled(reported, "/desk/obstructions")],
  ["/desk/obstructions/{id}", "somebody who may be called, a step done", reportAtDesk("working")],
  ["/desk/obstructions/{id}", "over", reportAtDesk("done")],
  ["/desk/obstructions/{id}", "no such report", staffRefused(`/desk/obstructions/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/enterprises", "the list", staff("/desk/enterprises", "administrator")],
  ["/desk/enterprises/new", "nothing typed", nothingTyped(staff("/desk/enterprises/new", "administrator"), "加进清单", "#name-wrong")],
  ["/desk/enterprises/{id}", "one", enterprise],
  ["/desk/occupations", "the list", staff("/desk/occupations", "administrator")],
  ["/desk/occupations/new", "nothing typed", nothingTyped(staff("/desk/occupations/new", "administrator"), "加进清单", "#code-wrong")],
  ["/desk/occupations/{code}", "one", occupation],
];
