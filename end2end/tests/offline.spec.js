// With the network gone: the page seen before, with its date; otherwise the page that says so, with numbers to dial.
import { expect, noNetwork, test } from "../support/journey.js";
import { NEAR, dials, names } from "../support/places.js";

test.use({ serviceWorkers: "allow" });

/** The worker is there and has filled its store. */
const ready = (page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

test("a page seen before opens without a network, and says when it was kept", async ({ page, context, provoked }) => {
  provoked.push(noNetwork);
  await page.goto(NEAR);
  await ready(page);
  // The first visit came before the worker; this one is kept.
  await page.reload();
  await expect(page.locator("#locate")).toBeVisible();
  await expect.poll(() => page.evaluate(() => caches.match(location.href).then(Boolean))).toBe(true);
  const list = await names(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("main > .note")).toContainText(/网络不好。这是 2\d{3}\/\d+\/\d+ .*存下的内容/);
  expect(await names(page)).toEqual(list);
  await expect(page.locator("#locate"), "scripts come from the phone as well").toBeVisible();
});

test("the kept list is ranked by the phone's position without a network", async ({ page, context, provoked }) => {
  provoked.push(noNetwork);
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 34.7501, longitude: 113.6601, accuracy: 20 });
  await page.goto(NEAR);
  await ready(page);
  await page.reload();
  await expect.poll(() => page.evaluate(() => caches.match(location.href).then(Boolean))).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await page.locator("#locate").click();
  await expect(page.locator("#how")).toContainText("误差约 20 米");
});

test("a page never seen becomes the page for no network, with numbers to dial, and 再试一次 brings it", async ({
  page,
  context,
  provoked,
}) => {
  provoked.push(noNetwork);
  await page.goto(NEAR);
  await ready(page);
  await context.setOffline(true);
  await page.goto("/rights");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有网");
  for (const number of ["120", "122", "12351"]) await expect(dials(page, number).first()).toBeVisible();
  await expect(page).toHaveURL("/rights");
  const styled = await page.evaluate(() => document.styleSheets.length);
  expect(styled, "its styles are kept as well").toBeGreaterThan(0);
  await context.setOffline(false);
  await page.getByRole("link", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("维权");
});

test("what is kept of a person's pages is in this browser only, and a new worker takes over by itself", async ({ page }) => {
  await page.goto(NEAR);
  await ready(page);
  const stores = await page.evaluate(() => caches.keys());
  expect(stores.filter((name) => name.startsWith("files-"))).toHaveLength(1);
  const script = await page.request.get("/sw.js");
  expect(script.headers()["cache-control"]).toBe("no-cache");
});

test("the manifest is one that phones install from, and every icon is there in its size", async ({ page, request, baseURL }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const reply = await request.get(baseURL + href);
  expect(reply.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = await reply.json();
  expect(manifest).toMatchObject({ name: "会站家", start_url: "/", scope: "/", display: "standalone", lang: "zh-CN" });
  const sizes = { any: [], maskable: [] };
  for (const icon of manifest.icons) {
    const bytes = await (await request.get(baseURL + icon.src)).body();
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, icon.src).toBe(icon.sizes);
    sizes[icon.purpose ?? "any"].push(icon.sizes);
  }
  expect(sizes).toEqual({ any: ["192x192", "512x512"], maskable: ["192x192", "512x512"] });
  for (const link of await page.locator('link[rel~="icon"], link[rel="apple-touch-icon"]').all()) {
    expect((await request.get(baseURL + (await link.getAttribute("href")))).status()).toBe(200);
  }
});

test("Chromium finds nothing that keeps the site from being installed", async ({ page, context }) => {
  await page.goto("/");
  await ready(page);
  const cdp = await context.newCDPSession(page);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // A private window, as every test has, cannot install anything.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});
