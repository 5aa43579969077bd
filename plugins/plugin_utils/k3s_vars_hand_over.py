# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# The tokens of a rotation on their way from the program to a module on a node: out of one pipe and into the standard input of the
# other, so that they are in no variable of Ansible, in no argument of a process and in no file.
#
# No file in this folder begins with a docstring, see k3s_vars_program.py.
from __future__ import annotations

import json
import os
import subprocess

from ansible import constants
from ansible.plugins.action import ActionBase

if __name__.startswith("ansible_collections."):
    from .k3s_vars_program import LAUNCHER, STEERING
else:  # found by its path, in the folder of the project
    from k3s_vars_program import LAUNCHER, STEERING

SECONDS = 120


class Refused(Exception):
    """Nothing was handed over. The text holds no secret."""


class HandingAction(ActionBase):
    """Runs the module of its own name with tokens in its arguments; what only concerns the controller does not reach it."""

    TRANSFERS_FILES = False

    def fill(self, arguments, token):
        """
        Puts tokens into the arguments of the module, in place. token(kind, which) gives that of `server` or `agent`, `old` or `new`;
        where it is not asked, nothing is handed over.
        """
        raise NotImplementedError

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        del tmp
        arguments = {name: value for name, value in self._task.args.items() if name not in ("cluster", "executable", "folder")}
        try:
            self.fill(arguments, _Once(self))
        except Refused as error:
            return dict(result, failed=True, msg=str(error), outcome="failed")
        answer = self._execute_module(module_name=self._task.action, module_args=arguments, task_vars=task_vars)
        # It is masked there, too; nobody needs it.
        answer.pop("invocation", None)
        return dict(result, **answer)

    def hand_over(self):
        """
        The tokens by kind, each by `old` and `new`.
        Raises Refused.
        """
        self._require_pipes()
        return self._tokens()

    def _require_pipes(self):
        """
        Without pipelining a module lies on the node as a file, its arguments within, and stays there when the controller is killed.
        """
        if constants.DEFAULT_DEBUG:
            raise Refused("k3s_vars: ANSIBLE_DEBUG prints what a connection carries, so no token is given to it: run it without")
        if not self._is_pipelining_enabled("new"):
            raise Refused(
                "k3s_vars: without pipelining a token would lie in a file on the node, so none is sent: set pipelining = true, keep_remote_files = false"
                " and become with sudo or doas, which can have it"
            )

    def _tokens(self):
        args = self._task.args
        for name in ("cluster", "rotation"):
            if not isinstance(args.get(name), str):
                raise Refused("k3s_vars: %s is needed, as a text" % name)
        executable = args.get("executable") or LAUNCHER
        try:
            done = subprocess.run(
                [executable, "rotate", args["cluster"], "--hand-over", "--rotation", args["rotation"]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=args.get("folder") or os.getcwd(),
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused("k3s_vars: the program handed nothing over within %d seconds (K3SV_FAULT)" % SECONDS) from None
        except OSError as error:
            raise Refused("k3s_vars: cannot run %s: %s (K3SV_FAULT)" % (executable, error.strerror)) from None
        if done.returncode != 0:
            raise Refused(_own_lines(done))
        return _decode(done.stdout)


def _own_lines(done):
    """A password script may have written others, and nobody knows what is in them."""
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    own = [STEERING.sub(lambda found: "\\x%02x" % ord(found.group()), line) for line in lines if line.startswith(("k3s_vars: ", "hint: "))]
    return "\n".join(own) or "k3s_vars: the program ended with status %d and gave no reason (K3SV_FAULT)" % done.returncode


class _Once:
    """Asks the program when a token is first wanted, and once."""

    def __init__(self, action):
        self._action = action
        self._tokens = None

    def __call__(self, kind, which):
        if self._tokens is None:
            self._tokens = self._action.hand_over()
        # Agents join with the server token where they have none of their own.
        return (self._tokens.get(kind) or self._tokens["server"])[which]


def _decode(text):
    try:
        tokens = json.loads(text.decode("utf-8"))
        pairs = [tokens["server"]] + ([tokens["agent"]] if tokens.get("agent") else [])
        if all(isinstance(pair[which], str) and pair[which] for pair in pairs for which in ("old", "new")):
            return tokens
    except Exception:  # whatever it is, it may quote the text
        pass
    raise Refused(
        "k3s_vars: the program handed over something that is no rotation's tokens (K3SV_FAULT)\n"
        "hint: take program and plugins from one release"
    ) from None
