#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_facts
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Where a node of K3s or RKE2 has which token, without telling it
description:
  - Reads every place where a node can have a token, and says which of them K3s takes at its next start.
  - A token never leaves the node. In its place stands a code, its HMAC-SHA-256 under the O(nonce), which only who has the nonce and the
    token can compare.
  - Changes nothing. It asks the supervisor and etcd of the node over its own loopback, with the CA of the node.
extends_documentation_fragment: [k3s_vars.token.attributes]
options:
  nonce:
    description:
      - What the codes are made with. A new one for each run; nobody but the controller has to know it, since weak tokens could be found by
        trying.
    type: str
    required: true
  program:
    description: What the node runs. By default whichever it has files of.
    type: str
    choices: [k3s, rke2]
  memory:
    description: Whether the running server is asked which token it has in memory. A wrong guess is a line in its log; at most four are made.
    type: bool
    default: true
  root:
    description: The folder that is the root of the node's file system. Of another one than V(/) only files are read.
    type: path
    default: /
notes:
  - Run it as root; what it may not read is told as such.
  - It returns no variables in C(ansible_facts), so that no fact cache keeps them.
"""

EXAMPLES = r"""
- name: Which tokens the node has
  k3s_vars.token.k3s_token_facts:
    nonce: "{{ k3s_vars_nonce }}"
  become: true
  register: k3s_vars_node
"""

RETURN = r"""
program:
  description: V(k3s) or V(rke2); V(none) where the node has no files of either.
  type: str
  returned: success
kind:
  description: V(server), V(agent) or V(none).
  type: str
  returned: success
service:
  description: The file that starts the program, its name, and whether it is C(active); none where there is none.
  type: dict
  returned: success
process:
  description:
    - The running process, by C(pid) and the moment of its start in ticks (C(started)), and that moment in seconds since 1970 by the
      node's clock (C(since)); none where none runs.
  type: dict
  returned: success
data_dir:
  description: The data folder.
  type: str
  returned: success
join:
  description: The URL of the server that it joins through; empty where it has none.
  type: str
  returned: success
places:
  description:
    - Every place where a token is, or should be.
    - C(place) is one of V(command-line), V(config), V(environment), V(environment-file), V(token-file), V(process), V(server/token),
      V(server/agent-token), V(cred/passwd) and V(memory); C(path) and C(line) say where it stands.
    - C(option) is V(token) or V(agent-token), for what is configured; C(token) is V(server) or V(agent).
    - C(state) is V(present), V(empty), V(absent), V(unreadable), and of the memory V(refused) or V(unclear); C(reason) says why.
    - C(form) is how the text is written, V(short), V(secure), V(bootstrap), V(split) or V(malformed).
    - C(style) is how it stands in its file, V(plain), V(single) or V(double), and V(other) where it could not be exchanged in place.
      C(changed) is when that file was last written, in seconds since 1970.
    - C(code) stands for the token. C(wins) is whether K3s takes it at its next start, C(read) whether it looks there at all.
  type: list
  elements: dict
  returned: success
faults:
  description: What K3s or this module cannot read, by C(place), C(path), C(line) and C(reason).
  type: list
  elements: dict
  returned: success
conflicts:
  description: Options that are given in two spellings, with which K3s does not start.
  type: list
  elements: str
  returned: success
datastore:
  description:
    - The C(kind), V(etcd), V(sqlite), V(external) or V(none); whether it was read (C(state)), and why not (C(reason)).
    - C(keys) are codes of the names of the keys, of which there has to be one.
    - C(members) are those of etcd, and whether each can be reached from here.
  type: dict
  returned: success
ca:
  description: The certificates of the cluster's CA, which everybody may know; empty where there are none.
  type: str
  returned: success
side:
  description:
    - What a rotation has laid beside, by C(rotation), C(option) (V(token) or V(agent-token)), C(path), C(state), C(reason),
      C(form) and C(code).
  type: list
  elements: dict
  returned: success
repairs:
  description: What a repair has left.
  type: list
  elements: str
  returned: success
gate:
  description: The C(status) with which a server answers whether it is ready, asked with the token that it has in memory.
  type: dict
  returned: success
etcd:
  description: The server's own member of etcd, by C(id), and whether it is C(healthy), C(voting) and C(leader). Empty where there is none.
  type: dict
  returned: success
snapshots:
  description: The C(folder) of snapshots, whether it is C(writable), and their C(names). Empty where there can be none.
  type: dict
  returned: success
version:
  description: The version of the program; empty where it is not found.
  type: str
  returned: success
disk:
  description: Free bytes where its C(data) and its C(config) are, and how many its C(database) takes.
  type: dict
  returned: success
addresses:
  description: The names and addresses of the node, without those of the loopback.
  type: list
  elements: str
  returned: success
port:
  description: The port of the supervisor.
  type: int
  returned: success
clock:
  description: The seconds since 1970 by the node's clock.
  type: float
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._node_report import report


def main():
    module = AnsibleModule(
        argument_spec={
            "nonce": {"type": "str", "required": True, "no_log": True},
            "program": {"type": "str", "choices": ["k3s", "rke2"]},
            "memory": {"type": "bool", "default": True},
            "root": {"type": "path", "default": "/"},
        },
        supports_check_mode=True,
    )
    try:
        answer = report(module.params, module.run_command)
    except Exception as error:  # whatever it is, its text may quote what was read
        module.fail_json(msg="the node could not be looked at: %s" % type(error).__name__)
    module.exit_json(changed=False, **answer)


if __name__ == "__main__":
    main()
