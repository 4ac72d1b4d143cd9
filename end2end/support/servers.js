// Where the two servers listen and what they hold. Workers load this again: the first to do so decides for all.
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { env } = process;

/** The top of the checkout. */
export const top = fileURLToPath(new URL("../..", import.meta.url));

env.E2E_PORT ??= "43117";
env.E2E_IMPORTED_PORT ??= "43118";
env.E2E_HOME ??= mkdtempSync(join(tmpdir(), "huizhanjia-e2e-"));
env.E2E_SERVER_LOG ??= join(env.E2E_HOME, "server.log");

/** Databases, logs and reports of this run; gone afterwards. */
export const home = env.E2E_HOME;
/** The program under test. */
export const program = env.SERVER ?? "./target/release/server";

/** The pack of made-up stations. */
export const demo = { origin: `http://127.0.0.1:${env.E2E_PORT}`, port: env.E2E_PORT, database: "demo.db", log: env.E2E_SERVER_LOG };
/** What the program prints for whoever runs it: in a trial the codes too, which no log holds. */
export const consoleOf = ({ log }) => `${log}.console`;

/** The union's own list of Zhengzhou, imported as an operator would. */
export const imported = {
  origin: `http://127.0.0.1:${env.E2E_IMPORTED_PORT}`,
  port: env.E2E_IMPORTED_PORT,
  database: "imported.db",
  log: join(home, "imported.log"),
};
/** Every request of the run, one a line. */
export const requestLog = join(home, "requests.log");

/** The file of the imported server, or nothing where the data is not at hand. */
export const csv = (() => {
  const folder = join(env.TEST_DATA ?? join(top, "../shared/data"), "zhengzhou-union-stations");
  const name = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith(".csv")) : undefined;
  return name && join(folder, name);
})();

/** The environment of a server, or of a command beside it. */
export const environment = ({ port, database }) => ({
  LISTEN: `127.0.0.1:${port}`,
  DATABASE_URL: `sqlite:${join(home, database)}`,
  SECRET_FILE: join(home, `${database}.secret`),
  METRICS_LISTEN: "off",
  LIMITS: "off",
  LOG: "json",
  LOG_LEVEL: "debug",
  TRIAL: "loopback",
});
