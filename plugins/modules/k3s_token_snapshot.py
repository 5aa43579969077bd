#!/usr/bin/python
# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: k3s_token_snapshot
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Takes a snapshot of the datastore of a server of K3s or RKE2
description:
  - Embedded etcd is asked by the program itself, of sqlite a copy is made while it runs. What holds the cluster's keys is encrypted in
    both with the token of the day.
  - Where there is one of the name already, nothing is done.
extends_documentation_fragment: [k3s_vars.token.attributes]
options:
  program:
    description: What the node runs.
    type: str
    choices: [k3s, rke2]
    required: true
  name:
    description: The name; that of etcd gets the node and the time behind it.
    type: str
    required: true
  datastore:
    description: What it is of.
    type: str
    choices: [etcd, sqlite]
    required: true
  data_dir:
    description: The data folder of the server.
    type: path
    required: true
"""

EXAMPLES = r"""
- name: Take a snapshot that says which token it needs
  k3s_vars.token.k3s_token_snapshot:
    program: k3s
    name: prod-3-0123456789ab
    datastore: etcd
    data_dir: /var/lib/rancher/k3s
  become: true
"""

RETURN = r"""
outcome:
  description: V(done).
  type: str
  returned: success
path:
  description: The file, or the folder where etcd's are.
  type: str
  returned: success
"""

import re
import subprocess

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._datastore import copy_sqlite
from ..module_utils._node_condition import program_path, SNAPSHOTS
from ..module_utils._node_tree import Tree

NAME = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,200}\Z")


def main():
    module = AnsibleModule(
        argument_spec={
            "program": {"type": "str", "choices": ["k3s", "rke2"], "required": True},
            "name": {"type": "str", "required": True},
            "datastore": {"type": "str", "choices": ["etcd", "sqlite"], "required": True},
            "data_dir": {"type": "path", "required": True},
        },
        supports_check_mode=True,
    )
    params = module.params
    if not NAME.match(params["name"]):
        module.fail_json(msg="that is no name of a snapshot")
    folder = params["data_dir"] + SNAPSHOTS
    there = [name for name in Tree().list(folder) if name == params["name"] + ".db" or name.startswith(params["name"] + "-")]
    try:
        if not there and not module.check_mode:
            take(params, folder)
    except Exception as error:  # whatever it is, its text may quote what the program printed
        module.fail_json(msg="there is no snapshot: %s" % type(error).__name__)
    module.exit_json(changed=not there, outcome="done", path=folder)


def take(params, folder):
    if params["datastore"] == "sqlite":
        return copy_sqlite(params["data_dir"] + "/server/db/state.db", "%s/%s.db" % (folder, params["name"]))
    program = program_path(Tree(), params["program"])
    words = [program, "etcd-snapshot", "save", "--name", params["name"], "--data-dir", params["data_dir"]]
    with open("/dev/null", "r+") as nothing:
        return subprocess.check_call(words, stdin=nothing, stdout=nothing, stderr=nothing)


if __name__ == "__main__":
    main()
