// After everything else: what the whole run has asked for, and what the servers wrote down about it.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { tooFine } from "../support/leaks.js";
import { demo, imported, requestLog } from "../support/servers.js";

const lines = (file) => (existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);

/** Fields that measure the program itself. */
const MEASURED = /^(timestamp|request_id|elapsed|\w+_(ms|secs))$/;

test("in a full run no request was finer than the cell or went to another host @afterwards", () => {
  const all = lines(requestLog);
  // Without them the rule would hold of nothing.
  expect(all.filter((line) => line.includes("cell=34.75,113.66")).length).toBeGreaterThan(20);
  expect(all.filter((line) => line.includes("/map/stations?")).length).toBeGreaterThan(0);
  expect(all.filter((line) => line.startsWith("FOREIGN"))).toEqual([]);
  expect(all.filter((line) => tooFine(line).length > 0)).toEqual([]);
  console.log(`${all.length} requests: none finer than 0.01°, none to another host`);
});

test("no line of a server's log holds a position, a path, a query or an address @afterwards", () => {
  for (const { log } of [demo, imported]) {
    const all = lines(log);
    if (log === demo.log) expect(all.length).toBeGreaterThan(100);
    for (const line of all) {
      let text = line;
      try {
        // Times and ids have digits of their own, which may look like anything; a slow statement is logged with how
        // long it took.
        const rest = Object.fromEntries(Object.entries(JSON.parse(line)).filter(([name]) => !MEASURED.test(name)));
        text = JSON.stringify(rest);
        // What the phones asked for must not be there in any form; the first lines of a start are no request.
        if (rest.route !== undefined) expect(text).not.toMatch(/cell=|want=|lat=|lng=|bbox=|127\.0\.0\.1|Mozilla/);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      expect(tooFine(text), line).toEqual([]);
      expect(text, line).not.toMatch(/34\.?7537|113\.?6604/);
    }
  }
});
