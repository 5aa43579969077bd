#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_side_files
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Lays the tokens of a rotation beside those that a node of K3s or RKE2 uses
description:
  - Writes each token into a file of its own, of mode 0600, in a folder that neither K3s nor RKE2 reads, through to the disk, and reads it
    back.
  - The tokens come from the C(k3s-vars) program on the controller, over a pipe, and reach the node over the standard input of this
    module. They are in no variable and in no result, and there is no run without pipelining, which would leave them in a file.
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
  - k3s_vars.token.options.root
  - k3s_vars.token.options.controller
options:
  state:
    description: Whether the files are to be there. V(absent) removes those of all rotations, and what repairs have left.
    type: str
    choices: [present, absent]
    default: present
  cluster:
    description: The cluster, as C(k3s_vars.yml) names it. Needed for V(present).
    type: str
  rotation:
    description: The id of the rotation. Needed for V(present).
    type: str
  files:
    description: Which tokens are going to be the node's. Needed for V(present).
    type: list
    elements: dict
    suboptions:
      option:
        description: For which option.
        type: str
        choices: [token, agent-token]
        required: true
      token:
        description: Which token of the cluster, that of servers or that of agents.
        type: str
        choices: [server, agent]
      prefix:
        description: What stands before it in the secure form.
        type: str
        default: ''
      text:
        description: The text itself, which comes from the program and is given by nobody else.
        type: str
seealso:
  - module: k3s_vars.token.k3s_token_switch
"""

EXAMPLES = r"""
- name: Lay the next token beside
  k3s_vars.token.k3s_token_side_files:
    cluster: prod
    rotation: "{{ rotation }}"
    program: k3s
    files: [{ option: token, token: server }]
  become: true
"""

RETURN = r"""
outcome:
  description: V(done).
  type: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._cures import remove_cures
from ..module_utils._node_tree import Tree
from ..module_utils._side_files import SideFiles
from ..module_utils._switch import sources_of

FILE = {
    "option": {"type": "str", "required": True, "choices": ["token", "agent-token"]},
    "token": {"type": "str", "choices": ["server", "agent"], "no_log": False},
    "prefix": {"type": "str", "default": ""},
    "text": {"type": "str", "no_log": True},
}


def main():
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "cluster": {"type": "str"},
            "rotation": {"type": "str"},
            "files": {"type": "list", "elements": "dict", "options": FILE},
            "executable": {"type": "path"},
            "folder": {"type": "path"},
            "root": {"type": "path", "default": "/"},
        },
        required_if=[("state", "present", ("rotation", "files"))],
        supports_check_mode=True,
    )
    try:
        changed = run(module.params, module.check_mode)
    except Exception as error:  # whatever it is, its text may quote what was written
        module.fail_json(msg="the side files of the rotation: %s" % type(error).__name__)
    module.exit_json(changed=changed, outcome="done")


def run(params, is_check):
    tree = Tree(params["root"])
    side = SideFiles(tree, params["program"])
    if params["state"] == "absent":
        if is_check:
            return bool(side.found())
        return any([side.remove(), remove_cures(tree, params["program"], sources_of(tree, params["program"]))])
    changed = False
    for file in params["files"]:
        if not is_check:
            changed = side.write(params["rotation"], file["option"], file["text"]) or changed
            if side.read(params["rotation"], file["option"]) != file["text"]:
                raise ValueError(file["option"])
    return changed


if __name__ == "__main__":
    main()
