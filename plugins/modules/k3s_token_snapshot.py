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
  - Of embedded etcd it has the program itself take a snapshot, of SQLite it makes a copy while the server runs. In both, the keys of
    the cluster are encrypted with the token that is in use at that time.
  - If there is a snapshot of that name already, nothing is done.
extends_documentation_fragment:
  - k3s_vars.token.attributes
  - k3s_vars.token.options
options:
  name:
    description: The name of the snapshot; etcd appends the node and the time to it.
    type: str
    required: true
  datastore:
    description: The datastore of the server.
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
  description: The file, or the folder of the snapshots of etcd.
  type: str
  returned: success
"""

import re

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
            take(params, folder, module.run_command)
    except Exception as error:  # whatever it is, its text may quote what the program printed
        module.fail_json(msg="there is no snapshot: %s" % type(error).__name__)
    module.exit_json(changed=not there, outcome="done", path=folder)


def take(params, folder, run):
    if params["datastore"] == "sqlite":
        copy_sqlite(params["data_dir"] + "/server/db/state.db", "%s/%s.db" % (folder, params["name"]))
        return
    program = program_path(Tree(), params["program"])
    words = [program, "etcd-snapshot", "save", "--name", params["name"], "--data-dir", params["data_dir"]]
    if run(words, handle_exceptions=False)[0] != 0:
        raise RuntimeError()


if __name__ == "__main__":
    main()
