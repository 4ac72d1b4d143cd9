#!/usr/bin/env bash
# run.sh [--seed N] [--count N] [--strings FILE]: our opening hours against the npm package opening_hours, an
# independent evaluator, on 2,000 strings of a grammar at 200 moments each. Every difference must be explained
# in differences.json. The package is installed for the test only; nothing of it is kept here.
source "$(dirname "$0")/../../app/build/common.sh"

app/build/npm.sh end2end/hours
cargo build --locked --quiet -p domain --example hours_answers
exec node end2end/hours/compare.mjs "${CARGO_TARGET_DIR:-target}/debug/examples/hours_answers" "$@"
