// count.mjs RUST_LOG [BROWSER_RESULTS]: the closing line, summed over all test programs.
import { readFileSync } from "node:fs";

const [rustLog, browserResults] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const results = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
for (const [, passed, failed, ignored] of readFileSync(rustLog, "utf8").matchAll(results)) {
  total.passed += Number(passed);
  total.failed += Number(failed);
  total.skipped += Number(ignored);
}
if (browserResults) {
  const { stats } = JSON.parse(readFileSync(browserResults, "utf8"));
  total.passed += stats.expected;
  total.failed += stats.unexpected + stats.flaky;
  total.skipped += stats.skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
