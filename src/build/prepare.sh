#!/bin/sh
# npm's `prepare`: builds dist/ before the package is packed, and where it is installed from Git, as pre-commit does it. Called
# with --global, npm there hands that on to the installation of the development packages, so that they are missing here.
# Nothing is printed on standard output: `npm pack` prints the name of the package there.
set -eu
cd "$(dirname -- "$0")/../.."
if ! [ -x node_modules/.bin/tsx ]; then
  unset npm_config_global npm_config_prefix npm_config_omit NPM_CONFIG_PREFIX
  npm ci --include=dev --ignore-scripts --no-audit --loglevel=error >&2
fi
node_modules/.bin/tsx src/build/bundle.ts >&2
