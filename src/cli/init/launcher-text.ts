// The launcher that `init` writes into a project. It must not pass for an INI or YAML inventory: Ansible would then read it as
// one when it fails and hide its error, so its first line of code is one that both refuse (facts on ansible-core 2.15 to 2.21).

/** A shell script; its lines have to end in LF alone, or the system does not find its interpreter. */
export const LAUNCHER_TEXT = `#!/bin/sh
# This is an executable inventory source, not an INI or YAML inventory. It runs the k3s-vars package that is installed in
# this folder or one above it, or else the k3s_vars on PATH.

# Ansible tries to read a failed script as an inventory file. This line ends that, and is quoted in the last error of Ansible's.
true 'the error to read is further up, in what k3s_vars says behind "script"; if it says nothing there, make this file executable'

# The package would look beside itself for the configuration; this file belongs to the project. The first one is heeded.
first=\${K3S_VARS_LAUNCHER:-}
K3S_VARS_LAUNCHER=\${first:-$0}
export K3S_VARS_LAUNCHER

# Runs the package of a folder, or of one above it.
run_above() {
  above=$1
  shift
  while [ -n "$above" ]; do
    program=$above/node_modules/k3s-vars/plugins/k3s_vars
    [ -x "$program" ] && exec "$program" "$@"
    above=\${above%/*}
  done
}

# First where a link to this file stands, then where it points.
case $0 in */*) place=$0 ;; *) place=./$0 ;; esac
while :; do
  folder=\${place%/*}/
  run_above "$(CDPATH='' cd -L -- "$folder" && pwd -L)" "$@"
  run_above "$(CDPATH='' cd -P -- "$folder" && pwd -P)" "$@"
  [ -h "$place" ] && target=$(readlink "$place") || break
  case $target in /*) place=$target ;; *) place=$folder$target ;; esac
done

# Another project's launcher found us there: it has looked.
[ -z "$first" ] || PATH=
IFS=:
for folder in $PATH; do
  program=\${folder:-.}/k3s_vars
  [ -f "$program" ] && [ -x "$program" ] && [ ! "$program" -ef "$0" ] && exec "$program" "$@"
done

echo 'k3s_vars: the package k3s-vars is not installed (K3SV_FAULT)' >&2
echo 'hint: run "npm install" in this project, whose package.json has it; or put k3s_vars on PATH' >&2
exit 1
`
