// Every page of the route table, each in every state a person may meet it in: what axe and the camera walk.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askForCode, codeFor, enterCode, freshNumber, signIn, wrongCode } from "./account.js";
import { states as ofCards } from "./areas/card.js";
import { states as ofDeciding } from "./areas/deciding.js";
import { states as ofFounding } from "./areas/founding.js";
import { states as ofJoining } from "./areas/joining.js";
import { states as ofLists } from "./areas/lists.js";
import { states as ofMembership } from "./areas/membership.js";
import { noNetwork, status } from "./journey.js";
import { NOBODY, NO_TOKEN, OFFICER, asSomebody, goTo, mine, mineRefused, nothingTyped, refused, staff, staffRefused } from "./open.js";
import { CELL, EMPTY, NEAR, SQUARE, WECHAT, pageOf } from "./places.js";
import { EAST, ROAD, WEST, onRoad } from "./road.js";
import { demo, top } from "./servers.js";
import { UNION, asStaff, authenticator, invitation, trialLink } from "./staff.js";

/** The paths of `app/src/routes.rs`. */
export const routes = [...readFileSync(join(top, "app/src/routes.rs"), "utf8").matchAll(/^\s*"(\/[^"]*)"\s*=>/gm)].map(
  ([, path]) => path,
);

/** Answers that are no page: rows for the list, a way to a map app. */
export const NO_PAGE = ["/nearby/rest", "/go/{app}/{code}", "/me/card/fresh", "/me/card/kept", "/join/suggest", "/desk/links/{what}/poster.svg", "/desk/organisations/{id}/figures.csv"];

const station = (name) => async ({ page }) => pageOf(page, name);

/** 定位 with a phone that answers as told. */
const located = (path, answer) => async ({ page }) => {
  await page.addInitScript((answer) => {
    Object.defineProperty(navigator.geolocation, "getCurrentPosition", {
      value: (found, failed) => {
        if (answer.coords) found({ coords: answer.coords, timestamp: Date.now() });
        else if (answer.code) failed({ code: answer.code, message: "" });
      },
    });
  }, answer);
  await page.goto(path);
  await page.locator("#locate").click();
  await page.locator(answer.settled).first().waitFor();
};
const denied = { code: 1, settled: "#where .note" };
const rough = { coords: { ...SQUARE, accuracy: 1_800 }, settled: "#where .note" };
const exact = { coords: SQUARE, settled: "#locate.big" };
const looking = { settled: "#locate.main" };

const map = async ({ page }) => {
  await page.goto(`/map?cell=${CELL}#11/34.75/113.66`);
  await page.locator("#where:has-text('这一片')").waitFor();
};

/** On the road, the phone followed. */
const driving = (path, longitude, more, then) => async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ ...onRoad(longitude), ...more });
  await page.goto(path);
  await page.locator("#follow").click();
  await page.locator(then).first().waitFor();
};

const typedNumber = (typed, code) => async ({ page, provoked }) => {
  provoked.push(status(code));
  await page.goto("/sign-in");
  await page.getByLabel("手机号").fill(typed);
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.locator("#mobile-wrong").waitFor();
};
/** The second code within a minute. */
const tooMany = async ({ page, provoked }) => {
  provoked.push(status(429));
  const mobile = freshNumber();
  await askForCode(page, mobile);
  await page.goto("/sign-in");
  await page.getByLabel("手机号").fill(mobile);
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.locator(".note.warn").waitFor();
};
const wrongManagerCode = async ({ page, provoked }) => {
  provoked.push(status(422));
  await page.goto("/manager");
  await page.getByLabel("管理码").fill("ABCD-EFGH");
  await page.getByLabel("你的手机号").fill(freshNumber());
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.locator("#code-wrong").waitFor();
};

