# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Where the hosts of Ansible's own inventory are, for a vars plugin, which Ansible shows one host or group at a time.
#
# No file in this folder begins with a docstring, see k3s_vars_program.py.
from __future__ import annotations

from ansible import constants, context
from ansible.inventory.helpers import get_group_vars, sort_groups
from ansible.inventory.host import Host
from ansible.vars.plugins import get_vars_from_inventory_sources, get_vars_from_path

_asking = False


def is_asking():
    """Whether the variables of hosts are just being put together, for which our own plugin has nothing to say."""
    return _asking


class Servers:
    def __init__(self, loader, entity):
        self._loader = loader
        self._entity = entity

    def __call__(self, groups, names):
        """The hosts of groups, each with those of the named variables that it has, as {group: {host: {variable: value}}}."""
        global _asking
        everybody = self._group_of_all()
        if everybody is None:  # the inventory is not put together yet, so nobody knows who is in it
            return {}
        known = {group.name: group for group in everybody.get_descendants(include_self=True)}
        _asking = True
        try:
            return {
                name: {host.name: self._variables(host, everybody, names) for host in known[name].get_hosts()} for name in groups if name in known
            }
        finally:
            _asking = False

    def _group_of_all(self):
        entity = self._entity
        groups = entity.get_groups() if isinstance(entity, Host) else [entity, *entity.get_ancestors()]
        return next((group for group in groups if group.name == "all"), None)

    def _variables(self, host, everybody, names):
        """In the order of Ansible's own precedence, without what only a play sets."""
        groups = sort_groups([group for group in host.get_groups() if group.name != "all"])
        found = {}
        for layer in (
            everybody.get_vars(),
            get_group_vars(groups),
            self._files([everybody]),
            self._files(groups),
            host.get_vars(),
            self._files([host]),
        ):
            found.update({name: layer[name] for name in names if name in layer})
        return found

    def _files(self, entities):
        """group_vars and host_vars, and what else vars plugins give, beside the inventory and the playbook."""
        sources = context.CLIARGS.get("inventory") or constants.DEFAULT_HOST_LIST
        data = get_vars_from_inventory_sources(self._loader, sources, entities, "task")
        data.update(get_vars_from_path(self._loader, self._loader.get_basedir(), entities, "task"))
        return data
