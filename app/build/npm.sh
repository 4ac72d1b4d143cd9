#!/usr/bin/env bash
# npm.sh FOLDER: FOLDER/node_modules becomes a link to the cached packages of its lock file.
source "$(dirname "$0")/common.sh"

folder="$1"
key=$(cat "$folder/package.json" "$folder/package-lock.json" | sha256sum | cut -c1-16)
packages="$CACHE/npm/$(uname -m)-$key"

install() {
  local fresh_copy
  fresh_copy=$(mktemp -d "$CACHE/npm/new.XXXXXX")
  cp "$folder/package.json" "$folder/package-lock.json" "$folder/.npmrc" "$fresh_copy/"
  # No package needs its install script: each brings its binary in a package of its own.
  (cd "$fresh_copy" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || return
  # Another checkout may have been quicker; its copy is as good.
  mv -T "$fresh_copy" "$packages" 2>/dev/null || rm -rf "$fresh_copy"
}

if [ ! -d "$packages/node_modules" ]; then
  mkdir -p "$CACHE/npm"
  step "下载 $folder 要的 npm 包（约 10 秒，看网速）…" install
fi
if [ -d "$folder/node_modules" ] && [ ! -L "$folder/node_modules" ]; then
  stop "$folder/node_modules 是一个真的文件夹。这里要放一个指向缓存的链接，请先把它移走。"
fi
ln -sfn "$packages/node_modules" "$folder/node_modules"
