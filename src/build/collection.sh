#!/bin/sh
# Builds the Ansible collection from this tree: build/collection.sh [FOLDER], by default the project's own folder.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$root/src/build/setup.sh"

require_node
require_python
build_project
find_ansible

output=$(CDPATH='' cd -- "${1:-$root}" && pwd)
made=$("$ansible/ansible-galaxy" collection build --force --output-path "$output" "$root" | sed -n 's/^Created collection .* at //p')
[ -n "$made" ] || fail "ansible-galaxy could not build the collection"

# A checkout can hold anything, secrets too: what is not on this list is never published, whatever galaxy.yml leaves out.
known='^(MANIFEST.json|FILES.json|README(\.zh-CN)?\.md|LICENSE|CHANGELOG.md|SECURITY.md|changelogs/.*|docs/.*|meta/.*|playbooks/.*|dist/.*|plugins/.*)$'
if tar -tzf "$made" | grep -Ev "$known" >&2; then
  rm -f "$made"
  fail "the files above do not belong into the collection: move them away, or add them to build_ignore in galaxy.yml"
fi
say "built $made"
