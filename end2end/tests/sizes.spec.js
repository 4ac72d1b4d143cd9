// Bytes as Chromium transfers them on a first visit, heads of the replies included, beside the targets.
// A count recorded as met in sizes.json fails when it exceeds its target.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/journey.js";
import { CELL, NEAR, pageOf } from "../support/places.js";
import { home } from "../support/servers.js";

const limits = JSON.parse(readFileSync(new URL("../sizes.json", import.meta.url), "utf8"));

/** Everything that came over the wire for a page, until it is quiet: [{ kind, path, bytes }]. */
async function transferred(context, visit) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const files = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request, type }) => files.set(requestId, { type, url: request.url, bytes: 0 }));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) files.get(requestId).bytes = encodedDataLength;
  });
  await cdp.send("Network.enable");
  await visit(page);
  await page.waitForLoadState("networkidle");
  await page.close();
  return [...files.values()].map(({ type, url, bytes }) => {
    const { pathname } = new URL(url);
    const kind = { Document: "HTML", Stylesheet: "CSS", Script: "JS", Manifest: "icons", Image: "icons" }[type];
    return { kind: pathname.endsWith(".wasm") ? "WASM" : pathname.endsWith(".js") ? "JS" : (kind ?? type), path: pathname, bytes };
  });
}

const sum = (files, ...kinds) =>
  files.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).reduce((all, { bytes }) => all + bytes, 0);

/** The table of a page, and the counts that are over. */
function judge(title, files, counts) {
  const rows = Object.entries(limits[title]).map(([what, { target, met }]) => {
    const measured = counts[what];
    const verdict = target === undefined ? "" : measured <= target ? "✓" : met ? "✗ recorded as met" : "– not met yet";
    return { what, measured, target, met, verdict };
  });
  const table = [
    title,
    ...rows.map(({ what, measured, target, verdict }) =>
      `  ${what.padEnd(26)}${String(measured).padStart(8)}${(target === undefined ? "" : ` ≤ ${target}`).padEnd(10)} ${verdict}`.trimEnd(),
    ),
    ...files.map(({ kind, path, bytes }) => `    ${String(bytes).padStart(7)}  ${kind}  ${path}`),
    "",
  ].join("\n");
  console.log(table);
  appendFileSync(join(home, "sizes.txt"), `${table}\n`);
  for (const { what, measured } of rows) expect(measured, `${what} was counted`).toBeGreaterThanOrEqual(0);
  return rows.filter(({ measured, target, met }) => met && measured > target).map(({ what, measured, target }) => `${what}: ${measured} > ${target}`);
}

const usual = (files) => ({
  "HTML + CSS": sum(files, "HTML", "CSS"),
  "HTML + CSS + JS glue": sum(files, "HTML", "CSS", "JS"),
  JS: sum(files, "JS"),
  WASM: sum(files, "WASM"),
  total: sum(files),
  requests: files.length,
});

test("/ with a place and 20 rows", async ({ context }) => {
  const files = await transferred(context, async (page) => {
    await page.goto(NEAR);
    await expect(page.locator("#yes .row")).toHaveCount(20);
    await expect(page.locator("#locate")).toBeVisible();
  });
  expect(sum(files, "WASM"), "the module was loaded").toBeGreaterThan(1_000);
  expect(judge("/ with a place and 20 rows", files, usual(files))).toEqual([]);
});

test("a station page", async ({ context }) => {
  const finder = await context.newPage();
  await pageOf(finder, "太康路无人值守工会驿站");
  const address = finder.url();
  await finder.close();
  const fresh = await context.browser().newContext({ baseURL: new URL(address).origin, serviceWorkers: "block" });
  const files = await transferred(fresh, (page) => page.goto(address));
  await fresh.close();
  expect(files.filter(({ kind }) => kind === "JS"), "one plain script").toHaveLength(1);
  expect(judge("a station page", files, usual(files))).toEqual([]);
});

test("the map, on tap", async ({ context }) => {
  const files = await transferred(context, async (page) => {
    await page.goto(`/map?cell=${CELL}#9/34.75/113.66`);
    await expect(page.locator("#where")).toContainText("这一片");
  });
  const code = files.filter(({ path }) => path.startsWith("/pkg/") && !path.includes("/site."));
  const outlines = files.filter(({ path }) => /^\/outlines\/(?!100000)/.test(path));
  expect(outlines.length, "the outlines of the province came").toBeGreaterThan(0);
  const counts = { ...usual(files), code: sum(code), "outlines of the province": Math.max(...outlines.map(({ bytes }) => bytes)) };
  expect(judge("the map, on tap", files, counts)).toEqual([]);
});

test("pages with nothing to copy, share or locate carry no script", async ({ context }) => {
  const all = [];
  for (const path of ["/join", "/rights", "/cover", "/me", "/privacy", "/about", "/offline", "/place", "/place/410100", `/radar?cell=${CELL}`]) {
    const files = await transferred(context, (page) => page.goto(path));
    expect(files.filter(({ kind }) => kind === "JS" || kind === "WASM"), path).toEqual([]);
    if (all.length === 0) all.push(...files);
  }
  expect(judge("a content page", all, usual(all))).toEqual([]);
});
