#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_rotate
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Has one server of K3s or RKE2 encrypt the cluster's keys with another token
description:
  - Sends one request to the server's own loopback, whose certificate has to be of the CA of the node.
  - What it answers is told and never believed. Whether the cluster is keyed with the new token only its datastore knows, which
    M(k3s_vars.token.k3s_token_facts) reads; so nothing that the server answers makes this module fail.
  - Both tokens come from the C(k3s-vars) program on the controller, over a pipe, and reach the node over the standard input of this
    module. They are in no variable and in no result, and there is no run without pipelining, which would leave them in a file.
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
  - k3s_vars.token.options.controller
attributes:
  idempotent:
    support: none
    details: Each run is a request. Whether one is needed the datastore's key tells.
options:
  cluster:
    description: The cluster, as C(k3s_vars.yml) names it.
    type: str
  rotation:
    description: The id of the rotation.
    type: str
  with:
    description: Which token the running server has in memory.
    type: str
    choices: [new, old]
    required: true
  to:
    description: Which one the cluster is to be keyed with.
    type: str
    choices: [new, old]
    required: true
  data_dir:
    description: The data folder of the server.
    type: path
    required: true
  port:
    description: The port of its supervisor.
    type: int
    required: true
  password:
    description: The token that authorizes, which comes from the program and is given by nobody else.
    type: str
  text:
    description: The token to rotate to, which comes from the program and is given by nobody else.
    type: str
  timeout:
    description: How many seconds the server has for its answer.
    type: int
    default: 30
"""

EXAMPLES = r"""
- name: Rotate on the server that the document names
  k3s_vars.token.k3s_token_rotate:
    cluster: prod
    rotation: "{{ rotation }}"
    program: k3s
    with: old
    to: new
    data_dir: /var/lib/rancher/k3s
    port: 6443
  become: true
"""

RETURN = r"""
outcome:
  description: V(done), V(refused) (the server has another token in memory), V(no-answer) or V(failed).
  type: str
  returned: success
status:
  description: The status of HTTP that the server answered; none where it did not.
  type: int
  returned: success
"""

import json

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._local_https import ask, NoAnswer
from ..module_utils._node_state import USERS
from ..module_utils._token_text import take_apart


def main():
    module = AnsibleModule(
        argument_spec={
            "cluster": {"type": "str"},
            "rotation": {"type": "str"},
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "with": {"type": "str", "choices": ["new", "old"], "required": True},
            "to": {"type": "str", "choices": ["new", "old"], "required": True},
            "data_dir": {"type": "path", "required": True},
            "port": {"type": "int", "required": True},
            "password": {"type": "str", "no_log": True},
            "text": {"type": "str", "no_log": True},
            "executable": {"type": "path"},
            "folder": {"type": "path"},
            "timeout": {"type": "int", "default": 30},
        },
        supports_check_mode=True,
    )
    try:
        status = None if module.check_mode else request(module.params)
    except Exception as error:  # whatever it is, its text may quote a token
        module.fail_json(msg="the request was not sent: %s" % type(error).__name__)
    outcome = {200: "done", 401: "refused", None: "no-answer"}.get(status, "failed")
    module.exit_json(changed=status == 200, outcome=outcome, status=status)


def request(params):
    form, secret, _fields = take_apart(params["text"], "token")
    if form not in ("short", "secure"):
        # K3s applies half of what it then refuses.
        raise ValueError(form)
    try:
        status, _body = ask(
            params["port"], "/v1-%s/token" % params["program"], {"ca": params["data_dir"] + "/server/tls/server-ca.crt"}, method="PUT",
            body=json.dumps({"newToken": secret}), user=USERS["server"], secret=params["password"], seconds=params["timeout"],
        )  # fmt: skip
        return status
    except NoAnswer:
        return None


if __name__ == "__main__":
    main()
