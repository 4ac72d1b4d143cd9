// For everyone: WCAG 2.2 AA and the stricter numbers of the targets, on every page in every state.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../support/journey.js";
import { NEAR } from "../support/places.js";
import { NO_PAGE, routes, states } from "../support/states.js";

/** How a person may have set the phone: letters, colours, width. */
const LOOKS = [
  { name: "by day", width: 360, colorScheme: "light" },
  { name: "at night, narrow", width: 320, colorScheme: "dark" },
  { name: "large letters, dark chosen, narrow", width: 320, colorScheme: "light", theme: "dark", text: "large" },
  { name: "letters of 200 %", width: 360, colorScheme: "light", zoom: "200%" },
];

async function wear(page, { width, colorScheme, theme, text, zoom }) {
  await page.setViewportSize({ width, height: 740 });
  await page.emulateMedia({ colorScheme });
  await page.evaluate(
    ({ theme, text, zoom }) => {
      const html = document.documentElement;
      for (const [name, value] of Object.entries({ "data-theme": theme, "data-text": text })) {
        if (value) html.setAttribute(name, value);
        else html.removeAttribute(name);
      }
      html.style.fontSize = zoom ?? "";
    },
    { theme, text, zoom },
  );
}

/** The rules whose answer depends on colours and sizes. */
const LOOKED_AT = ["color-contrast", "color-contrast-enhanced", "target-size", "link-in-text-block"];

