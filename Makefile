# What a person types. Each command can be repeated: steps whose inputs are unchanged are skipped.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build hours-peer test quick bench torture audit fmt clean toolchain site server rust-tests browser-tests
MAKEFLAGS += --no-print-directory

STEP := app/build/step.sh
TOOL := app/build/cargo-tool.sh
# On a terminal cargo draws its own progress; in a log only what goes wrong.
QUIET := $(shell [ -t 2 ] || echo --quiet)

help:
	@echo '会站家'
	@echo
	@echo '  make run      装好缺的东西，编译，在本机启动：http://localhost:3000'
	@echo '  make test     全部检查：格式、clippy、依赖、Rust 测试、浏览器测试'
	@echo '  make quick    只做快的检查：格式、clippy、Rust 测试'
	@echo '  make build    编译出 target/release/server 和 target/site/'
	@echo '  make bench    测速，和别的做法比'
	@echo '  make torture  把测试里的随机次数开到最大（很久）'
	@echo '  make audit    查依赖有没有公布的漏洞（要联网）'
	@echo '  make fmt      整理代码格式'
	@echo '  make clean    删掉编译结果；数据库（var/）和下载缓存不动'

run: build
	@exec ./target/release/server serve

build: site server

# The compilers, checked and completed.
toolchain:
	@app/build/toolchain.sh

# target/site: WASM, scripts, styles, icons.
site: toolchain
	@app/build/npm.sh app/build
	@app/build/wasm.sh
	@node app/build/site.mjs

server: toolchain
	@$(STEP) '编译服务器（第一次约 4 分钟，之后几秒到半分钟）…' \
	  cargo build --locked $(QUIET) --release -p server

# Quick checks first, so that a slip shows in seconds. CARGO_INCREMENTAL and REQUIRE_POSTGRES come from .ci/run.
test: toolchain
	@$(STEP) '格式（1 秒）…' cargo fmt --all --check
	@$(STEP) '下载 Rust 依赖（第一次约 30 秒）…' cargo fetch --locked $(QUIET)
	@deny=$$($(TOOL) cargo-deny 0.20.2); $(STEP) '依赖的许可、来源和禁用名单（约 10 秒）…' \
	  $$deny --locked --log-level error check --hide-inclusion-graph bans licenses sources
	@shear=$$($(TOOL) cargo-shear 1.14.0); $(STEP) '没用到的依赖（1 秒）…' $$shear --locked --deny-warnings
	@$(MAKE) clippy rust-tests hours-peer build browser-tests
	@node app/build/count.mjs target/tests/rust.log target/tests/browser-results.json

quick: toolchain
	@$(STEP) '格式（1 秒）…' cargo fmt --all --check
	@$(MAKE) clippy rust-tests
	@node app/build/count.mjs target/tests/rust.log

.PHONY: clippy
clippy:
	@$(STEP) 'clippy，服务器一侧（第一次约 3 分钟）…' \
	  cargo clippy --locked $(QUIET) --workspace --all-targets -- -D warnings
	@$(STEP) 'clippy，手机一侧（第一次约 1 分钟）…' \
	  cargo clippy --locked $(QUIET) -p app --target wasm32-unknown-unknown -- -D warnings

rust-tests:
	@mkdir -p target/tests
	@$(STEP) 'Rust 测试，SQLite 和 PostgreSQL（第一次约 10 分钟）…' \
	  server/tests/postgres.sh cargo test --locked --workspace --exclude bindgen 2>&1 | tee target/tests/rust.log

# An evaluator written by others says the same of opening hours, or we say why not.
hours-peer:
	@$(STEP) '开放时间和另一个求值器比（约 15 秒）…' end2end/hours/run.sh

browser-tests:
	@$(STEP) '浏览器测试（约 15 到 20 分钟）…' end2end/run.sh

bench: toolchain
	@$(STEP) '测速（约 5 分钟，别的程序最好关掉）…' cargo bench --locked -p server

# Every count that `make test` runs at one fiftieth.
torture: toolchain
	@mkdir -p target/tests
	@$(STEP) '完整次数的测试，优化编译（约 20 分钟）…' \
	  env EXACT_POINTS=10000 EXACT_MEMBERS=200000 EXACT_PERSONS=1000 EXACT_GUESSES=100000 EXACT_ROTATION=10000 server/tests/postgres.sh \
	  cargo test --locked --release -p domain -p server 2>&1 | tee target/tests/torture.log
	@node app/build/count.mjs target/tests/torture.log

audit: toolchain
	@app/build/audit.sh

fmt: toolchain
	@cargo fmt --all

clean:
	@cargo clean --quiet
	@rm -rf end2end/test-results end2end/playwright-report end2end/node_modules app/build/node_modules
	@echo '编译结果删掉了。下载缓存还在：'"$${HUIZHANJIA_CACHE:-$${XDG_CACHE_HOME:-$$HOME/.cache}/huizhanjia}"
