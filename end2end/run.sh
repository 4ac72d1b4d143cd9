#!/usr/bin/env bash
# run.sh [PLAYWRIGHT OPTIONS]: the browser tests against SERVER (target/release/server), on the 示范 pack
# and on the list of Zhengzhou under TEST_DATA (../shared/data). For one file:
# end2end/run.sh tests/nearby.spec.js
# UPDATE_SCREENS=1 end2end/run.sh tests/screens.spec.js renews the committed pictures.
source "$(dirname "$0")/../app/build/common.sh"

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

export CHROMIUM="${CHROMIUM:-$(find_chromium || true)}"
if [ -z "$CHROMIUM" ]; then
  install_packages "浏览器测试" chromium
  CHROMIUM=$(find_chromium)
fi
# Without a Chinese font every letter is an empty box, and no measured size is true.
if ! fc-list :lang=zh-cn 2>/dev/null | grep -q .; then
  install_packages "中文字体" fonts-noto-cjk fontconfig
fi

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
app/build/npm.sh end2end

free_port() {
  node --eval 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
E2E_PORT="${E2E_PORT:-$(free_port)}"
E2E_IMPORTED_PORT="${E2E_IMPORTED_PORT:-$(free_port)}"
E2E_HOME=$(mktemp -d /tmp/huizhanjia-e2e.XXXXXX)
E2E_SERVER_LOG="$E2E_HOME/server.log"
export E2E_PORT E2E_IMPORTED_PORT E2E_HOME E2E_SERVER_LOG

# The report of the last run stays where `make test` counts it and a person finds it.
finish() {
  mkdir -p target/tests
  for file in results.json server.log imported.log requests.log sizes.txt; do
    if [ -f "$E2E_HOME/$file" ]; then cp "$E2E_HOME/$file" "target/tests/browser-$file"; fi
  done
  rm -rf "$E2E_HOME"
}
trap finish EXIT

cd end2end
code=0
node_modules/.bin/playwright test "$@" || code=$?
cd ..
if [ "$code" != 0 ] && [ -s "$E2E_SERVER_LOG" ]; then
  say "  服务器最后说的（全文在 target/tests/browser-server.log）："
  grep -v '"level":"DEBUG"' "$E2E_SERVER_LOG" | tail -n 15 >&2 || true
fi
exit "$code"
