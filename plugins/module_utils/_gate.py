# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: waits until a node works with its token, which is more than that its service runs. A server is ready when
# the question that comes last at its start was answered twice in a row, by another process than before, and its member of etcd is sound
# and votes. An agent is, when the server that it joins through takes the token that is configured on it.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import re
import time

from ._datastore import has_etcd, own_member, unreachable_voters
from ._local_https import ask, NoAnswer
from ._node_process import find_process
from ._node_state import ask_gate, DEFAULT_PORTS, USERS
from ._switch import sources_of
from ._token_text import take_apart

# An answer costs the server 60 ms, so it is not asked more often.
PAUSE = 0.5
# systemd starts a service again after 5 seconds.
MOST_SECONDS_WITHOUT_PROCESS = 20
JOIN = re.compile(r"\Ahttps://\[?([^/\]]+?)\]?(?::([0-9]+))?/*\Z")


class _Gate:
    """`was` is (pid, started) of the process that must be another one, or None. An outcome is a word, see the module."""

    def __init__(self, tree, program, was):
        self._tree = tree
        self._program = program
        self._was = was

    def wait(self, limit):
        """The outcome and after how many seconds. A state that can still change is waited for until the limit."""
        start = last_process = time.time()
        times = 0
        while time.time() - start < limit:
            process = find_process(self._program)
            last_process = last_process if process is None else time.time()
            if time.time() - last_process > MOST_SECONDS_WITHOUT_PROCESS:
                return "ended", time.time() - start
            state = "late" if process is None or self._is_former(process) else self._state()
            times = times + 1 if state == "ready" else 0
            if times == 2 or state == "refused":
                return ("done" if times == 2 else "refused"), time.time() - start
            time.sleep(PAUSE)
        return "timeout", time.time() - start

    def _is_former(self, process):
        return self._was is not None and (process.pid, process.started) == self._was


class ServerGate(_Gate):
    """`asked` has data_dir, port and password, the token that it has to have."""

    def __init__(self, tree, program, was, asked):
        super(ServerGate, self).__init__(tree, program, was)
        self._asked = asked
        self._folder = asked["data_dir"] + "/server"

    def before(self):
        """Whether it is ready already (done), may be stopped (go), or not now."""
        process = find_process(self._program)
        if process is None:
            return "go"
        if not self._is_former(process) and self._state() == "ready":
            return "done"
        return "not-now" if has_etcd(self._tree, self._folder) and unreachable_voters(self._tree, self._folder) else "go"

    def wait_for_end(self, limit):
        """Until no process has been there for so long that the service will not start one."""
        start = time.time()
        absent_since = None
        while time.time() - start < limit:
            if find_process(self._program) is not None:
                absent_since = None
            elif absent_since is None:
                absent_since = time.time()
            elif time.time() - absent_since > 1:
                return "done", time.time() - start
            time.sleep(PAUSE / 5)
        return "timeout", time.time() - start

    def _state(self):
        status = ask_gate(self._tree, self._asked["data_dir"], self._program, self._asked["port"], self._asked["password"])
        if status != 200:
            return "refused" if status == 401 else "late"
        if not has_etcd(self._tree, self._folder):
            return "ready"
        member = own_member(self._tree, self._folder)
        return "ready" if member.get("healthy") and member.get("voting") else "late"


class AgentGate(_Gate):
    def __init__(self, tree, program, was):
        super(AgentGate, self).__init__(tree, program, was)
        sources = sources_of(tree, program)
        folder = sources.value("data-dir") or "/var/lib/rancher/" + program
        self._ca = tree.at(folder + "/agent/server-ca.crt")
        self._has_joined = tree.exists(folder + "/agent/server-ca.crt")
        self._server = JOIN.match(sources.value("server") or "")
        self._secret = take_apart(sources.value_that_wins("token") or u"", "token")[1]

    def _state(self):
        if not self._has_joined or self._server is None or self._secret is None:
            # It never got in, so that its process is all that there is.
            return "ready"
        host, port = self._server.group(1), self._server.group(2) or DEFAULT_PORTS[self._program]
        try:
            path = "/v1-%s/readyz" % self._program
            status, _body = ask(port, path, {"ca": self._ca}, user=USERS["agent"], secret=self._secret, host=host)
        except NoAnswer:
            return "late"
        return "ready" if status == 200 else "refused" if status == 401 else "late"
