# shellcheck shell=sh disable=SC2034,SC2154
# Shared by examples/run and test/run: finds or makes what they need. Sourced, with $root set to the project's folder.
# Everything made lies in node_modules, dist and .cache; nothing is installed anywhere else, but for one case that says so.

say() { printf '==> %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The same rule as `engines` in package.json; Ansible needs a Python that can make virtual environments.
require_node() {
  command -v node >/dev/null || fail "missing: Node.js 20.19 or newer (no 'node' on PATH)"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "missing: Node.js 20.19 or newer (this is $(node --version))"
  command -v npm >/dev/null || fail "missing: npm, which comes with Node.js"
}

require_python() {
  find_python 9 99 >/dev/null || fail "missing: Python 3.9 or newer (no 'python3' on PATH)"
}

# find_python LOWEST HIGHEST: the newest Python 3 whose minor version lies between, on PATH or under pyenv.
find_python() {
  for minor in 14 13 12 11 10 9; do
    [ "$minor" -ge "$1" ] && [ "$minor" -le "$2" ] || continue
    for candidate in "$(command -v "python3.$minor")" "${PYENV_ROOT:-$HOME/.pyenv}/versions/3.$minor".*/bin/python3 "$(command -v python3)"; do
      [ -x "$candidate" ] || continue
      "$candidate" -c "import sys, venv; sys.exit(sys.version_info[1] != $minor)" 2>/dev/null || continue
      printf '%s\n' "$candidate"
      return
    done
  done
  return 1
}

build_project() {
  if [ ! -e "$root/node_modules/.package-lock.json" ] || [ "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]; then
    say "npm ci --ignore-scripts"
    (cd "$root" && npm ci --ignore-scripts --no-audit --loglevel=error) || fail "npm could not install the packages"
    touch "$root/node_modules/.package-lock.json"
  fi
  if [ ! -e "$root/dist/inventory.cjs.cache" ] || [ -n "$(find "$root/src" "$root/package.json" -newer "$root/dist/inventory.cjs.cache" -type f | head -n 1)" ]; then
    say "npm run build"
    (cd "$root" && npm run --silent build) || fail "the build failed"
  fi
}

# make_ansible NAME REQUIREMENT LOWEST HIGHEST: a virtual environment in .cache/ansible/NAME, unless it is there already.
make_ansible() {
  home=$root/.cache/ansible/$1
  [ -x "$home/bin/ansible-playbook" ] && return
  interpreter=$(find_python "$3" "$4") || return
  say "a private virtual environment with $2 in .cache/ansible/$1"
  rm -rf "$home" "$home.new"
  # Made under another name first, so that an interrupted installation is never taken for a whole one.
  "$interpreter" -m venv "$home" && "$home/bin/python3" -m pip install --quiet --disable-pip-version-check "$2" || {
    rm -rf "$home"
    return 1
  }
}

# is_new_enough PROGRAM: whether it belongs to ansible-core 2.15 or newer.
is_new_enough() {
  minor=$("$1" --version 2>/dev/null | sed -n '1s/.*core 2\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 15 ]
}

# Sets $ansible to the folder of Ansible's programs: those on PATH if new enough, else private ones, else Debian's package.
find_ansible() {
  if command -v ansible-playbook >/dev/null && is_new_enough ansible-playbook; then
    ansible=$(dirname "$(command -v ansible-playbook)")
  elif make_ansible newest ansible-core 9 99; then
    ansible=$root/.cache/ansible/newest/bin
  elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "apt-get install ansible-core"
    apt-get install --yes --quiet ansible-core >/dev/null || fail "missing: Ansible, and neither pip nor apt-get could install it"
    is_new_enough ansible-playbook || say "note: this ansible-core is older than 2.15, the oldest that is supported"
    ansible=$(dirname "$(command -v ansible-playbook)")
  else
    fail "missing: ansible-core 2.15 or newer (none on PATH, and pip could not install it)"
  fi
}
