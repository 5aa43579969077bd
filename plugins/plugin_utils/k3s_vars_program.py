# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Asks the program for its document and keeps the answer in the memory of this process, never anywhere else.
#
# No file in this folder begins with a docstring: who passes the folder to -i has every file tried as an INI inventory, in
# which that would be a host, whereas the import ends the attempt.
from __future__ import annotations

import os
import re
import subprocess

try:
    from ansible.template import trust_as_template
except ImportError:  # ansible-core 2.18 and older evaluate every text, unless it is marked as unsafe

    def trust_as_template(value):
        return value


# What the program writes must be understood here: SCHEMA in src/inventory/plugin-document.ts.
SCHEMA = 1

LAUNCHER = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "k3s_vars")

# Ansible forks a worker for each task and host. What is in here before that, all of them have; what a worker adds, it has
# alone. The vars plugin runs before, in Ansible's main process.
_answers = {}


class ProgramError(Exception):
    """The program did not answer. The text is its own message and hint, which never hold a secret."""


def document_of_all(loader, executable=None, config=None):
    """The inventory and the tokens of all clusters, with values as Ansible wants them; one run in each process."""
    return _answer(loader, executable, config)


# As in src/config/schema.ts. Anything else must not become an argument, which everybody can see: it might be a token.
_CLUSTER = re.compile(r"[a-z0-9_-]{1,100}")


def tokens_of(cluster, loader, executable=None, config=None):
    """
    The tokens of one cluster by kind. Taken from the document of all clusters where this process has it, and otherwise from
    a run that reads and opens this cluster alone.
    """
    if not isinstance(cluster, str) or not _CLUSTER.fullmatch(cluster):
        raise ProgramError("k3s_vars: that is no name of a cluster (K3SV_USAGE)\nhint: it has lower-case letters, digits, dashes and underscores alone")
    everything = _answers.get((executable, config, ()))
    if everything is not None and cluster in everything["clusters"]:
        return everything["clusters"][cluster]
    return _answer(loader, executable, config, cluster)["clusters"][cluster]


def _answer(loader, executable, config, *clusters):
    key = (executable, config, clusters)
    if key not in _answers:
        _answers[key] = _decode(loader, _run(executable or LAUNCHER, config, clusters))
    return _answers[key]


def _run(executable, config, clusters):
    environment = dict(os.environ)
    if config:
        environment["K3S_VARS_CONFIG"] = config
    try:
        done = subprocess.run(
            [executable, "--plugins", *clusters],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
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


def _decode(loader, text):
    try:
        # As Ansible treats the text of an inventory source: templates in it are evaluated, what is marked as unsafe is not.
        answer = loader.load(trust_as_template(text.decode("utf-8")), json_only=True, show_content=False)
        schema = answer["schema"]
    except Exception:  # whatever it is, it may quote the text
        raise ProgramError("k3s_vars: the program answered something that is no document (K3SV_FAULT)") from None
    if schema != SCHEMA:
        raise ProgramError("k3s_vars: the program is of another version than the plugins (K3SV_FAULT)\nhint: take both from one release")
    return answer
