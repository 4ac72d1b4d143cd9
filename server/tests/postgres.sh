#!/usr/bin/env bash
# postgres.sh COMMAND…: runs the command beside a private, empty PostgreSQL that ends with it.
#
# The command finds the server at TEST_POSTGRES_URL, on a unix socket in a folder of its own, and may
# create databases there. Where PostgreSQL cannot be had the command runs without the variable and its
# PostgreSQL tests skip themselves; with REQUIRE_POSTGRES=1 that is a failure.
source "$(dirname "$0")/../../app/build/common.sh"

newest_bin() {
  find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

bin=$(newest_bin)
if [ -z "$bin" ]; then
  install_packages "用真的 PostgreSQL 测试存储" postgresql || true
  bin=$(newest_bin)
fi
if [ -z "$bin" ]; then
  [ "${REQUIRE_POSTGRES:-0}" = 0 ] || stop "没有 PostgreSQL，而 REQUIRE_POSTGRES=1 要求有。"
  say "! 没有 PostgreSQL：跳过它的测试，只测 SQLite。"
  exec "$@"
fi

# PostgreSQL refuses to run as root. Its package brings a user without rights.
as_user=()
home=$(mktemp -d /tmp/huizhanjia-pg.XXXXXX)
if [ "$(id -u)" = 0 ]; then
  as_user=(runuser -u postgres --)
  chown postgres "$home"
fi

begun=0
finish() {
  [ "$begun" = 0 ] || (cd / && "${as_user[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM

start() {
  # Nothing in this cluster outlives the tests, so it need not wait for the disk.
  (
    cd / &&
      "${as_user[@]}" "$bin/initdb" -D "$home/data" -U tests -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$home/log" 2>&1 &&
      "${as_user[@]}" "$bin/pg_ctl" -D "$home/data" -l "$home/data/log" -w -t 60 \
        -o "-c listen_addresses='' -c unix_socket_directories='$home' -c port=5432 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
        start >>"$home/log" 2>&1 &&
      "${as_user[@]}" "$bin/createdb" -h "$home" -p 5432 -U tests tests >>"$home/log" 2>&1
  ) && return
  cat "$home/log" "$home/data/log" >&2 2>/dev/null
  return 1
}
begun=1
step "启动一个临时的 PostgreSQL（约 3 秒）…" start

export TEST_POSTGRES_URL="postgres://tests@localhost:5432/tests?host=$home"
"$@"