/** What axe has against a page, in a line each: by every rule, or by some. */
async function faults(page, rules) {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules) axe.withRules(rules);
  else axe.options({ rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 160)}\n  ${failureSummary.split("\n").at(-1).trim()}`),
  );
}

/** What sticks out to the right of the screen. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const [html, width] = [document.documentElement, window.screen.width];
    if (html.scrollWidth <= width) return "";
    const over = [...document.querySelectorAll("main *, header *, footer *, nav *")].filter(
      (element) => element.getBoundingClientRect().right > width + 0.5 && !element.closest("svg, .chips"),
    );
    return `${html.scrollWidth} px wide: ${over.slice(0, 4).map((element) => element.outerHTML.slice(0, 120)).join(" · ")}`;
  });

/** Things to tap that are smaller than a thumb, or not where it is: links inside a sentence are not meant. */
const small = (page) =>
  page.evaluate(() => {
    const say = (element, least) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && Math.min(width, height) < least - 0.5
        ? [`${element.outerHTML.slice(0, 80)}: ${Math.round(width)}×${Math.round(height)}, least ${least}`]
        : [];
    };
    const all = (selector) => [...document.querySelectorAll(selector)];
    return [
      ...all(".btn, .chip, .bar a, .list a, .tel, .switch > *, .row, .find input, .back, .map .cluster, .map .spot").flatMap((one) => say(one, 48)),
      ...all(".act .main").flatMap((one) => say(one, 64)),
      // A chip that is narrower than high has its word letter under letter.
      ...all(".chip").flatMap((one) => (one.offsetWidth < one.offsetHeight ? [`${one.outerHTML.slice(0, 80)}: torn`] : [])),
      // The one main action: under the thumb, and the widest of its row.
      ...all(".act .main").flatMap((one) => {
        const { width, top } = one.getBoundingClientRect();
        const wider = all(".act .btn").some((other) => other !== one && other.getBoundingClientRect().width > width);
        if (width === 0) return [];
        return [...(top < (innerHeight * 2) / 3 ? [`main action at ${Math.round(top)} px of ${innerHeight}`] : []), ...(wider ? ["main action narrower than its neighbour"] : [])];
      }),
    ];
  });

test("a page of the route table without a state here fails", () => {
  const walked = new Set([...states.map(([route]) => route), ...NO_PAGE]);
  expect([...walked].sort()).toEqual([...routes].sort());
});

test("the check sees what it is for: pale words, a small button, a wide picture", async ({ page }) => {
  await page.goto(NEAR);
  await page.evaluate(() => {
    const more = Object.assign(document.createElement("div"), {
      innerHTML: '<p id="pale">淡得看不清的字</p><a class="btn" id="tiny" href="/me">小</a><img alt="" id="wide" src="/icons/icon-512.png">',
    });
    document.querySelector("main").append(more);
    Object.assign(document.getElementById("pale").style, { color: "#6b6b6b", background: "#fff" });
    Object.assign(document.getElementById("tiny").style, { minHeight: "0", height: "20px", padding: "0", display: "inline-block", lineHeight: "20px" });
    Object.assign(document.getElementById("wide").style, { width: "600px", maxWidth: "none" });
  });
  const found = (await faults(page, LOOKED_AT)).join();
  expect(found).toContain("color-contrast-enhanced");
  expect((await small(page)).join()).toContain("tiny");
  expect(await sticksOut(page)).toContain("wide");
});

for (const [route, name, open, options] of states) {
  test.describe(() => {
    if (options) test.use(options);
    test(`${route} · ${name}: no fault, nothing sticks out, nothing too small to tap`, async ({ page, context, provoked }) => {
      await open({ page, context, provoked });
      const found = [];
      for (const look of LOOKS) {
        await wear(page, look);
        const wide = await sticksOut(page);
        const rules = look === LOOKS[0] ? undefined : LOOKED_AT;
        const all = [...(await faults(page, rules)), ...(wide ? [`sideways scroll: ${wide}`] : []), ...(look.zoom ? [] : await small(page))];
        found.push(...all.map((fault) => `${look.name}: ${fault}`));
      }
      expect(found.join("\n")).toBe("");
    });
  });
}

for (const [route, name, open, options] of states.filter(([, , open]) => open.isPlain)) {
  test.describe(() => {
    if (options) test.use(options);
    test(`${route} · ${name}: the same without scripts @nojs`, async ({ page, context, provoked }) => {
      await open({ page, context, provoked });
      const found = [];
      for (const look of [LOOKS[1], LOOKS[3]]) {
        await wear(page, look);
        const wide = await sticksOut(page);
        found.push(...(wide ? [`${look.name}: ${wide}`] : []), ...(look.zoom ? [] : await small(page)));
      }
      expect(found.join("\n")).toBe("");
    });
  });
}

/** Presses Tab until the focus is there. Each stop on the way must be visible to be of use. */
async function tabTo(page, selector, limit = 60) {
  for (let presses = 1; presses <= limit; presses += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate((selector) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const after = getComputedStyle(element, "::after");
      const ringed = [style, after].some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
      return { there: element.matches(selector), ringed, what: element.outerHTML.slice(0, 100) };
    }, selector);
    expect(seen.ringed, `a ring around ${seen.what}`).toBe(true);
    if (seen.there) return presses;
  }
  throw new Error(`no way to ${selector} within ${limit} presses of Tab`);
}

test("the keyboard alone comes from the list to the map app @both", async ({ page }) => {
  await page.goto(NEAR);
  expect(await tabTo(page, ".skip"), "the first stop skips the head").toBe(1);
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo(page, "#yes .row:first-child a");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/stations\//);
  await tabTo(page, ".act .main");
  const leaving = page.waitForRequest(/^https:\/\/uri\.amap\.com\//);
  await page.keyboard.press("Enter");
  await leaving;
});

test("what has the focus is never under the bars at the bottom", async ({ page }) => {
  await page.goto(NEAR);
  for (let presses = 0; presses < 45; presses += 1) {
    await page.keyboard.press("Tab");
    const hidden = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body || element.closest(".bar, .act")) return "";
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
      const at = document.elementFromPoint(x, (top + bottom) / 2);
      return at && at.closest(".bar, .act") ? element.outerHTML.slice(0, 100) : "";
    });
    expect(hidden).toBe("");
  }
});

test("with forced colours the sign, the chips and the buttons keep their edges", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`${NEAR}&want=toilet`);
  for (const selector of [".chip[aria-current]", ".chip:not([aria-current])", ".act .btn", ".row"]) {
    const edge = await page.locator(selector).first().evaluate((element) => {
      const { borderTopWidth, borderTopStyle, borderBottomWidth, borderBottomStyle } = getComputedStyle(element);
      return (borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0) || (borderBottomStyle !== "none" && parseFloat(borderBottomWidth) > 0);
    });
    expect(edge, `${selector} has an edge`).toBe(true);
  }
  await expect(page.locator(".row .state").first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("who wants less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(NEAR);
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
