#!/usr/bin/env bash
# Makes sure that the compilers are there: a linker, the pinned Rust with its WASM target, Node.
source "$(dirname "$0")/common.sh"

command -v cc >/dev/null || install_packages "C 编译器：SQLite 和链接要用" gcc libc6-dev

command -v cargo >/dev/null ||
  stop "没有找到 cargo。先装 Rust（https://rustup.rs），然后重新打开终端再试。"
if command -v rustup >/dev/null; then
  channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup run "$channel" rustc --version >/dev/null 2>&1; then
    step "装 Rust $channel（约 1 分钟）…" \
      rustup toolchain install "$channel" --profile minimal --component clippy --component rustfmt \
      --target wasm32-unknown-unknown
  fi
  rustup target list --installed --toolchain "$channel" | grep -qx wasm32-unknown-unknown ||
    step "装 WASM 编译目标（约 10 秒）…" rustup target add --toolchain "$channel" wasm32-unknown-unknown
else
  [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ] ||
    stop "这套 Rust 没有 wasm32-unknown-unknown 目标，也没有 rustup。请用 rustup 装 Rust。"
fi

node_major=$(node --print 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
[ "$node_major" -ge 20 ] || stop "要 Node 20 或更新的版本，现在是 ${node_major/#0/没有}。"
command -v npm >/dev/null || stop "没有找到 npm。它通常和 Node 一起装。"
