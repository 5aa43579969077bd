# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection. Begin here: everything that k3s_token_facts answers of a node, put together. _token_sources says what is
# configured (from _service_files and _go_yaml), _node_state and _datastore what K3s has itself, _node_process what runs,
# _node_condition whether it is sound, _side_files what a rotation has laid beside; _token_text makes a code of each token.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import time

from ._cures import cures_of
from ._datastore import has_etcd, own_member, read_datastore
from ._node_condition import addresses, is_active, room, snapshots, version_of
from ._node_process import find_process
from ._node_state import ask_gate, ask_memory, DEFAULT_PORTS, read_written
from ._node_tree import Tree, Unreadable
from ._service_files import find_services
from ._side_files import SideFiles
from ._switch import style_at
from ._token_sources import Sources, SECRET_VARIABLES, TOKENS
from ._token_text import Coder, take_apart

PROGRAMS = ("k3s", "rke2")


def report(params, run):
    """The answer of the module, without a token in it; `run` is its run_command."""
    tree = Tree(params["root"])
    program = params["program"] or _program_of(tree)
    if program is None:
        return _nothing()
    return _Node(tree, program, params, run).report()


def _program_of(tree):
    """Whichever has a service here, or else a configuration or data."""
    for program in PROGRAMS:
        if find_services(tree, program):
            return program
    for program in PROGRAMS:
        folders = ("/var/lib/rancher/%s", "/etc/rancher/%s/config.yaml", "/etc/rancher/%s/config.yaml.d")
        if any(tree.exists(folder % program) for folder in folders):
            return program
    return None


def _nothing():
    datastore = {"kind": "none", "state": "absent", "keys": [], "members": []}
    empty = {"service": {}, "process": {}, "data_dir": "", "join": "", "places": [], "faults": [], "conflicts": [], "ca": ""}
    empty.update(side=[], repairs=[], gate={}, etcd={}, snapshots={}, version="", disk={}, addresses=[], port=0, clock=time.time())
    return dict(empty, program="none", kind="none", datastore=datastore)


