// The pages in Chromium, on a phone's screen, against two servers with databases of their own.
//
// A test runs with JavaScript unless its title carries @nojs (only without) or @both.
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { consoleOf, csv, demo, environment, home, imported, program, top } from "./support/servers.js";

const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** `import-stations` as the README has it. */
const importing = [
  program,
  "import-stations",
  quoted(csv ?? ""),
  "--datum gcj02 --kind union_station --source zhengzhou",
  "--columns lng=lon_gcj02,lat=lat_gcj02,district=district_as_given,hours=open_hours_as_given,phone=landline_as_given",
  `--rejects ${quoted(join(home, "rejects.csv"))} >/dev/null`,
].join(" ");

/** A year of made-up members and applications, so that there are figures: the months are counted when it starts. */
const filling = `${program} generate-members --members 1500 --applications 900 >/dev/null`;

/** A server of the release build, its database new, its log in a file. */
const serve = (server, before = "") => ({
  command: `exec 2>${quoted(server.log)} >${quoted(consoleOf(server))}; ${before} exec ${program} serve`,
  cwd: top,
  url: `${server.origin}/readyz`,
  timeout: 30_000,
  reuseExistingServer: false,
  gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  env: environment(server),
});

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Two cores, and the server needs some of them.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A machine that wakes from sleep is slow at first, and that is no fault of a page.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: join(home, "results.json") }]],
  use: {
    baseURL: demo.origin,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    actionTimeout: 20_000,
    // Traces double the time: TRACE=1 keeps one of every failure.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        // Chromium's sandbox does not start for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        // Nothing but the pages may reach for the network, and they reach our servers only.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
        "--no-proxy-server",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ],
    },
  },
  projects: [
    { name: "phone", use: phone, grepInvert: /@nojs|@afterwards/ },
    {
      name: "phone without JavaScript",
      use: { ...phone, javaScriptEnabled: false },
      grep: /@nojs|@both/,
      grepInvert: /@afterwards/,
    },
    // Reads what all the others have left in the logs.
    { name: "afterwards", grep: /@afterwards/, dependencies: ["phone", "phone without JavaScript"] },
  ],
  webServer: [serve(demo), ...(csv ? [serve(imported, `${importing} && ${filling} &&`)] : [])],
});
