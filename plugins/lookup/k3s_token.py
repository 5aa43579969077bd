# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import annotations

DOCUMENTATION = r"""
name: k3s_token
author: k3s_vars contributors (!UNKNOWN)
version_added: "0.1.0"
short_description: The token of a K3s or RKE2 cluster
description:
  - Reads the token of a cluster from the store that C(k3s_vars.yml) names, and opens it with the vault passwords that Ansible would use.
  - Where there never was a token and the configuration allows it, one is made, exactly once, as the inventory source would.
  - A token that is handed out sealed (C(emit=vaulted)) is opened here, with every vault password that this run of Ansible has,
    also with one from C(--vault-id) or C(--ask-vault-pass).
options:
  _terms:
    description: Names of clusters in C(k3s_vars.yml).
    type: list
    elements: str
    required: true
  kind:
    description:
      - V(server) for what servers share, V(agent) for what agents join with.
      - Without a separate agent token (C(agent_token) in C(k3s_vars.yml)) agents join with the server token, and that is the answer.
    type: str
    choices: [server, agent]
    default: server
  format:
    description:
      - V(short) is the token alone.
      - V(secure) has the hash of the cluster's CA in front of it, so that a node that joins knows whom to trust.
      - By default what C(form) in C(k3s_vars.yml) says.
    type: str
    choices: [short, secure]
  ca_hash:
    description:
      - The hash of the cluster's CA, 64 hex digits in lower case, as it stands between C(K10) and C(::) in C(server/token) on a server.
      - By default the one that the token document keeps, after C(k3s-vars verify --pin); no other is taken then.
    type: str
    vars:
      - name: k3s_vars_ca_hash
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
notes:
  - Ansible evaluates a lookup anew wherever it is used, in a process for each host and task, and each of these runs the program once.
    Where the vars plugin P(k3s_vars.token.k3s_vars#vars) is enabled, one run answers for all of them.
  - Give C(no_log) to every task that handles the answer; C(-v) and C(--diff) would print it.
seealso:
  - plugin: k3s_vars.token.k3s_vars
    plugin_type: vars
"""

EXAMPLES = r"""
- name: Servers get the token in a file that is theirs alone
  ansible.builtin.copy:
    content: "{{ {'token': lookup('k3s_vars.token.k3s_token', 'prod')} | to_nice_yaml }}"
    dest: /etc/rancher/k3s/config.yaml
    mode: "0600"
  no_log: true

- name: Agents get theirs
  ansible.builtin.copy:
    content: |
      K3S_TOKEN={{ lookup('k3s_vars.token.k3s_token', 'prod', kind='agent') }}
    dest: /etc/systemd/system/k3s-agent.service.env
    mode: "0600"
  no_log: true

- name: Many hosts and tasks, one run of the program
  ansible.builtin.set_fact:
    token: "{{ lookup('k3s_vars.token.k3s_token', 'prod') }}"
  run_once: true
  no_log: true
"""

RETURN = r"""
_raw:
  description: One token for each cluster that was named, in the same order. Never evaluated as a template.
  type: list
  elements: str
"""

import os
import sys

from ansible.errors import AnsibleError, AnsibleLookupError
from ansible.plugins.lookup import LookupBase

if __name__.startswith("ansible_collections."):
    from ..plugin_utils import k3s_vars_program as program
else:  # found by its path, in the folder of the project
    sys.path.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "plugin_utils"))
    import k3s_vars_program as program


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        self.set_options(var_options=variables, direct=kwargs)
        if not terms:
            raise AnsibleLookupError("k3s_vars: no cluster is named (K3SV_USAGE)\nhint: lookup('k3s_token', 'prod')")
        asked = program.Program(self._loader, self.get_option, lambda *wanted: _hosts(variables or {}, *wanted))
        return [self._token(asked, term) for term in terms]

    def _token(self, asked, cluster):
        try:
            needs_ca = self.get_option("format") == "secure" and not self.get_option("ca_hash")
            tokens = asked.tokens_of(cluster, needs_ca)
        except program.ProgramError as error:
            raise AnsibleLookupError(str(error)) from None
        entry = tokens[self.get_option("kind")]
        if (self.get_option("format") or tokens["form"]) == "short":
            return self._open(entry["password"])
        ca_hash = self._ca_hash(tokens["ca_hash"])
        before, after = entry["secure"]
        return before + ca_hash + after + self._open(entry["password"])

    def _ca_hash(self, known):
        given = self.get_option("ca_hash")
        if given and not program.CA_HASH.fullmatch(given):
            raise AnsibleLookupError(
                "k3s_vars: ca_hash has to be 64 hex digits in lower case (K3SV_USAGE)\n"
                "hint: take what stands between K10 and :: in server/token on a server"
            )
        if given and known and given != known:
            raise AnsibleLookupError(
                "k3s_vars: ca_hash names another CA than the one that the cluster is known by (K3SV_CLUSTER_PIN)\n"
                "hint: leave it out; if the CA was changed on purpose: k3s-vars verify --pin"
            )
        if not (given or known):
            raise AnsibleLookupError(
                "k3s_vars: the secure format needs the hash of the CA, and none is known for certain (K3SV_CLUSTER_CA)\n"
                "hint: compare it once with k3s-vars verify --pin, or give the option ca_hash"
            )
        return given or known

    def _open(self, password):
        """A sealed one is opened by Ansible now; later, some filters of some versions would write its ciphertext."""
        try:
            # From its bytes, because ansible-core 2.19 remembers with a text what it was sealed as.
            return str(password).encode("utf-8").decode("utf-8")
        except AnsibleError:
            raise AnsibleLookupError(
                "k3s_vars: no vault password of this run opens the token, which is handed out sealed by emit: vaulted (K3SV_VAULT_WRONG_PASSWORD)\n"
                "hint: name the right one with --vault-id, --vault-password-file or in ansible.cfg"
            ) from None


def _hosts(variables, groups, names):
    """The hosts of groups as the play sees them; what cannot be evaluated stays a template, whose value nobody knows."""
    hostvars = variables.get("hostvars", {})

    def of_host(host):
        found = {}
        for name in names:
            try:
                if name in hostvars[host]:
                    found[name] = hostvars[host][name]
            except Exception:  # of a template that fails, whatever it is
                found[name] = "{{ }}"
        return found

    members = variables.get("groups", {})
    return {group: {host: of_host(host) for host in members.get(group, [])} for group in groups}
