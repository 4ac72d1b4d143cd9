#!/usr/bin/env bash
# Known holes in what is linked in. Needs the network: the list of advisories is fetched first.
source "$(dirname "$0")/common.sh"

deny=$(app/build/cargo-tool.sh cargo-deny 0.20.2)
copies="${CARGO_HOME:-$HOME/.cargo}/advisory-dbs"

# The date of the newest advisory in the local copy; empty without one.
copy_date() {
  local copy
  copy=$(find "$copies" -mindepth 2 -maxdepth 2 -name .git 2>/dev/null | head -n 1)
  [ -z "$copy" ] || git -C "${copy%/.git}" log -1 --format=%cs 2>/dev/null || true
}

say "▸ 下载漏洞公告并检查（约 30 秒）…"
if "$deny" --locked fetch db; then
  fetched=yes
else
  fetched=no
fi
dated=$(copy_date)
[ -n "$dated" ] ||
  stop "漏洞公告下载不了，本机也没有旧的一份：这一次没有检查任何漏洞。能上网以后再运行 make audit。"
age=$((($(date +%s) - $(date -d "$dated" +%s)) / 86400))
if [ "$fetched" = no ]; then
  say "! 漏洞公告这次下载不了，用的是本机旧的一份。"
fi
say "  公告日期 $dated，$age 天前。"
"$deny" --locked check --disable-fetch advisories
