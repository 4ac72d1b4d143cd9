// 入会 as a rider does it: by taps and typing, on a slow network, against the clock of the issue. The clock is
// simulated: 3 characters a second, 1.5 s a tap, 10 s for the SMS; pages take what they take under slow 4G.
import { codeFor, freshId, freshNumber, signIn } from "../support/account.js";
import { expect, status, test } from "../support/journey.js";
import { applicant, fill, filling, openUnion, sendIt } from "../support/joining.js";
import { NEAR } from "../support/places.js";

const SECONDS = { tap: 1.5, character: 1 / 3, sms: 10, scroll: 1.5 };
/** Slow 4G: 150 ms there and back, 1.6 Mbit/s. */
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };

/** A person with a watch. */
async function person(page) {
  const phone = await page.context().newCDPSession(page);
  await phone.send("Network.enable");
  await phone.send("Network.emulateNetworkConditions", SLOW);
  const counts = { taps: 0, characters: 0, fields: 0, loads: 0, waiting: 0, sms: 0, scrolls: 0 };
  const ready = () => page.waitForLoadState("load");
  const me = {
    counts,
    /** A tap; what it loads is waited for. */
    async tap(target, loads = true) {
      counts.taps += 1;
      // A thumb scrolls to what it cannot see.
      const seen = await target.evaluate((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      if (!seen) counts.scrolls += 1;
      if (!loads) return target.click();
      const begun = Date.now();
      const came = page.waitForEvent("domcontentloaded");
      await target.click();
      await came;
      await ready();
      counts.waiting += Date.now() - begun;
      counts.loads += 1;
    },
    /** A field: a tap into it, then the keys. */
    async type(field, text) {
      await me.tap(field, false);
      await field.fill("");
      await field.pressSequentially(text);
      counts.characters += [...text].length;
      counts.fields += 1;
    },
    async open(path) {
      await page.goto(path);
      await ready();
    },
    seconds: () =>
      counts.taps * SECONDS.tap +
      counts.scrolls * SECONDS.scroll +
      counts.characters * SECONDS.character +
      counts.sms * SECONDS.sms +
      counts.waiting / 1000,
    told: (title) =>
      `${title}: ${me.seconds().toFixed(1)} s = ${counts.taps} taps, ${counts.scrolls} scrolls, ${counts.characters} characters in ${counts.fields} fields, ${counts.sms} SMS, ${counts.loads} pages in ${(counts.waiting / 1000).toFixed(1)} s`,
  };
  return me;
}

const next = (page) => page.getByRole("button", { name: "下一步" });

/** From 开始入会 to 已登记. `slip`: the last digit but one is wrong at first. Gives what the slip cost. */
async function join(page, me, { slip = false, signedOut = false } = {}) {
  const who = applicant();
  let cost = 0;
  await me.tap(page.getByRole("link", { name: "开始入会" }));
  if (signedOut) {
    const mobile = freshNumber();
    await me.type(page.getByLabel("手机号"), mobile);
    await me.tap(page.getByRole("button", { name: "发验证码" }));
    me.counts.sms += 1;
    const code = codeFor(mobile);
    const field = page.getByLabel("验证码");
    // With scripts the sixth digit sends it; without, the button does.
    await me.tap(field, false);
    const begun = Date.now();
    const arrived = page.waitForURL(/\/join\/lane/);
    await field.pressSequentially(code);
    me.counts.characters += code.length;
    me.counts.fields += 1;
    const button = page.locator("button[form=enter]");
    if (await page.evaluate(() => typeof document.forms[0].onsubmit !== "function").catch(() => false)) {
      me.counts.taps += 1;
      await button.click();
    }
    await arrived;
    await page.waitForLoadState("load");
    me.counts.waiting += Date.now() - begun;
    me.counts.loads += 1;
  }
  await me.tap(page.getByRole("button", { name: "没有或说不清" }));
  await me.tap(page.getByRole("button", { name: who.occupation }));
  await me.tap(page.locator("#found .pick").first());
  await me.tap(page.locator(".act .main"));
  await me.type(page.getByLabel("姓名"), who.name);
  await me.tap(next(page));
  const number = page.getByLabel("居民身份证号码");
  if (slip) {
    const wrong = `${who.number.slice(0, 16)}${(Number(who.number[16]) + 1) % 10}X`;
    await me.type(number, wrong.replace("X", "*"));
    await me.tap(next(page));
    await expect(page.locator("#id_number-wrong")).toBeVisible();
    const before = me.seconds();
    // The two last ones are typed once more, at the end of what still stands there.
    await me.tap(number, false);
    await number.press("End");
    for (const key of ["Backspace", "Backspace", who.number[16], "*"]) await number.press(key);
    me.counts.characters += 4;
    await me.tap(next(page));
    cost = me.seconds() - before;
  } else {
    await me.type(number, who.number.replace("X", "*"));
    await me.tap(next(page));
  }
  await expect(page).toHaveURL(/\/join\/check/);
  await me.tap(page.locator("#consent"), false);
  await me.tap(page.getByRole("button", { name: "发出去" }));
  await expect(page.getByRole("heading", { name: "已登记" })).toBeVisible();
  return cost;
}

test.beforeAll(async ({ browser }) => openUnion(browser));

test("signed out, from 入会 to 已登记 within 90 seconds, at most 7 typed fields @both", async ({ page, javaScriptEnabled }) => {
  test.slow();
  await page.goto(NEAR);
  const me = await person(page);
  await me.open("/join");
  await join(page, me, { signedOut: true });
  console.log(me.told(`signed out, ${javaScriptEnabled === false ? "without" : "with"} JavaScript`));
  expect(me.counts.fields).toBeLessThanOrEqual(7);
  expect(me.seconds()).toBeLessThanOrEqual(90);
  await expect(page.getByText("还不是会籍")).toBeVisible();
  await expect(page.getByText("登记号").first()).toBeVisible();
});

test("signed in, within 60 seconds; a wrong digit costs at most 10 @both", async ({ page, javaScriptEnabled, provoked }) => {
  provoked.push(status(422));
  test.slow();
  await signIn(page);
  await page.goto(NEAR);
  const me = await person(page);
  await me.open("/join");
  const cost = await join(page, me, { slip: true });
  console.log(me.told(`signed in, ${javaScriptEnabled === false ? "without" : "with"} JavaScript, with a slip of ${cost.toFixed(1)} s`));
  expect(cost).toBeLessThanOrEqual(10);
  expect(me.seconds() - cost).toBeLessThanOrEqual(60);
});

test("back goes back, and nothing is lost @both", async ({ page }) => {
  const who = await filling("id")({ page });
  await page.goBack();
  await expect(page.getByLabel("姓名")).toHaveValue(who.name);
  await page.locator(".back").click();
  await expect(page).toHaveURL(/\/join\/place/);
  await page.locator(".back").click();
  await page.locator(".back").click();
  await expect(page.locator('[aria-pressed="true"]')).toContainText(who.occupation);
  await page.getByRole("button", { name: who.occupation }).click();
  await expect(page).toHaveURL(/\/join\/id/);
});

test("a second visit goes on where one was @both", async ({ page }) => {
  await filling("name")({ page });
  await page.goto("/");
  await page.goto("/join");
  await expect(page.getByText("你填了一半")).toBeVisible();
  await page.getByRole("link", { name: "接着填" }).click();
  await expect(page).toHaveURL(/\/join\/name/);
});

test("发出去 twice is once", async ({ page }) => {
  await filling("check")({ page });
  await page.locator("#consent").check();
  const posts = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await page.getByRole("button", { name: "发出去" }).dblclick();
  await expect(page.getByRole("heading", { name: "已登记" })).toBeVisible();
  expect(posts.length, "the script sends one").toBe(1);
  await page.goto("/me/applications");
  await expect(page.locator("main .list li")).toHaveCount(1);
});

test("发出去 twice is once, without scripts too @nojs", async ({ page }) => {
  await filling("check")({ page });
  await page.locator("#consent").check();
  await page.getByRole("button", { name: "发出去" }).dblclick();
  await expect(page.getByRole("heading", { name: "已登记" })).toBeVisible();
  await page.goBack();
  await page.goto("/me/applications");
  await expect(page.locator("main .list li")).toHaveCount(1);
});

test("a session that ends in the middle costs nothing that was typed @both", async ({ page, context }) => {
  await signIn(page);
  const who = await fill(page, "name");
  const session = (await context.cookies()).find(({ name }) => name === "sid");
  await context.clearCookies({ name: "sid" });
  await page.getByLabel("姓名").fill(who.name);
  await next(page).click();
  await expect(page).toHaveURL(/\/sign-in\?next=\/join\/name/);
  // Its cookie says nothing to whoever looks at it, and no script reads it.
  const carried = (await context.cookies()).find(({ name }) => name === "carried");
  expect(carried.httpOnly).toBe(true);
  expect(decodeURIComponent(carried.value)).not.toContain(who.name);
  // The same person signs in again. A second code to one number waits a minute: the session stands for it.
  await context.addCookies([session]);
  await page.reload();
  await expect(page).toHaveURL(/\/join\/name/);
  await expect(page.getByText("刚才填的还在")).toBeVisible();
  await expect(page.getByLabel("姓名")).toHaveValue(who.name);
  expect((await context.cookies()).find(({ name }) => name === "carried"), "once").toBeUndefined();
  await next(page).click();
  await expect(page).toHaveURL(/\/join\/id/);
});

test("names come while one types, and a name that is in no list goes on as typed", async ({ page }) => {
  await filling("unit")({ page });
  await expect(page.locator("#look")).toBeHidden();
  const platforms = await page.locator("#found .pick").count();
  expect(platforms).toBeGreaterThan(0);
  const first = (await page.locator("#found .pick span").first().textContent()).slice(0, 2);
  await page.getByLabel("平台、公司或站点的名字").fill(first);
  await expect(page.locator("#found .pick").first()).toContainText(first);
  await page.getByLabel("平台、公司或站点的名字").fill("城南二队");
  await next(page).click();
  await expect(page).toHaveURL(/\/join\/place/);
});

test("what is wrong is changed from the last screen, and one comes back to it @both", async ({ page }) => {
  await filling("check")({ page });
  await page.getByRole("link", { name: /姓名/ }).click();
  await page.getByLabel("姓名").fill("欧阳建国");
  await next(page).click();
  await expect(page).toHaveURL(/\/join\/check/);
  await expect(page.getByText("欧阳建国")).toBeVisible();
  await sendIt(page);
});

test("a number that is none says which place is wrong, and keeps the rest @both", async ({ page, provoked }) => {
  provoked.push(status(422));
  await filling("id")({ page });
  const number = freshId("1");
  await page.getByLabel("居民身份证号码").fill(`${number.slice(0, 17)}2`);
  await next(page).click();
  await expect(page.locator("#id_number-wrong")).toBeVisible();
  await expect(page.getByLabel("居民身份证号码")).toHaveValue(`${number.slice(0, 17)}2`);
});
