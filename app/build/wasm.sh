#!/usr/bin/env bash
# What the phone runs: target/site-work/site.js and site.wasm, loadable by Chrome 61 and up.
#
# One module for everybody, without what WebAssembly gained after its first version: browsers on
# Chromium 61-95 are still in use, and the old form is no bigger.
source "$(dirname "$0")/common.sh"

work=target/site-work
tools=app/build/node_modules/.bin
# std is compiled as it is; wasm-bindgen looks at `reference-types` and then keeps objects in a JS heap.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C target-feature=-reference-types,-multivalue,-bulk-memory,-nontrapping-fptoint,-sign-ext"
# These would win over the line above.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
mkdir -p "$work"
# On a terminal cargo draws its own progress.
quiet=(--quiet)
[ ! -t 2 ] || quiet=()

# As a cdylib alone: beside an rlib cargo leaves out the LTO. Stripped here, because a profile with a
# section for a package forgets its own `strip`; with `target_features` left in, wasm-bindgen would
# believe std's claims and turn externref on again.
step "编译手机上跑的 WASM（第一次约 2 分钟，之后几秒）…" \
  cargo rustc --locked "${quiet[@]}" -p app --lib --crate-type cdylib \
  --target wasm32-unknown-unknown --profile wasm-release -- -C strip=symbols
compiled=target/wasm32-unknown-unknown/wasm-release/app.wasm

inputs=$(content_hash "$compiled" app/build/wasm.sh app/build/package-lock.json app/bindgen/src Cargo.lock)
fresh "$work/wasm.stamp" "$inputs" && exit 0

# Its own target folder: a tool in the dev profile must not disturb what `cargo test` has built.
step "编译 wasm-bindgen 工具（第一次约 30 秒）…" \
  cargo build --locked "${quiet[@]}" -p bindgen --target-dir target/tools

rm -rf "$work/bindgen"
target/tools/debug/bindgen "$compiled" "$work/bindgen" site

# The first pass lowers what std still uses, the second forgets every feature and shrinks once more.
lower() {
  "$tools/wasm-opt" -Oz \
    --enable-bulk-memory --enable-bulk-memory-opt --enable-reference-types --enable-multivalue \
    --enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals \
    --llvm-memory-copy-fill-lowering --llvm-nontrapping-fptoint-lowering --signext-lowering \
    "$work/bindgen/site_bg.wasm" -o "$work/lowered.wasm" &&
    "$tools/wasm-opt" -Oz --mvp-features "$work/lowered.wasm" -o "$work/site.wasm"
}
step "压小 WASM（约 10 秒）…" lower

"$tools/wasm-validate" \
  --disable-bulk-memory --disable-reference-types --disable-multi-value --disable-sign-extension \
  --disable-saturating-float-to-int --disable-mutable-globals --disable-simd "$work/site.wasm" ||
  stop "WASM 用了旧浏览器没有的指令，Chrome 61 打不开。检查 RUSTFLAGS 和上面两遍 wasm-opt。"

cp "$work/bindgen/site.js" "$work/site.js"
printf '%s' "$inputs" >"$work/wasm.stamp"