class _Node:
    def __init__(self, tree, program, params, run):
        self._tree = tree
        self._run = run
        self._program = program
        self._coder = Coder(params["nonce"])
        self._asks_memory = params["memory"]
        self._process = find_process(program) if tree.is_running_system else None
        services = find_services(tree, program)
        running = [one for one in services if self._process is not None and one.kind == self._process.kind]
        self._service = (running or services or [None])[0]
        self._sources = Sources(tree, program, self._service)
        self._folder = self._sources.value("data-dir") or "/var/lib/rancher/" + program
        self._places = []
        # Secrets in the order in which the server is asked for them: what it wrote itself is most likely what it has.
        self._secrets = {"server": [], "agent": []}
        # The server token that the running server was found to have.
        self._remembered = None

    def report(self):
        kind = self._kind()
        if kind == "server":
            self._add_written()
        self._add_sources(kind)
        self._add_process(kind)
        if kind == "server" and self._process is not None and self._asks_memory:
            self._add_memory()
        answer = {
            "program": self._program,
            "kind": kind,
            "service": self._told_service(),
            "process": self._told_process(),
            "data_dir": self._folder,
            "join": self._sources.value("server") or "",
            "places": self._places,
            "faults": [
                {"place": place, "path": path, "line": line, "reason": reason} for place, path, line, reason in self._sources.faults
            ],
            "conflicts": sorted(self._sources.conflicts.intersection(TOKENS + tuple(name + "-file" for name in TOKENS))),
            "datastore": self._datastore() if kind == "server" else _nothing()["datastore"],
            "ca": self._ca(kind),
            "side": SideFiles(self._tree, self._program).report(self._coder),
            "repairs": cures_of(self._tree, self._program, self._sources),
            "gate": self._gate() if kind == "server" else {},
            "version": version_of(self._tree, self._program, self._run),
            "disk": room(self._tree, self._folder, self._program),
            "addresses": addresses(self._run) if self._tree.is_running_system else [],
            "port": int(self._port() or DEFAULT_PORTS[self._program]),
            "clock": time.time(),
        }
        answer.update(self._told_etcd(kind))
        return answer

    def _told_service(self):
        if self._service is None:
            return {}
        name = self._service.name
        active = self._tree.is_running_system and is_active(self._process, name, self._run)
        return {"name": name, "path": self._service.path, "active": active}

    def _told_process(self):
        one = self._process
        return {"pid": one.pid, "started": one.started, "since": one.since} if one else {}

    def _told_etcd(self, kind):
        folder = self._folder + "/server"
        if kind != "server" or not has_etcd(self._tree, folder):
            return {"etcd": {}, "snapshots": {}}
        is_running = self._process is not None and self._tree.is_running_system
        return {"etcd": own_member(self._tree, folder) if is_running else {}, "snapshots": snapshots(self._tree, self._folder)}

    def _gate(self):
        if self._remembered is None:
            return {"status": None}
        return {"status": ask_gate(self._tree, self._folder, self._program, self._port(), self._remembered)}

    def _port(self):
        return self._sources.value("https-listen-port") if self._program == "k3s" else None

    def _kind(self):
        if self._process is not None:
            return self._process.kind
        if self._service is not None:
            return self._service.kind
        return "server" if self._tree.exists(self._folder + "/server") else "agent"

    def _add_sources(self, kind):
        for setting in self._sources.settings:
            if setting.name in TOKENS:
                more = {"style": style_at(self._tree, setting), "changed": self._tree.changed(setting.path)}
                self._add(setting.place, setting.path, setting.line, kind, setting.name, setting.value, wins=setting.wins, read=setting.is_read, **more)
            elif setting.wins:
                # A token file that cannot be read: K3s waits for it.
                option = setting.name[: -len("-file")]
                self._places.append(
                    {
                        "place": "token-file", "path": setting.path, "line": setting.line, "option": option, "token": self._token_of(kind, option),
                        "state": "unreadable", "reason": "not-readable", "wins": True, "read": True,
                    }
                )  # fmt: skip

    @staticmethod
    def _token_of(kind, option):
        """A server's token is the server token; an agent joins with whatever its own is."""
        return "agent" if option == "agent-token" or kind == "agent" else "server"

    def _add_process(self, kind):
        """What the process was started with, as far as it still shows it."""
        if self._process is None:
            return
        path = "/proc/%d/environ" % self._process.pid
        prefix = self._program.upper() + "_"
        for name, value in sorted(self._process.variables().items()):
            option = SECRET_VARIABLES.get(name[len(prefix) :]) if name.startswith(prefix) else None
            if option in TOKENS:
                self._add("process", path, None, kind, option, value)
        words = self._process.words()
        for index, word in enumerate(words):
            option, equals, value = word.lstrip("-").partition("=")
            if not word.startswith("-") or option not in ("token", "t", "agent-token"):
                continue
            value = value if equals else "".join(words[index + 1 : index + 2])
            self._add("process", path.replace("environ", "cmdline"), None, kind, "token" if option == "t" else option, value)

    def _add_written(self):
        for place, path, token, text in read_written(self._tree, self._folder):
            option = "agent-token" if place == "server/agent-token" else "token"
            if isinstance(text, Unreadable):
                if place != "server/agent-token" or text.reason != "absent":
                    state = "absent" if text.reason == "absent" else "unreadable"
                    self._places.append({"place": place, "path": path, "line": None, "token": token, "state": state, "reason": text.reason})
            elif place == "cred/passwd":
                self._put(place, path, None, token, "short" if text else "empty", text or None, {})
            else:
                self._add(place, path, None, "server", option, text)

    def _add_memory(self):
        beside = SideFiles(self._tree, self._program).secrets()
        for token in ("server", "agent"):
            # Agents join with the server token where they have none of their own.
            candidates = list(self._secrets[token] or self._secrets["server"])
            candidates.extend(secret for secret in beside if secret not in candidates)
            state, secret = ask_memory(self._tree, self._folder, self._program, self._port(), token, candidates)
            if state == "accepted" and token == "server":
                self._remembered = secret
            if state == "accepted":
                self._put("memory", None, None, token, "short", secret, {})
            else:
                state, reason = ("refused", state) if state in ("refused", "other-kind") else ("unclear", state)
                self._places.append({"place": "memory", "path": None, "line": None, "token": token, "state": state, "reason": reason})

    def _add(self, place, path, line, kind, option, text, **more):
        form, secret, fields = take_apart(text, option)
        self._put(place, path, line, self._token_of(kind, option), form, secret, dict(fields, option=option, **more))

    def _put(self, place, path, line, token, form, secret, fields):
        entry = dict(fields, place=place, path=path, line=line, token=token, form=form, state="empty" if form == "empty" else "present")
        if secret is not None:
            entry["code"] = self._coder.secret(secret)
            if secret not in self._secrets[token]:
                self._secrets[token].append(secret)
        self._places.append(entry)

    def _datastore(self):
        folder = self._folder + "/server"
        endpoint = self._sources.value("datastore-endpoint")
        found = read_datastore(self._tree, folder, endpoint, self._process is not None and self._tree.is_running_system)
        names = found.pop("names")
        return dict(found, keys=[self._coder.key(name) for name in names], members=found.get("members", []))

    def _ca(self, kind):
        path = "/server/tls/server-ca.crt" if kind == "server" else "/agent/server-ca.crt"
        try:
            return self._tree.text(self._folder + path)
        except Unreadable:
            return u""
