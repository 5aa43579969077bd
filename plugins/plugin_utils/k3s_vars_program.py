# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Asks the program for its document and keeps the answer in the memory of this process, never anywhere else.
#
# No file in this folder begins with a docstring: who passes the folder to -i has every file tried as an INI inventory, in
# which that would be a host, whereas the import ends the attempt.
from __future__ import annotations

import json
import os
import re
import subprocess

try:
    from ansible.template import trust_as_template
except ImportError:  # ansible-core 2.18 and older evaluate every text, unless it is marked as unsafe

    def trust_as_template(value):
        return value


# What the program writes must be understood here: SCHEMA in src/inventory/plugin-document.ts.
SCHEMA = 3

CA_HASH = re.compile(r"[0-9a-f]{64}")

LAUNCHER = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "k3s_vars")

# Ansible forks a worker for each task and host. What is in here before that, all of them have; what a worker adds, it has
# alone. The vars plugin runs before, in Ansible's main process.
_answers = {}


# Line ends apart, what steers a terminal, forges a line, or turns the direction of writing: our program never writes any, but a
# password script may write lines that look like ours, and a path may be anybody's.
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class ProgramError(Exception):
    """The program did not answer. The text is its own message and hint, which never hold a secret."""

    def __init__(self, text):
        super().__init__(STEERING.sub(lambda found: "\\x%02x" % ord(found.group()), text))


class Program:
    """
    The program as a plugin's options name it. hosts_of(groups, variables) gives the hosts of groups of Ansible's inventory, each
    with those of the variables that it has, as {group: {host: {variable: value}}}; asked before a token is made.
    """

    def __init__(self, loader, options, hosts_of):
        self._loader = loader
        self._executable, self._config, self._timeout = (options(name) for name in ("executable", "config", "timeout"))
        self._hosts_of = hosts_of

    def document_of_all(self):
        """The inventory and the tokens of all clusters, with values as Ansible wants them; one run in each process."""
        return self._answer()

    def tokens_of(self, cluster, needs_ca=False):
        """
        The tokens of one cluster by kind, form and CA. Taken from the document of all clusters where this process has it, and
        otherwise from a run that reads and opens this cluster alone. Where only a known CA is of use, no token is made without.
        """
        if not isinstance(cluster, str):
            raise ProgramError("k3s_vars: that is no name of a cluster (K3SV_USAGE)\nhint: give a text, or a list of texts")
        everything = _answers.get((self._executable, self._config, ()))
        if everything is not None and cluster in everything["clusters"]:
            return everything["clusters"][cluster]
        return self._answer(cluster, needs_ca=needs_ca)["clusters"][cluster]

    def _answer(self, *clusters, needs_ca=False):
        key = (self._executable, self._config, clusters)
        if key not in _answers:
            question = {"clusters": list(clusters), "needs_ca": needs_ca}
            answer = self._ask(question, clusters)
            if "wants" in answer:
                wants = answer["wants"]
                question["hosts"] = self._hosts_of(wants["groups"], wants["variables"])
                answer = self._ask(question, clusters)
            _answers[key] = answer
        return _answers[key]

    def _ask(self, question, clusters):
        return _decode(self._loader, self._run(question), clusters, "hosts" not in question)

    def _run(self, question):
        environment = dict(os.environ)
        if self._config:
            environment["K3S_VARS_CONFIG"] = self._config
        executable = self._executable or LAUNCHER
        try:
            done = subprocess.run(
                [executable, "--plugins"],
                # Names stand in a pipe, because everybody can see arguments: one might be a token in the wrong place.
                input=json.dumps(question, default=lambda value: "{{ it is none that JSON has }}").encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                timeout=self._timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ProgramError(
                "k3s_vars: the program gave no answer within %d seconds (K3SV_FAULT)\n"
                "hint: a vault password script may wait for somebody; see by '%s --list', or set the option timeout" % (self._timeout, executable)
            ) from None
        except OSError as error:
            raise ProgramError(
                "k3s_vars: cannot run %s: %s (K3SV_FAULT)\nhint: set the option executable to plugins/k3s_vars of the project" % (executable, error.strerror)
            ) from None
        if done.returncode != 0:
            raise ProgramError(_message(done))
        return done.stdout


def _message(done):
    """Only our own lines: a password script may have written others, and nobody knows what is in them."""
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    own = [line for line in lines if line.startswith(("k3s_vars: ", "hint: "))]
    return "\n".join(own) or "k3s_vars: the program ended with status %d and gave no reason (K3SV_FAULT)" % done.returncode


def _decode(loader, text, clusters, may_want):
    try:
        # As Ansible treats the text of an inventory source: templates in it are evaluated, what is marked as unsafe is not.
        answer = loader.load(trust_as_template(text.decode("utf-8")), json_only=True, show_content=False)
        schema = answer["schema"]
        if schema == SCHEMA and not (may_want and "wants" in answer):
            _require_whole(answer, clusters)
    except Exception:  # whatever it is, it may quote the text
        raise ProgramError(
            "k3s_vars: the program answered something that is no whole document (K3SV_FAULT)\nhint: see whether the option executable names plugins/k3s_vars"
        ) from None
    if schema != SCHEMA:
        raise ProgramError("k3s_vars: the program is of another version than the plugins (K3SV_FAULT)\nhint: take both from one release")
    return answer


def _require_whole(answer, clusters):
    """Everything that is read of an answer later, so that what is missing is missed here."""
    for tokens in answer["clusters"].values():
        if tokens["form"] not in ("short", "secure") or not (tokens["ca_hash"] is None or CA_HASH.fullmatch(tokens["ca_hash"])):
            raise ValueError("neither")
        for kind in ("server", "agent"):
            _before, _after = tokens[kind]["secure"]
            tokens[kind]["password"]  # looked at by nobody: to look into a sealed one would open it
    for cluster in clusters:
        answer["clusters"][cluster]
    if not clusters:
        inventory = answer["inventory"]
        inventory["_meta"]["hostvars"].items()
        for group in inventory.values():
            group.get("vars", {}).items()
