// The pages in Chromium, on a phone's screen, against the release build with a database of its own.
//
// A test runs with JavaScript unless its title carries @nojs (only without) or @both.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

// Workers load this file again: the first to do so decides for all.
process.env.E2E_PORT ??= "43117";
process.env.E2E_HOME ??= mkdtempSync(join(tmpdir(), "huizhanjia-e2e-"));
process.env.E2E_SERVER_LOG ??= join(process.env.E2E_HOME, "server.log");
const { E2E_PORT: port, E2E_HOME: home, E2E_SERVER_LOG: log } = process.env;
const origin = `http://127.0.0.1:${port}`;

const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Two cores, and the server needs some of them.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  reporter: [["list"], ["json", { outputFile: join(home, "results.json") }]],
  use: {
    baseURL: origin,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        // Chromium's sandbox does not start for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        // Nothing but the pages may reach for the network.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
      ],
    },
  },
  projects: [
    { name: "phone", use: phone, grepInvert: /@nojs/ },
    { name: "phone without JavaScript", use: { ...phone, javaScriptEnabled: false }, grep: /@nojs|@both/ },
  ],
  webServer: {
    command: `exec ./target/release/server serve 2>'${log}'`,
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    url: `${origin}/readyz`,
    timeout: 30_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    env: {
      LISTEN: `127.0.0.1:${port}`,
      DATABASE_URL: `sqlite:${join(home, "test.db")}`,
      METRICS_LISTEN: "off",
      LIMITS: "off",
      LOG: "json",
      LOG_LEVEL: "debug",
      TRIAL: "loopback",
    },
  },
});
