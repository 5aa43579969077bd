#!/bin/sh
# Builds the package and puts it into the current folder, as a file whose name it prints:
#   npm install --save-dev "$(../k3s_vars/src/build/pack.sh)"
# What only a checkout can use (scripts, packages for development, settings of tools) is not in the package.json that is packed:
# of a script that it does not have, such as `prepare`, npm would warn whoever installs it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=$PWD
sh "$root/src/build/prepare.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$root"
npm pack --ignore-scripts --loglevel=error --pack-destination "$folder" >/dev/null
tar -xzf "$folder"/k3s-vars-*.tgz -C "$folder"
cd "$folder/package"
npm pkg delete scripts devDependencies jest prettier overrides
npm pack --ignore-scripts --loglevel=error --pack-destination "$target"