/** An officer at the own organisation. */
export const organisation = async ({ page }) => {
  await staff("/desk", ...OFFICER)({ page });
  await page.locator('main a[href^="/desk/organisations/"]').first().click();
  await page.waitForURL(/\/desk\/organisations\//);
};
export const inviting = async ({ page }) => {
  await organisation({ page });
  await page.getByRole("link", { name: "邀请工作人员" }).click();
  await page.waitForURL(/\/invite$/);
};
export const invited = async ({ page }) => {
  await inviting({ page });
  await page.getByLabel("法律承办人").check();
  await page.getByLabel("为什么").fill("新到岗");
  await page.getByRole("button", { name: "生成邀请链接" }).click();
  await page.locator(".qr").waitFor();
};
export const deskOfStation = async ({ page }) => {
  await asStaff(page, ...OFFICER);
  await pageOf(page, "太康路无人值守工会驿站");
  await page.goto(`/desk${new URL(page.url()).pathname}`);
};
export const managerCode = async ({ page }) => {
  await deskOfStation({ page });
  await page.getByRole("button", { name: "发站点管理码" }).click();
  await page.locator(".spoken").waitFor();
};
/** The role of a colleague, at an officer's organisation. */
export const colleague = async ({ page }) => {
  await asStaff(page, "handler", ...UNION);
  await organisation({ page });
  await page.locator('main a[href^="/desk/grants/"]', { hasText: "法律承办人" }).first().click();
  await page.waitForURL(/\/desk\/grants\//);
};
const ownRole = async ({ page }) => {
  await organisation({ page });
  await page.locator('main a[href^="/desk/grants/"]', { hasText: "你自己" }).click();
  await page.waitForURL(/\/desk\/grants\//);
};
/** Taking an invitation up with a number, as far as the authenticator. */
export const settingUp = async ({ page }) => {
  const path = invitation("auditor");
  const mobile = freshNumber();
  await page.goto(path);
  await page.getByLabel("手机号").fill(mobile);
  await page.getByRole("button", { name: "发验证码" }).click();
  await page.waitForURL(/\/sign-in\/code/);
  await enterCode(page, codeFor(mobile));
  await page.locator(".secret").waitFor();
};

/** The passkey of a phone, which belongs to the name of the site and to no IP address. */
const passkey = async ({ page }) => {
  const here = `http://localhost:${demo.port}`;
  await authenticator(page);
  await page.goto(here + invitation("auditor"));
  await page.getByRole("button", { name: "用通行密钥" }).click();
  await page.waitForURL(/\/desk$/);
  await page.goto(`${here}/me/keys`);
  await page.locator('main a[href^="/me/keys/"]').click();
  await page.waitForURL(/\/me\/keys\/./);
};

/** [route, what it is called, how to come there, options of the browser] */
export const states = [
  ["/", "where are you", goTo("/")],
  ["/", "the list", goTo(NEAR)],
  ["/", "the list by the phone's position", located(NEAR, exact)],
  ["/", "looking for the position", located(NEAR, looking)],
  ["/", "not allowed", located(NEAR, denied)],
  ["/", "not allowed and no place known", located("/", denied)],
  ["/", "a rough position", located(NEAR, rough)],
  ["/", "two chips and those who do not say", goTo(`${NEAR}&want=hot_water,toilet`)],
  ["/", "nothing within 20 km", goTo(EMPTY)],
  ["/", "nothing with this chip, one to drop", goTo(`${NEAR}&want=shower,toilet`)],
  ["/", "a link that cannot be read", refused("/?cell=abc", 400)],
  ["/", "an address that is none", refused("/nowhere", 404)],
  [
    "/",
    "more rows that did not come",
    async (journey) => {
      journey.provoked.push(noNetwork);
      await journey.page.route("**/nearby/rest?*", (route) => route.abort());
      await journey.page.route("**/?cell=*", async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace('id="yes"', `id="yes" data-rest="/nearby/rest?cell=${CELL}"`);
        await route.fulfill({ response, body });
      });
      await located(NEAR, rough)(journey);
    },
  ],
  ["/place", "provinces", goTo("/place")],
  [
    "/place",
    "provinces, a place remembered",
    async ({ page }) => {
      await page.goto(NEAR);
      await page.goto("/place");
    },
  ],
  ["/place", "places and stations found", goTo(`/place?q=${encodeURIComponent("二七")}`)],
  ["/place", "nothing found", goTo(`/place?q=${encodeURIComponent("没有这样的地方")}`)],
  ["/place/{adcode}", "cities", goTo("/place/410000")],
  ["/place/{adcode}", "counties", goTo("/place/410100")],
  ["/place/{adcode}", "no such region", refused("/place/999999", 404)],
  ["/map", "the map", map],
  ["/map", "the map, place unknown", goTo("/map")],
  [
    "/map",
    "a station chosen on the map",
    async ({ page }) => {
      await page.goto(`/map?cell=30.58,114.28#14/30.5828/114.2849`);
      await page.locator('.map .spot[role="button"]').first().click();
      await page.getByRole("region", { name: "选中的站点" }).waitFor();
    },
  ],
  [
    "/map",
    "a map that did not come",
    async ({ page, provoked }) => {
      provoked.push(noNetwork);
      await page.route("**/map/stations?*", (route) => route.abort());
      await page.goto(`/map?cell=${CELL}`);
      await page.getByText("网络不好").waitFor();
    },
  ],
  ["/radar", "方位图", goTo(`/radar?cell=${CELL}`)],
  ["/radar", "方位图, nobody near", goTo("/radar?cell=33.50,87.20")],
  ["/drive", "roads", goTo("/drive")],
  ["/drive", "no such road", goTo("/drive?q=G1")],
  ["/drive/{road}", "which way", goTo(ROAD)],
  ["/drive/{road}", "no road of this number", refused("/drive/G1", 404)],
  ["/drive/{road}/{heading}", "the road ahead", goTo(EAST)],
  ["/drive/{road}/{heading}", "the next stop has closing hours", goTo(`${EAST}?from=15000`)],
  ["/drive/{road}/{heading}", "hours unknown, the other way", goTo(WEST)],
  ["/drive/{road}/{heading}", "nothing ahead", goTo(`${EAST}?from=90000`)],
  ["/drive/{road}/{heading}", "a beginning that cannot be read", refused(`${EAST}?from=x`, 400)],
  [
    "/drive/{road}/{heading}",
    "everything unfolded",
    async ({ page }) => {
      await page.goto(EAST);
      for (const fold of await page.locator("details summary").all()) await fold.click();
    },
  ],
  ["/drive/{road}/{heading}", "followed", driving(EAST, 114.06, {}, '#since:has-text("手机现在的位置")')],
  ["/drive/{road}/{heading}", "off the road", driving(EAST, 114.3, { latitude: 34.9 }, '#where:has-text("不在这条路上")')],
  [
    "/drive/{road}/{heading}",
    "counting to a rest, while driving",
    async ({ page }) => {
      await page.goto(EAST);
      await page.getByRole("button", { name: "开始计时" }).click();
      await page.evaluate(() => document.documentElement.setAttribute("data-moving", ""));
    },
  ],
  ["/stations/{code}", "a station of which much is known", station("太康路无人值守工会驿站")],
  ["/stations/{code}", "a station of which little is known", station("人民公园西侧爱心驿站")],
  ["/stations/{code}", "a station with a week of hours", station("商城路芝麻胡同户外劳动者驿站")],
  ["/stations/{code}", "a station by the road", station("雁过坡服务区南区")],
  ["/stations/{code}", "no such station", refused("/stations/XXXXXXXXXX", 404)],
  [
    "/stations/{code}",
    "a tap that was registered",
    async ({ page }) => {
      await pageOf(page, "商城路芝麻胡同户外劳动者驿站");
      await page.goto(`${page.url()}?heard=yes`);
    },
  ],
  [
    "/stations/{code}/fix",
    "what is wrong",
    async ({ page }) => {
      await pageOf(page, "商城路芝麻胡同户外劳动者驿站");
      await page.goto(`${page.url()}/fix`);
    },
  ],
  ["/stations/new", "a station that is missing", goTo("/stations/new")],
  [
    "/stations/new",
    "a station that is missing, nothing typed",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await page.goto("/stations/new");
      await page.getByRole("button", { name: "交给工会核实" }).click();
      await page.locator("#name-wrong").waitFor();
    },
  ],
  ["/stations/new", "a proposal that was registered", goTo("/stations/new?number=0123ABCD")],
  [
    "/stations/{code}/maps",
    "which map",
    async ({ page }) => {
      await pageOf(page, "太康路无人值守工会驿站");
      await page.getByRole("link", { name: "换个地图" }).click();
      await page.waitForURL(/\/maps$/);
    },
  ],
  [
    "/stations/{code}/maps",
    "inside WeChat",
    async ({ page }) => {
      await pageOf(page, "太康路无人值守工会驿站");
      await page.locator(".act .main").click();
      await page.waitForURL(/\/maps$/);
    },
    { userAgent: WECHAT },
  ],
  ["/rights", "维权", goTo("/rights")],
  ["/cover", "保障", goTo("/cover")],
  ["/me", "我的", goTo("/me")],
  [
    "/me",
    "我的, with things remembered",
    async ({ page }) => {
      await page.goto(NEAR);
      await page.goto("/me");
    },
  ],
  ["/sign-in", "the number", goTo("/sign-in?next=/me/inbox")],
  ["/sign-in", "a number with a slip", typedNumber("1380013", 422)],
  ["/sign-in", "too many codes", tooMany],
  ["/sign-in/code", "the code", async ({ page }) => askForCode(page, freshNumber())],
  [
    "/sign-in/code",
    "a wrong code",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      const mobile = freshNumber();
      await askForCode(page, mobile);
      await page.getByLabel("验证码").fill(wrongCode(mobile));
      await page.locator("#code-wrong").waitFor();
    },
  ],
  ["/sign-in/code", "no attempt, or an old one", refused("/sign-in/code", 410)],
  ["/sign-in/fact", "no attempt, or an old one", refused("/sign-in/fact", 410)],
  ["/manager", "the officer's code", goTo("/manager")],
  ["/manager", "a wrong one", wrongManagerCode],
  ["/me", "我的, signed in", mine("/me")],
  ["/me", "我的, with everything", asSomebody("/me")],
  ["/me", "我的, signed out", goTo("/me?done=out")],
  ["/me/inbox", "an empty inbox", mine("/me/inbox")],
  ["/me/inbox/{id}", "no such notice", mineRefused("/me/inbox/00000000000000000000000000000000", 404)],
  ["/me/sessions", "devices", mine("/me/sessions")],
  ["/me/phone", "another number", mine("/me/phone")],
  ["/me/phone", "changed", mine("/me/phone?done=1")],
  ["/me/identity", "not told yet", mine("/me/identity")],
  [
    "/me/identity",
    "with slips",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await signIn(page);
      await page.goto("/me/identity");
      await page.getByLabel("证件号码").fill("110105194912310021");
      await page.getByRole("button", { name: "存起来" }).click();
      await page.locator("#number-wrong").waitFor();
    },
  ],
  ["/me/identity", "masked", asSomebody("/me/identity")],
  [
    "/me/identity",
    "whole",
    async (journey) => {
      await asSomebody("/me/identity")(journey);
      await journey.page.getByText("看完整的号码").click();
      await journey.page.getByLabel("为什么要看").fill("核对");
      await journey.page.getByRole("button", { name: "看完整的" }).click();
      await journey.page.getByText("已经记了一笔").waitFor();
    },
  ],
  ["/me/consents", "consents", asSomebody("/me/consents")],
  ["/me/data", "what is held", asSomebody("/me/data")],
  ["/me/delete", "what goes", mine("/me/delete")],
  ["/me/delete/sure", "sure", mine("/me/delete/sure")],
  [
    "/me/delete/sure",
    "without the tick",
    async ({ page, provoked }) => {
      provoked.push(status(422));
      await mine("/me/delete/sure")({ page });
      await page.getByRole("button", { name: "删除账号" }).click();
      await page.locator("#sure-wrong").waitFor();
    },
  ],
  ["/me/deleted", "gone", goTo("/me/deleted")],
  ["/trial/{token}", "as whom", async ({ page }) => void (await page.goto(trialLink("劳动者")))],
  ["/trial/{token}", "used or old", refused(`/trial/${NO_TOKEN}`, 404)],
  ["/staff", "the ways in", goTo("/staff")],
  ["/staff", "a number with a slip", nothingTyped(goTo("/staff"), "发验证码", "#mobile-wrong")],
  ["/staff/totp", "no attempt: the ways in", goTo("/staff/totp")],
  ["/invite/{token}", "to what, by whom", async ({ page }) => void (await page.goto(invitation(...OFFICER)))],
  ["/invite/{token}", "used or old", refused(`/invite/${NO_TOKEN}`, 404)],
  ["/invite/{token}/authenticator", "the first digits", settingUp],
  ["/me/keys", "nothing yet", mine("/me/keys")],
  ["/me/keys", "an authenticator", staff("/me/keys", "auditor")],
  ["/me/keys/{id}", "a phone's", passkey],
  ["/me/keys/{id}", "no such passkey", staffRefused(`/me/keys/${NOBODY}`, 404, "auditor")],
  ["/me/authenticator", "another one", staff("/me/authenticator", "auditor")],
  ["/me/matters/{id}", "no such matter", mineRefused(`/me/matters/${NOBODY}`, 404)],
  ["/desk", "an officer", staff("/desk", ...OFFICER)],
  ["/desk", "an administrator", staff("/desk", "administrator")],
  ["/desk", "an auditor", staff("/desk", "auditor")],
  ["/desk/matters", "none", staff("/desk/matters", "handler", ...UNION)],
  ["/desk/matters/{id}", "no such matter", staffRefused(`/desk/matters/${NOBODY}`, 404, "handler", ...UNION)],
  ["/desk/audit", "what was done", staff("/desk/audit", "auditor")],
  ["/desk/stations/{code}", "an officer's", deskOfStation],
  ["/desk/stations/{code}", "a code, shown once", managerCode],
  ["/desk/organisations/{id}", "an officer's", organisation],
  ["/desk/organisations/{id}", "no such organisation", staffRefused(`/desk/organisations/${NOBODY}`, 404, ...OFFICER)],
  ["/desk/organisations/{id}/invite", "which role", inviting],
  ["/desk/organisations/{id}/invite", "nothing chosen", nothingTyped(inviting, "生成邀请链接", "main .wrong")],
  ["/desk/organisations/{id}/invite", "a link, shown once", invited],
  ["/desk/grants/{id}", "a colleague's", colleague],
  ["/desk/grants/{id}", "taken back without a reason", nothingTyped(colleague, "收回角色", "#reason-wrong")],
  ["/desk/grants/{id}", "one's own", ownRole],
  ["/desk/change-mobile", "the form", staff("/desk/change-mobile", ...OFFICER)],
  [
    "/desk/change-mobile",
    "nothing typed",
    nothingTyped(staff("/desk/change-mobile", ...OFFICER), "换成新号码", "#old-wrong"),
  ],
  ["/desk/cover", "nothing to administer yet", staff("/desk/cover", "cover_administrator", ...UNION)],
  ["/privacy", "隐私政策", goTo("/privacy")],
  ["/about", "谁在做", goTo("/about")],
  ["/offline", "no network", goTo("/offline")],
  ...ofJoining,
  ...ofDeciding,
  ...ofMembership,
  ...ofCards,
  ...ofLists,
  ...ofFounding,
];
