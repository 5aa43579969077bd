# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import annotations

DOCUMENTATION = r"""
name: k3s_vars
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: Cluster tokens for the groups of any inventory
description:
  - Gives groups and hosts the variables that the inventory source of k3s_vars would give them, above all the token of their cluster.
    The hosts themselves may come from a static inventory, or from anywhere else.
  - The groups are matched by name. A cluster alone has the names that its role expects, several clusters have names of their own;
    C(groups) in C(k3s_vars.yml) replaces both.
  - The program runs once for each run of Ansible. When it fails, Ansible stops.
options:
  stage:
    env:
      - name: K3S_VARS_STAGE
    ini:
      - section: k3s_vars
        key: stage
  executable:
    description: The program to ask. By default it is the one that came with this plugin.
    type: path
    env:
      - name: K3S_VARS_EXECUTABLE
    ini:
      - section: k3s_vars
        key: executable
  config:
    description: The C(k3s_vars.yml) to use. By default the one in the current folder.
    type: path
    env:
      - name: K3S_VARS_CONFIG
    ini:
      - section: k3s_vars
        key: config
  timeout:
    description: Seconds to wait for the program, which may have to wait for a vault password script.
    type: int
    default: 120
    env:
      - name: K3S_VARS_TIMEOUT
    ini:
      - section: k3s_vars
        key: timeout
extends_documentation_fragment:
  - vars_plugin_staging
notes:
  - 'Enable it with C(vars_plugins_enabled = host_group_vars, k3s_vars.token.k3s_vars) in C(ansible.cfg); whoever comes later wins.
    Found by its path, in C(vars_plugins), its name there is C(k3s_vars).'
  - Found by its path and not named there, it runs as well, but every C(group_vars) of a group then beats it.
  - Variables of this plugin beat those of groups in the inventory and C(group_vars/all), and, named last, C(group_vars) of any group;
    in ansible-core 2.15 those win, whatever the order. Variables of a host always win.
seealso:
  - plugin: k3s_vars.token.k3s_token
    plugin_type: lookup
"""

import os
import sys

from ansible import constants
from ansible.errors import AnsibleParserError
from ansible.inventory.host import Host
from ansible.plugins.vars import BaseVarsPlugin

if __name__.startswith("ansible_collections."):
    from ..plugin_utils import k3s_vars_program as program
    from ..plugin_utils import k3s_vars_servers as servers
else:  # found by its path, in the folder of the project
    sys.path.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "plugin_utils"))
    import k3s_vars_program as program
    import k3s_vars_servers as servers


class VarsModule(BaseVarsPlugin):
    # Whoever names the plugin in vars_plugins_enabled decides its order with that. Without this, what is found by its path
    # runs before all that is named, so that the named host_group_vars would win.
    if program.__name__ == "k3s_vars_program" and "k3s_vars" in constants.VARIABLE_PLUGINS_ENABLED:
        REQUIRES_ENABLED = True

    def get_vars(self, loader, path, entities, cache=True):
        super().get_vars(loader, path, entities)
        entities = entities if isinstance(entities, list) else [entities]
        if servers.is_asking() or not entities:
            return {}
        try:
            document = program.Program(loader, self.get_option, servers.Servers(loader, entities[0])).document_of_all()
        except program.ProgramError as error:
            raise AnsibleParserError(str(error)) from None
        inventory = document["inventory"]
        variables = {}
        for entity in entities:
            if isinstance(entity, Host):
                variables.update(inventory["_meta"]["hostvars"].get(entity.name, {}))
            else:
                variables.update(inventory.get(entity.name, {}).get("vars", {}))
        return variables
