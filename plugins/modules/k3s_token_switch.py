#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_switch
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Exchanges the token in the places from which K3s or RKE2 takes it
description:
  - Each place keeps the way in which its token is written there, and every other byte of its file, so that a role which writes it the
    same way has nothing to change afterwards.
  - What is going to be there is first read as K3s reads it. Where another token would win, or where the former one stands in a way that
    is not known, nothing is written.
  - Nothing is restarted. To go on it takes no secret, since M(k3s_vars.token.k3s_token_side_files) has brought that to the node before;
    for the way back the former token comes as it does there.
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
  - k3s_vars.token.options.root
  - k3s_vars.token.options.controller
options:
  rotation:
    description: The id of the rotation.
    type: str
    required: true
  to:
    description: Whether the places get the new token, from the side files, or the old one, from the program on the controller.
    type: str
    choices: [new, old]
    default: new
  cluster:
    description: The cluster, as C(k3s_vars.yml) names it. Needed for V(old).
    type: str
  places:
    description: The places, as C(places) of M(k3s_vars.token.k3s_token_facts) tells them.
    type: list
    elements: dict
    required: true
    suboptions:
      place:
        description: The kind of place.
        type: str
        choices: [command-line, config, environment, environment-file, token-file]
        required: true
      path:
        description: Its file.
        type: str
        required: true
      option:
        description: The option that it gives.
        type: str
        choices: [token, agent-token]
        required: true
      style:
        description:
          - How the text is to be written; by default as the former one is. V(yaml) is as a dump of YAML would write it, with quotes only
            where they are needed.
        type: str
        choices: [plain, single, double, yaml]
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
  - module: k3s_vars.token.k3s_token_side_files
"""

EXAMPLES = r"""
- name: Switch to the token that lies beside
  k3s_vars.token.k3s_token_switch:
    program: k3s
    rotation: "{{ rotation }}"
    places:
      - place: config
        path: /etc/rancher/k3s/config.yaml
        option: token
  become: true
"""

RETURN = r"""
outcome:
  description: V(done), or V(no-side-file) or V(failed).
  type: str
  returned: always
files:
  description: The files that were written.
  type: list
  elements: str
  returned: success
reason:
  description: Why nothing was, V(absent), V(unclear), V(not-read-back), V(another-wins), V(no-side-file) or why a file cannot be read.
  type: str
  returned: failure
"""

import os

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._node_tree import Tree, Unreadable
from ..module_utils._side_files import SideFiles
from ..module_utils._switch import Refused, Switch

PLACE = {
    "place": {"type": "str", "required": True, "choices": ["command-line", "config", "environment", "environment-file", "token-file"]},
    "path": {"type": "str", "required": True},
    "option": {"type": "str", "required": True, "choices": ["token", "agent-token"]},
    "style": {"type": "str", "choices": ["plain", "single", "double", "yaml"]},
    "token": {"type": "str", "choices": ["server", "agent"], "no_log": False},
    "prefix": {"type": "str", "default": ""},
    "text": {"type": "str", "no_log": True},
}


def main():
    module = AnsibleModule(
        argument_spec={
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "rotation": {"type": "str", "required": True},
            "to": {"type": "str", "choices": ["new", "old"], "default": "new"},
            "cluster": {"type": "str"},
            "executable": {"type": "path"},
            "folder": {"type": "path"},
            "places": {"type": "list", "elements": "dict", "required": True, "options": PLACE},
            "root": {"type": "path", "default": "/"},
        },
        supports_check_mode=True,
    )
    try:
        files = run(module)
    except Refused as error:
        outcome = "no-side-file" if error.reason == "no-side-file" else "failed"
        message = "the token in %s was not exchanged: %s" % (error.path, error.reason)
        module.fail_json(msg=message, outcome=outcome, reason=error.reason, path=error.path)
    except Unreadable as error:
        module.fail_json(msg="a file of the exchange cannot be read: %s" % error.reason, outcome="failed", reason=error.reason)
    except Exception as error:  # whatever it is, its text may quote what was read
        module.fail_json(msg="the exchange: %s" % type(error).__name__, outcome="failed")
    module.exit_json(changed=bool(files), outcome="done", files=files)


def run(module):
    params = module.params
    tree = Tree(params["root"])
    switch = Switch(tree, params["program"], texts_of(tree, params))
    switch.prepare([(place["place"], place["path"], place["option"], place["style"]) for place in params["places"]])
    if not module.check_mode:
        switch.write()
        if tree.is_running_system and any(place["place"] in ("command-line", "environment") for place in params["places"]):
            reload_units(module)
    return sorted(switch.files)


def texts_of(tree, params):
    if params["to"] == "old":
        return dict((place["option"], place["text"]) for place in params["places"])
    side = SideFiles(tree, params["program"])
    texts = {}
    for option in set(place["option"] for place in params["places"]):
        try:
            texts[option] = side.read(params["rotation"], option)
        except Unreadable as error:
            if error.reason != "absent":
                raise
    return texts


def reload_units(module):
    """So that systemd has what stands in them now."""
    if os.path.isdir("/run/systemd/system"):
        if module.run_command(["systemctl", "daemon-reload"], handle_exceptions=False)[0] != 0:
            raise RuntimeError()


if __name__ == "__main__":
    main()
