// Members, applicants and officers between two provinces where no other test joins: each is made once per run, through
// the pages. What happens there is in nobody else's queue, and the 示范会员 stays as it is.
import { signIn } from "./account.js";
import { expect } from "./journey.js";
import { applicant, fill, sendIt } from "./joining.js";
import { apart, become, once, plain, sessionOf } from "./once.js";
import { asStaff } from "./staff.js";

/** The old union and the new one. */
export const OLD = "420000";
export const NEW = "440000";
export const NAMES = { [OLD]: "湖北省总工会", [NEW]: "广东省总工会" };
/** 武汉, where the applicants are. */
const WUHAN = "/?cell=30.58,114.28";

/** The browser becomes an officer of one of the two, who is active: the union takes applications and members. */
export async function asOfficer(page, union = OLD) {
  const make = () =>
    apart(page, 1, async (desk) => {
      await asStaff(desk, "officer", "--organisation", union);
      return sessionOf(desk);
    });
  await become(page, await once(`officer-${union}`, make));
}

/** Somebody new applies: the id of what was sent. */
export async function applies(worker) {
  await signIn(worker);
  const person = await fill(worker, "check", applicant(), WUHAN);
  await sendIt(worker);
  return { application: new URL(worker.url()).pathname.split("/").pop(), person };
}

/** 通过. */
export async function approves(desk, application) {
  await desk.goto(`/desk/applications/${application}`);
  await desk.getByRole("button", { name: "通过", exact: true }).click();
  await desk.getByText("会员编号").waitFor();
}

/** The members of the officer's organisation. */
async function list(desk) {
  await desk.goto("/desk");
  const organisation = await desk.locator('main a[href^="/desk/organisations/"]').first().getAttribute("href");
  await desk.goto(`${organisation}/members`);
}
/** The page of a member at the desk, found in the officer's list by the number. */
async function pathAtDesk(desk, number) {
  await list(desk);
  for (;;) {
    const row = desk.locator('main a[href^="/desk/members/"]', { hasText: number });
    if ((await row.count()) > 0) return row.getAttribute("href");
    await desk.goto(await desk.getByRole("link", { name: "后面的 50 位" }).getAttribute("href"));
  }
}

/** Somebody applies, an officer approves: a member of the old union, with the page of the member at the desk. */
export async function joins(worker, desk) {
  await asOfficer(desk);
  const { application } = await applies(worker);
  await approves(desk, application);
  await worker.goto("/me/membership");
  const number = await worker.locator("dt:text-is('会员编号') + dd").textContent();
  return { number, path: await pathAtDesk(desk, number) };
}

