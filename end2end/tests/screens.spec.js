// Pictures to look at: target/tests/screens/NAME-WIDTH-THEME.png. With UPDATE_SCREENS=1 those of 360 px are
// written to end2end/screens as well, where they are committed.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, status, test } from "../support/journey.js";
import { CELL, EMPTY, NEAR, SQUARE, pageOf } from "../support/places.js";
import { askForCode, freshId, freshNumber, signIn, tellIdentity, wrongCode } from "../support/account.js";
import { EAST, ROAD, onRoad } from "../support/road.js";
import { csv, top } from "../support/servers.js";
import { UNION, invitation } from "../support/staff.js";
import { asMember } from "../support/card.js";
import { atDesk, queue } from "../support/deciding.js";
import { aYear, there } from "../support/areas/lists.js";
import { requestAtDesk, requestOf, reportAtDesk } from "../support/founding.js";
import { filling, openUnion, sent } from "../support/joining.js";
import { OLD, applicationOf, asMemberWho, memberAtDesk, membersListed, transferAtDesk } from "../support/members.js";
import { OFFICER, staff } from "../support/open.js";
import { colleague, deskOfStation, invited, inviting, managerCode, organisation, settingUp } from "../support/states.js";

const folder = join(top, "target/tests/screens");
const committed = fileURLToPath(new URL("../screens", import.meta.url));
const COMMITTED = ["nearby", "station", "map", "radar", "empty", "error", "no-network", "drive", "say", "missing", "sign-in", "code", "me", "identity", "staff", "desk", "desk-station", "join", "join-occupation", "join-check", "application", "card", "membership", "desk-applications", "desk-application", "desk-figures", "application-asked", "membership-moving", "membership-warned", "union-supported", "desk-transfer", "desk-figures-year"];
/** A picture in the repository is no larger, in bytes. */
const LARGEST = 120_000;

test.use({ deviceScaleFactor: 2 });

/** Somebody new, signed in. */
function mine(path) {
  return async ({ page }) => {
    await signIn(page);
    await page.goto(path);
  };
}
/** The 示范会员. */
const member = (path) => async ({ page }) => {
  await asMember(page);
  await page.goto(path);
};
const PICTURED = "13800138000";

