#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_gate
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Waits until a node of K3s or RKE2 works with the token that is configured on it
description:
  - A server is asked, over its loopback interface, the question that it answers last after a start, and only to its own token; and
    its member of etcd has to be healthy and to vote.
  - For an agent, the server that it joins through is asked whether it accepts the token that is configured on the agent.
  - Either has to hold twice in a row, for another process than O(was). Nothing is changed.
  - The token of a server comes from the C(k3s-vars) program on the controller, as with M(k3s_vars.token.k3s_token_side_files).
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
  - k3s_vars.token.options.controller
options:
  kind:
    description: Whether it runs as a server or as an agent.
    type: str
    choices: [server, agent]
    required: true
  was:
    description: C(process) of M(k3s_vars.token.k3s_token_facts) from before the restart; empty where none ran.
    type: dict
    default: {}
  until:
    description:
      - V(before) does not wait. It says whether the server is ready with that token already, and otherwise whether it may be stopped
        now, which is only while every other member of etcd that votes can be reached.
      - V(ready) waits until it is ready, V(end) until the process has ended by itself.
    type: str
    choices: [before, ready, end]
    default: ready
  gate:
    description: Which token a server has to have.
    type: str
    choices: [new, old]
    default: new
  data_dir:
    description: The data folder. Needed for a server.
    type: path
  port:
    description: The port of the supervisor. Needed for a server.
    type: int
  cluster:
    description: The cluster, as C(k3s_vars.yml) names it. Needed for a server.
    type: str
  rotation:
    description: The id of the rotation. Needed for a server.
    type: str
  password:
    description: The token, which comes from the program and is given by nobody else.
    type: str
  timeout:
    description: How many seconds are waited.
    type: int
    default: 120
"""

EXAMPLES = r"""
- name: Wait until the server has the new token and is ready
  k3s_vars.token.k3s_token_gate:
    program: k3s
    kind: server
    cluster: prod
    rotation: "{{ rotation }}"
    was: "{{ k3s_vars_node.process }}"
    data_dir: "{{ k3s_vars_node.data_dir }}"
    port: "{{ k3s_vars_node.port }}"
  become: true
"""

RETURN = r"""
outcome:
  description:
    - V(done), or why not. V(refused), it has another token in memory; V(ended), it does not run; V(timeout), it was not ready in time.
    - Before a restart V(go) or V(not-now) as well.
  type: str
  returned: always
waited:
  description: For how many seconds it was waited.
  type: float
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._gate import AgentGate, ServerGate
from ..module_utils._node_tree import Tree

REASONS = {
    "refused": "it has another token in memory than it should (401)",
    "ended": "it ended after its start; its log says why",
    "timeout": "it is not ready, and may still become so",
    "not-now": "another server of the cluster cannot be reached, so this one is left alone",
}


def main():
    module = AnsibleModule(
        argument_spec={
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "kind": {"type": "str", "choices": ["server", "agent"], "required": True},
            "was": {"type": "dict", "default": {}},
            "until": {"type": "str", "choices": ["before", "ready", "end"], "default": "ready"},
            "gate": {"type": "str", "choices": ["new", "old"], "default": "new"},
            "data_dir": {"type": "path"},
            "port": {"type": "int"},
            "cluster": {"type": "str"},
            "rotation": {"type": "str"},
            "password": {"type": "str", "no_log": True},
            "executable": {"type": "path"},
            "folder": {"type": "path"},
            "timeout": {"type": "int", "default": 120},
        },
        required_if=[("kind", "server", ("data_dir", "port", "password"))],
        supports_check_mode=True,
    )
    try:
        outcome, waited = ask(module.params)
    except Exception as error:  # whatever it is, its text may quote what was read
        module.fail_json(msg="the node could not be asked: %s" % type(error).__name__, outcome="failed", waited=0.0)
    if outcome in ("done", "go"):
        module.exit_json(changed=False, outcome=outcome, waited=waited)
    module.fail_json(msg="%s after %d s: %s" % (module.params["program"], waited, REASONS[outcome]), outcome=outcome, waited=waited)


def ask(params):
    was = (params["was"].get("pid"), params["was"].get("started")) if params["was"] else None
    tree, program = Tree(), params["program"]
    if params["kind"] == "agent":
        return AgentGate(tree, program, was).wait(params["timeout"])
    gate = ServerGate(tree, program, was, params)
    if params["until"] == "before":
        return gate.before(), 0.0
    return gate.wait_for_end(params["timeout"]) if params["until"] == "end" else gate.wait(params["timeout"])


if __name__ == "__main__":
    main()