/** The member looks for the new union, and takes it. */
async function findsWhere(worker) {
  await worker.goto("/me/membership");
  await worker.getByRole("link", { name: "转会" }).click();
  const there = worker.getByRole("radio", { name: NAMES[NEW] });
  // That somebody works there is known to the whole server some seconds later.
  await expect(async () => {
    await worker.getByLabel("新单位、新地方或新工会的名字").fill(NAMES[NEW]);
    await worker.getByRole("button", { name: "找" }).click();
    await there.check({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

/** The member asks to go to the new union. */
export async function asksToMove(worker) {
  await findsWhere(worker);
  await worker.getByRole("checkbox", { name: "同意把我的姓名" }).check();
  await worker.getByRole("button", { name: "申请转会" }).click();
  await worker.getByText("转会申请登记了").waitFor();
}

/** From the member's page at the old union's desk to the transfer. */
export async function transferOf(desk, path) {
  await desk.goto(path);
  return desk.getByRole("link", { name: "正在转会" }).getAttribute("href");
}

/** An officer decides a transfer: `同意转出`, `不接收` and the like, with a reason where one is wanted. */
export async function decides(desk, transfer, decision, reason) {
  await desk.goto(transfer);
  await desk.getByRole("radio", { name: new RegExp(`^${decision}`) }).check();
  if (reason) await reason(desk);
  await desk.getByRole("button", { name: "登记决定" }).click();
  await desk.getByText("决定登记了").waitFor();
}

/** What is done to a member at the desk: a form in a fold. */
async function deed(desk, path, fold, typed, button) {
  await desk.goto(path);
  await desk.locator("summary", { hasText: fold }).click();
  for (const [label, text] of Object.entries(typed)) await desk.getByLabel(label).fill(text);
  await desk.getByRole("button", { name: button, exact: true }).click();
  await desk.getByText("办好了").waitFor();
}

/** The day so many days ago, as officers write it. */
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Somebody works at the new union: it takes members in. */
const opensNew = (page) => apart(page, 1, (desk) => asOfficer(desk, NEW));
const moves = async ({ worker, desk, path }) => {
  await opensNew(desk);
  await asksToMove(worker);
  return { transfer: await transferOf(desk, path) };
};
const expelled = async ({ desk, path }) =>
  deed(desk, path, "开除会籍", { 为什么开除: "把会员证借给别人冒用，三次提醒以后还在借。" }, "开除会籍");

/** What came after somebody joined. */
const LIVES = {
  standing: async () => {},
  moving: moves,
  refused: async (life) => {
    const moving = await moves(life);
    await asOfficer(life.desk, NEW);
    await decides(life.desk, moving.transfer, "不接收", async (desk) =>
      desk.getByLabel("不接收的原因").fill("你接单的站点归深圳市南山区总工会管，请转到那里，今天就能办。"),
    );
    return moving;
  },
  moved: async (life) => {
    const moving = await moves(life);
    await decides(life.desk, moving.transfer, "同意转出");
    await asOfficer(life.desk, NEW);
    await decides(life.desk, moving.transfer, "同意接收");
    return moving;
  },
  retained: async ({ worker }) => {
    await worker.goto("/me/membership/retain");
    await worker.getByRole("radio", { name: "暂时没活干" }).check();
    await worker.getByRole("button", { name: "保留会籍" }).click();
    await worker.getByText("会籍保留了").waitFor();
  },
  warned: async ({ desk, path }) => {
    await deed(desk, path, "记录交会费或参加活动", { 哪一天: daysAgo(200) }, "记一笔");
    await deed(desk, path, "提醒会籍可能自动终止", {}, "发提醒");
  },
  resigned: async ({ worker }) => {
    await worker.goto("/me/membership/resign");
    await worker.getByRole("checkbox", { name: "我要退会" }).check();
    await worker.getByRole("button", { name: "退会" }).click();
    await worker.getByText("已经退会").waitFor();
  },
  expelled,
  objecting: async (life) => {
    await expelled(life);
    await life.worker.goto("/me/membership/object");
    await life.worker.getByLabel("为什么不同意").fill("会员证是被人捡走的，我当天就打电话挂失了。");
    await life.worker.getByRole("button", { name: "交给上级工会" }).click();
    await life.worker.getByText("异议登记了").waitFor();
  },
};

const lived = (page, life) =>
  once(`member-${life}`, () =>
    apart(page, 2, async (worker, desk) => {
      const joined = await joins(worker, desk);
      const more = await LIVES[life]({ worker, desk, ...joined });
      return { ...joined, ...more, session: await sessionOf(worker) };
    }),
  );

/** The browser becomes the member of such a life, at one of their pages. */
export const asMemberWho = (life, path) =>
  plain(async ({ page }) => {
    const { session } = await lived(page, life);
    await become(page, session);
    await page.goto(path);
  });
/** A member who has found where to go, and ticked everything. */
export const targetFound = plain(async ({ page }) => {
  await opensNew(page);
  await asMemberWho("standing", "/me/membership")({ page });
  await findsWhere(page);
  await page.getByRole("checkbox", { name: "同意把我的姓名" }).check();
});
/** The newest notice of such a member. */
export const noticeOf = (life) =>
  plain(async ({ page }) => {
    await asMemberWho(life, "/me/inbox")({ page });
    await page.locator('main a[href^="/me/inbox/"]').first().click();
    await page.waitForURL(/\/me\/inbox\/./);
  });
/** The same member at the desk of an officer of the old union. */
export const memberAtDesk = (life) =>
  plain(async ({ page }) => {
    const { path } = await lived(page, life);
    await asOfficer(page);
    await page.goto(path);
  });
/** The transfer of such a life at the desk of one of the two unions. */
export const transferAtDesk = (life, union) =>
  plain(async ({ page }) => {
    const { transfer } = await lived(page, life);
    await asOfficer(page, union);
    await page.goto(transfer);
  });
/** The transfers that wait. */
export const transfersWaiting = (union) =>
  plain(async ({ page }) => {
    await lived(page, "moving");
    await asOfficer(page, union);
    await page.goto("/desk/transfers");
  });

/** The members of the old union. */
export const membersListed = plain(async ({ page }) => {
  await lived(page, "standing");
  await asOfficer(page);
  await list(page);
});

/** What an officer writes to an applicant. */
async function writes(desk, application, more, label, words, button) {
  await desk.goto(`/desk/applications/${application}${more}`);
  await desk.getByLabel(label).fill(words);
  await desk.getByRole("button", { name: button }).click();
  await desk.waitForURL(new RegExp(`/desk/applications/${application}$`));
}
const asked = async ({ desk, application }) =>
  writes(desk, application, "/ask", "还缺什么", "平台名写得不全：你在哪个站点接单，站长姓什么？写一句就行。", "发给他");

/** What came after an application was sent. */
const ANSWERS = {
  asked,
  answered: async (sent) => {
    await asked(sent);
    await sent.worker.goto(`/me/applications/${sent.application}`);
    await sent.worker.getByLabel("你的回答").fill("江汉路站，站长姓周。每天上午十点到晚上八点在那里接单。");
    await sent.worker.getByRole("button", { name: "补好了，发出去" }).click();
    await sent.worker.getByRole("heading", { name: "你补的" }).waitFor();
  },
  refused: async ({ desk, application }) =>
    writes(desk, application, "/refuse", "为什么不通过", "你的单位归省直机关工会管。选“我的单位有工会”，写上单位全称，再申请一次就行。", "不通过，告诉他"),
};
const sent = (page, answer) =>
  once(`application-${answer}`, () =>
    apart(page, 2, async (worker, desk) => {
      await asOfficer(desk);
      const { application } = await applies(worker);
      await ANSWERS[answer]({ worker, desk, application });
      return { application, session: await sessionOf(worker) };
    }),
  );

/** The applicant's page after such an answer. */
export const applicationOf = (answer) =>
  plain(async ({ page }) => {
    const { application, session } = await sent(page, answer);
    await become(page, session);
    await page.goto(`/me/applications/${application}`);
  });
/** The same at the desk. */
export const applicationAtDesk = (answer) =>
  plain(async ({ page }) => {
    const { application } = await sent(page, answer);
    await asOfficer(page);
    await page.goto(`/desk/applications/${application}`);
  });