const screens = {
  nearby: async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(SQUARE);
    await page.goto(NEAR);
    await page.locator("#locate").click();
    await expect(page.locator("#how")).toContainText("误差约 30 米");
  },
  station: async ({ page }) => {
    await page.goto(NEAR);
    await pageOf(page, "商城路芝麻胡同户外劳动者驿站");
    await expect(page.getByRole("button", { name: "复制地址" })).toBeVisible();
  },
  map: async ({ page }) => {
    await page.goto(`/map?cell=${CELL}#9/34.75/113.66`);
    await expect(page.locator("#where")).toContainText("这一片");
    await expect(page.locator("path.border").first()).toBeAttached();
  },
  radar: async ({ page }) => void (await page.goto(`/radar?cell=${CELL}`)),
  drive: async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(onRoad(114.06));
    await page.goto(EAST);
    await page.locator("#follow").click();
    await expect(page.locator("#since")).toContainText("手机现在的位置");
    await page.evaluate(() => scrollTo(0, 0));
  },
  "drive-road": async ({ page }) => {
    await page.goto(`${EAST}?from=15000`);
    await page.locator("#next .stop.lead .full").scrollIntoViewIfNeeded();
  },
  "drive-way": async ({ page }) => void (await page.goto(ROAD)),
  "drive-roads": async ({ page }) => void (await page.goto("/drive")),
  empty: async ({ page }) => void (await page.goto(`${NEAR}&want=shower,toilet`)),
  error: async ({ page, provoked }) => {
    provoked.push(status(404));
    await page.goto("/stations/XXXXXXXXXX");
  },
  "no-network": async ({ page }) => void (await page.goto("/offline")),
  say: async ({ page }) => {
    await pageOf(page, "太康路无人值守工会驿站");
    await page.locator("#say").evaluate((form) => form.scrollIntoView({ block: "center" }));
  },
  missing: async ({ page }) => void (await page.goto("/stations/new")),
  "sign-in": async ({ page }) => void (await page.goto("/sign-in")),
  // A number that is the same in every picture: nothing is ever sent to it.
  code: async ({ page }) => askForCode(page, PICTURED),
  "code-wrong": async ({ page, provoked }) => {
    provoked.push(status(422));
    const mobile = freshNumber();
    await askForCode(page, mobile);
    await page.getByLabel("验证码").fill(wrongCode(mobile));
    await page.locator("#code-wrong").waitFor();
  },
  manager: async ({ page }) => void (await page.goto("/manager")),
  "me-out": async ({ page }) => void (await page.goto("/me")),
  me: async ({ page }) => {
    await signIn(page);
    await tellIdentity(page, { name: "欧阳𬭚㛃", number: freshId() });
    await page.goto("/me");
  },
  inbox: mine("/me/inbox"),
  sessions: mine("/me/sessions"),
  phone: mine("/me/phone"),
  identity: mine("/me/identity"),
  consents: mine("/me/consents"),
  data: mine("/me/data"),
  delete: mine("/me/delete"),
  "delete-sure": mine("/me/delete/sure"),
  staff: async ({ page }) => void (await page.goto("/staff")),
  invite: async ({ page }) => void (await page.goto(invitation(...OFFICER))),
  authenticator: settingUp,
  keys: staff("/me/keys", "auditor"),
  desk: staff("/desk", ...OFFICER),
  "desk-administrator": staff("/desk", "administrator"),
  "desk-station": deskOfStation,
  "desk-code": managerCode,
  "desk-organisation": organisation,
  "desk-invite": inviting,
  "desk-invited": invited,
  "desk-grant": colleague,
  "desk-mobile": staff("/desk/change-mobile", ...OFFICER),
  "desk-audit": staff("/desk/audit", "auditor"),
  "desk-matters": staff("/desk/matters", "handler", ...UNION),
  "desk-cover": staff("/desk/cover", "cover_administrator", ...UNION),
  join: async ({ page }) => {
    await page.goto(NEAR);
    await page.goto("/join");
  },
  "join-lane": filling("lane"),
  "join-occupation": filling("occupation"),
  "join-unit": filling("unit"),
  "join-place": filling("place"),
  "join-name": filling("name"),
  "join-id": filling("id"),
  "join-check": async ({ page }) => {
    await openUnion(page.context().browser());
    await filling("check")({ page });
  },
  application: sent,
  card: member("/me/card"),
  "card-print": member("/me/card/print"),
  "card-check": async ({ page }) => void (await page.goto("/card/check")),
  membership: member("/me/membership"),
  "membership-transfer": member("/me/membership/transfer"),
  "membership-resign": member("/me/membership/resign"),
  "application-asked": applicationOf("asked"),
  "application-refused": applicationOf("refused"),
  "membership-moving": asMemberWho("moving", "/me/membership"),
  "membership-refused": asMemberWho("refused", "/me/membership"),
  "membership-warned": asMemberWho("warned", "/me/membership"),
  "membership-retained": asMemberWho("retained", "/me/membership"),
  "membership-ended": asMemberWho("resigned", "/me/membership"),
  "union-supported": requestOf("supported", "supporter"),
  union: async ({ page }) => void (await page.goto("/join/union")),
  "union-new": mine("/join/union/new"),
  obstruction: mine("/join/obstruction/new"),
  "desk-applications": queue,
  "desk-application": atDesk(),
  "desk-refuse": atDesk("/refuse"),
  "desk-transfers": staff("/desk/transfers", ...OFFICER),
  "desk-transfer": transferAtDesk("moving", OLD),
  "desk-member": memberAtDesk("warned"),
  "desk-members-listed": membersListed,
  "desk-founding-one": requestAtDesk("supported"),
  "desk-obstruction": reportAtDesk("working"),
  ...(csv ? { "desk-figures-year": [aYear, there] } : {}),
  "desk-figures": async ({ page }) => {
    await organisation({ page });
    await page.goto(`${new URL(page.url()).pathname}/figures`);
  },
  "desk-members": async ({ page }) => {
    await organisation({ page });
    await page.goto(`${new URL(page.url()).pathname}/members`);
  },
  "desk-founding": staff("/desk/founding", ...OFFICER),
  "desk-enterprises": staff("/desk/enterprises", ...OFFICER),
  "desk-occupations": staff("/desk/occupations", "administrator"),
  start: async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("#locate")).toBeVisible();
  },
  nowhere: async ({ page }) => void (await page.goto(EMPTY)),
};

for (const [name, one] of Object.entries(screens)) {
  const [open, options = {}] = [one].flat();
  test.describe(() => {
    test.use(options);
    test(`${name} in its widths, by day and at night`, async ({ page, context, provoked }) => {
      mkdirSync(folder, { recursive: true });
      await open({ page, context, provoked });
      // Desks stand on tables as well.
      for (const width of [320, 360, 412, ...(name.startsWith("desk") ? [1280] : [])]) {
        await page.setViewportSize({ width, height: 740 });
        for (const theme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme: theme });
          // Two frames: what is fixed to the screen is painted after the rest.
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const file = join(folder, `${name}-${width}-${theme}.png`);
          await page.screenshot({ path: file, animations: "disabled" });
          if (width === 360 && COMMITTED.includes(name) && process.env.UPDATE_SCREENS === "1") {
            const small = join(committed, `${name}-${theme}.png`);
            await page.screenshot({ path: small, animations: "disabled", scale: "css" });
            expect(statSync(small).size, small).toBeLessThan(LARGEST);
          }
        }
      }
    });
  });
}
