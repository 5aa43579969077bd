#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_cure
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Prepares a server of K3s or RKE2, which missed a rotation or was killed within it, for its next start
description:
  - Each cure is one change to a server that does not run. Nothing is started or stopped.
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
  - k3s_vars.token.options.root
options:
  cure:
    description:
      - V(forget-passwords) removes what the server has written of its passwords, which it fetches from the datastore then.
      - V(join) has it ask O(server) for the cluster's keys, by a file that is read behind the others, and V(none) removes that file.
    type: str
    choices: [forget-passwords, join, none]
    required: true
  server:
    description: The URL of a server that runs with the new token.
    type: str
"""

EXAMPLES = r"""
- name: Have it fetch its passwords anew
  k3s_vars.token.k3s_token_cure:
    program: k3s
    cure: forget-passwords
  become: true
"""

RETURN = r"""
outcome:
  description: V(done).
  type: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._cures import forget_passwords, place_join, remove_cures
from ..module_utils._node_process import find_process
from ..module_utils._node_tree import Tree
from ..module_utils._switch import sources_of


def main():
    module = AnsibleModule(
        argument_spec={
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "cure": {"type": "str", "choices": ["forget-passwords", "join", "none"], "required": True},
            "server": {"type": "str"},
            "root": {"type": "path", "default": "/"},
        },
        required_if=[("cure", "join", ("server",))],
        supports_check_mode=True,
    )
    tree = Tree(module.params["root"])
    if module.params["cure"] == "forget-passwords" and tree.is_running_system and find_process(module.params["program"]) is not None:
        module.fail_json(msg="%s runs: its passwords are left alone" % module.params["program"])
    try:
        changed = module.check_mode or run(tree, module.params)
    except Exception as error:  # whatever it is, its text may quote what was read
        module.fail_json(msg="the cure was not prepared: %s" % type(error).__name__)
    module.exit_json(changed=changed, outcome="done")


def run(tree, params):
    program, cure = params["program"], params["cure"]
    sources = sources_of(tree, program)
    if cure == "forget-passwords":
        return forget_passwords(tree, sources.value("data-dir") or "/var/lib/rancher/" + program)
    if cure == "join":
        return place_join(tree, program, sources, params["server"])
    return remove_cures(tree, program, sources)


if __name__ == "__main__":
    main()
