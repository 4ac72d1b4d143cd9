# Shared by every build script: where downloads live, how a long step speaks, what may be installed.
# Source it; it changes into the top of the checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Downloads and tools outlive a checkout, so that a fresh clone does not fetch them again.
CACHE="${HUIZHANJIA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/huizhanjia}"

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "✗ $*"
  exit 1
}

# step SENTENCE COMMAND…: one line before, and the seconds after. When it fails, which step it was.
# A function given to it must end each of its lines with && or `|| return`: bash forgets `set -e` there.
step() {
  local sentence="$1" begun=$SECONDS
  shift
  say "▸ $sentence"
  if "$@"; then
    say "  ✓ 用了 $((SECONDS - begun)) 秒"
  else
    local code=$?
    say "  ✗ 没做成（$((SECONDS - begun)) 秒）：$sentence"
    return "$code"
  fi
}

# One hash over the names and contents of files and folders.
content_hash() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-32
}

# fresh STAMP HASH: whether the step that wrote STAMP last ran on exactly these inputs.
fresh() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }

# install_packages WHY PACKAGE…: by apt where this account may, otherwise the words to type.
install_packages() {
  local why="$1" root=()
  shift
  [ "$(id -u)" = 0 ] || root=(sudo -n)
  if command -v apt-get >/dev/null && "${root[@]}" true 2>/dev/null; then
    say "▸ 装 $*（$why）…"
    if "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$@" >"$CACHE/apt.log" 2>&1 ||
      { "${root[@]}" apt-get -qq update >"$CACHE/apt.log" 2>&1 &&
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$@" >>"$CACHE/apt.log" 2>&1; }; then
      return 0
    fi
    tail -n 3 "$CACHE/apt.log" >&2
  fi
  say "✗ 缺 $*（$why）。请先装上，例如：sudo apt-get install $*"
  return 1
}

mkdir -p "$CACHE"
