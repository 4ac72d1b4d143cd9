// The phone's position does not leave the phone: one long journey with everything on, watched closely.
// What the fixture finds in every other journey as well, and in the logs, is in logs.spec.js.
import { expect, test } from "../support/journey.js";
import { sent, tooFine } from "../support/leaks.js";
import { CELL, NEAR, SQUARE, kept } from "../support/places.js";

test("the watch itself sees a position in any dress, and nothing else", () => {
  for (const leak of [
    "/?cell=34.7537,113.6604",
    "/?cell=34.7537%2C113.6604",
    "/api/v1/stations/nearby?lat=34.753&lng=113.66",
    "/nearby/rest?at=347537123,1136604567",
    "← http://127.0.0.1:3000/?at=34.75371",
    '{"y":347537000}',
  ]) {
    expect(tooFine(leak), leak).not.toEqual([]);
  }
  for (const fine of [
    "/?cell=34.75,113.66&want=hot_water,24h",
    "/map/stations?bbox=113.60,34.70,113.72,34.80&z=11",
    "/pkg/site.1234567890.css",
    "/stations/93N4MKFQ9H",
    "/outlines/410000",
    "/place/410100",
    "/place?q=%E4%BA%8C%E4%B8%83",
  ]) {
    expect(tooFine(fine), fine).toEqual([]);
  }
  expect(sent("http://127.0.0.1/map?cell=34.75,113.66#11/34.7537/113.6604")).not.toContain("34.7537");
});

test.describe("with the worker on", () => {
  test.use({ serviceWorkers: "allow" });

  test("from 定位 to the door, the map and back: nobody learns more than the cell", async ({ page, context, asked }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(SQUARE);
    await page.goto("/");
    await page.locator("#locate").click();
    await expect(page.locator("#how")).toContainText("误差约 30 米");
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.reload();
    await page.locator("#locate").click();
    await expect(page.locator("#how")).toContainText("误差约 30 米");
    await page.getByRole("link", { name: "热水", exact: true }).click();
    await expect(page).toHaveURL(`${NEAR}&want=hot_water`);
    await page.locator("#yes .row:visible a").first().click();
    await expect(page).toHaveURL(/\/stations\//);
    await page.getByRole("link", { name: "换个地图" }).click();
    await page.goBack();
    await page.goBack();
    await page.goto(`/map?cell=${CELL}`);
    await expect(page.locator("#where")).toContainText("这一片");
    await page.getByRole("button", { name: "缩小" }).click();
    await page.goto(`/radar?cell=${CELL}`);
    await page.goto("/me");
    expect(await kept(context)).toEqual({ cell: CELL });

    // The watcher of every journey judges them; here it is made sure that it saw all of it.
    const paths = asked.map((request) => new URL(request.url()).pathname);
    for (const path of ["/", "/sw.js", "/map/stations", "/radar", "/me"]) expect(paths).toContain(path);
    expect(paths.filter((path) => path.endsWith(".wasm")).length).toBeGreaterThan(0);
  });
});

test("a position that a program sends to the public API is answered, and left to the log to forget", async ({ request, baseURL }) => {
  // logs.spec.js looks for these digits.
  const reply = await request.get(`${baseURL}/api/v1/stations/nearby?lat=34.753712&lng=113.660412&limit=3`);
  expect(reply.status()).toBe(200);
  expect((await reply.json()).features ?? (await reply.json()).stations).toHaveLength(3);
  const wrong = await request.get(`${baseURL}/api/v1/stations/nearby?lat=934.753712&lng=113.660412`);
  expect(wrong.status()).toBe(400);
});

test("no page names another host to load from, and the policy allows none", async ({ request, baseURL }) => {
  for (const path of ["/", NEAR, "/place", `/map?cell=${CELL}`, "/me", "/about", "/offline"]) {
    const reply = await request.get(baseURL + path);
    const html = await reply.text();
    expect(html.match(/(?:src|srcset|action|poster)="(?:https?:)?\/\//g), path).toBeNull();
    expect(html.match(/<link[^>]+href="(?:https?:)?\/\//g), path).toBeNull();
    expect(html, path).not.toMatch(/<style|\sstyle="|\son\w+="|<script>/);
    const policy = reply.headers()["content-security-policy"];
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toMatch(/https?:|\*|'unsafe-inline'|'unsafe-eval'/);
  }
});
