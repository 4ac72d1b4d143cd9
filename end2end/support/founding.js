// Requests for a union and reports of obstruction that went a way, made once per run in 武汉.
import { signIn } from "./account.js";
import { asOfficer } from "./members.js";
import { apart, become, once, plain, sessionOf } from "./once.js";

/** So many of them that a number is shown. */
const SUPPORTERS = 6;

async function starts(worker, unit) {
  await signIn(worker);
  await worker.goto("/join/union/new");
  await worker.getByLabel("哪个平台").fill(unit);
  await worker.getByLabel("在哪个区县").fill("江汉区");
  await worker.getByLabel("大概多少工友").fill("40");
  await worker.getByLabel("想对工会说的话").fill("站长不让提，大家都想有个工会。\n最好晚上九点以后来，那会儿人齐。");
  await worker.getByRole("button", { name: "发起" }).click();
  await worker.waitForURL(/\/join\/union\/[0-9a-f]{32}/);
  return new URL(worker.url()).pathname;
}
async function supports(page, path, withContact) {
  await page.context().clearCookies();
  await signIn(page);
  await page.goto(path);
  if (withContact) await page.getByRole("checkbox", { name: "愿意让工会打电话" }).check();
  await page.getByRole("button", { name: "加入" }).click();
  await page.getByText("加入了。下一步").waitFor();
}
/** The page of a request or a report at the desk, by a word of its row. */
async function pathAtDesk(desk, list, word) {
  await asOfficer(desk);
  await desk.goto(list);
  return desk.locator(`main a[href^="${list}/"]`, { hasText: word }).getAttribute("href");
}

const ENDS = {
  supported: async () => {},
  concluded: async (desk, path) => {
    await desk.goto(path);
    await desk.getByRole("radio", { name: "编入" }).check();
    await desk.getByLabel("哪个工会").fill("江汉区总工会");
    await desk.getByRole("button", { name: "办结，告诉大家" }).click();
  },
  failed: async (desk, path) => {
    await desk.goto(path);
    await desk.getByRole("radio", { name: "没有建成" }).check();
    await desk.getByLabel("没有建成的原因").fill("站点上个月撤了，工友分到三个站，愿意的各自入了那里的工会。");
    await desk.getByRole("button", { name: "办结，告诉大家" }).click();
  },
};
/** A request with supporters, two of whom may be contacted, and a letter from the union; and how it ended. */
const request = (page, end) =>
  once(`founding-${end}`, () =>
    apart(page, 3, async (starter, other, desk) => {
      await asOfficer(desk);
      const unit = `飞毛腿外卖 ${{ supported: "江汉路", concluded: "解放大道", failed: "循礼门" }[end]}站`;
      const link = await starts(starter, unit);
      for (let at = 1; at < SUPPORTERS; at += 1) await supports(other, link, at <= 2);
      const path = await pathAtDesk(desk, "/desk/founding", unit);
      await desk.goto(path);
      await desk.getByLabel("写给发起人").fill("周三晚上九点我们到站里来，方便吗？不用告诉我们谁加入了。");
      await desk.getByRole("button", { name: "发出去" }).click();
      await desk.getByText("周三晚上九点").waitFor();
      await ENDS[end](desk, path);
      return { link, path, starter: await sessionOf(starter), supporter: await sessionOf(other) };
    }),
  );

/** The page of a link, as `starter` or `supporter` sees it, or somebody new, who has signed in. */
export const requestOf = (end, who, more) =>
  plain(async ({ page }) => {
    const made = await request(page, end);
    if (made[who]) await become(page, made[who]);
    else await signIn(page);
    await page.goto(more ?? made.link);
  });
export const requestAtDesk = (end) =>
  plain(async ({ page }) => {
    const { path } = await request(page, end);
    await asOfficer(page);
    await page.goto(path);
  });
export const requestsAtDesk = plain(async ({ page }) => {
  await request(page, "supported");
  await asOfficer(page);
  await page.goto("/desk/founding");
});

/** A report whose worker may be contacted, with a step done; and one that is over. */
const report = (page, end) =>
  once(`obstruction-${end}`, () =>
    apart(page, 2, async (worker, desk) => {
      await asOfficer(desk);
      await signIn(worker);
      await worker.goto("/join/obstruction/new");
      await worker.getByLabel("哪个单位").fill("飞毛腿配送有限公司武汉分公司");
      await worker.getByLabel("在哪个区县").fill("江汉区");
      await worker.getByLabel("发生了什么").fill("早会上站长说，谁入会就停谁的单。\n第二天小群里点名问谁填了表。");
      await worker.getByRole("checkbox", { name: "愿意被联系" }).check();
      await worker.getByRole("button", { name: "交给上级工会" }).click();
      await worker.waitForURL(/\/me\/obstructions\/./);
      const own = new URL(worker.url()).pathname;
      const number = await worker.locator("dt:text-is('登记号') + dd").textContent();
      const path = await pathAtDesk(desk, "/desk/obstructions", number);
      await desk.goto(path);
      await desk.getByLabel("做了什么").fill("给公司发了提示函，讲清楚入会是工友的权利，要求十天里书面答复。没有提到你。");
      await desk.getByRole("button", { name: "记一步，还在办" }).click();
      await desk.getByText("给公司发了提示函").waitFor();
      if (end === "done") {
        await desk.getByLabel("做了什么").fill("公司书面认错，站长在早会上说明了。再有这样的事，再告诉我们。");
        await desk.getByRole("button", { name: "办结", exact: true }).click();
        await desk.getByText("公司书面认错").waitFor();
      }
      return { own, path, session: await sessionOf(worker) };
    }),
  );
export const reportOf = (end, more) =>
  plain(async ({ page }) => {
    const { own, session } = await report(page, end);
    await become(page, session);
    await page.goto(more ?? own);
  });
export const reportAtDesk = (end) =>
  plain(async ({ page }) => {
    const { path } = await report(page, end);
    await asOfficer(page);
    await page.goto(path);
  });
