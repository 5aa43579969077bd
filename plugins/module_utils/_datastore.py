# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: which token the datastore is keyed with, and the members of etcd. K3s keeps its own keys in it under a
# name that is a hash of the token (pkg/cluster/storage.go); only names are read, never what is kept.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import base64
import json
import os
import re
import socket
import sqlite3

from ._local_https import ask, NoAnswer

GATEWAY = 2382
HEALTH = 2381
PREFIX = "/bootstrap/"
RANGE = {"key": base64.b64encode(b"/bootstrap/").decode(), "range_end": base64.b64encode(b"/bootstrap0").decode(), "keys_only": True}
# The newest row of a key tells whether it is there.
ROWS = "select name from (select name, deleted, max(id) from kine where name like '/bootstrap/%' group by name) where deleted = 0"
SECONDS = 5
ADDRESS = re.compile(r"\Ahttps?://\[?([^/\]]+?)\]?:(\d+)\Z")


def read_datastore(tree, folder, endpoint, is_running):
    """
    Kind, state and names of the keys: {"kind": etcd, sqlite, external or none, "state": read, unreadable or absent, "reason",
    "names": [12 hex digits], "members": [...]}.
    """
    if endpoint and not endpoint.startswith("sqlite"):
        return {"kind": "external", "state": "unreadable", "reason": "external", "names": []}
    if has_etcd(tree, folder):
        return _etcd(tree, folder) if is_running else _unread("etcd", "stopped")
    if tree.exists(folder + "/db/state.db"):
        return _sqlite(tree.at(folder + "/db/state.db"), is_running)
    return {"kind": "none", "state": "absent", "names": []}


def has_etcd(tree, folder):
    """Members of etcd have its data; a server that only joins a control plane has none."""
    return tree.exists(folder + "/db/etcd")


def _unread(kind, reason):
    return {"kind": kind, "state": "unreadable", "reason": reason, "names": []}


def _sqlite(path, is_running):
    if not is_running and os.path.exists(path + "-wal") and os.path.getsize(path + "-wal") > 0:
        # To read it now would be to write it.
        return _unread("sqlite", "stopped")
    try:
        quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        mode = "mode=ro" if is_running else "immutable=1"
        connection = sqlite3.connect("file:%s?%s" % (quoted, mode), uri=True, timeout=SECONDS)
        try:
            names = [row[0] for row in connection.execute(ROWS)]
        finally:
            connection.close()
    except (sqlite3.Error, TypeError):
        return _unread("sqlite", "failed")
    return {"kind": "sqlite", "state": "read", "names": [name[len(PREFIX) :] for name in names if len(name) > len(PREFIX)]}


def _etcd(tree, folder):
    trust = _trust(tree, folder)
    try:
        status, body = ask(GATEWAY, "/v3/kv/range", trust, body=json.dumps(RANGE), seconds=SECONDS)
        keys = json.loads(body.decode("utf-8")).get("kvs", []) if status == 200 else None
    except (NoAnswer, ValueError):
        keys = None
    if keys is None:
        return _unread("etcd", "no-answer")
    names = [base64.b64decode(entry["key"]).decode("utf-8", "replace")[len(PREFIX) :] for entry in keys]
    return {"kind": "etcd", "state": "read", "names": [name for name in names if name], "members": _members(trust)}


def _members(trust):
    """Every member with whether its port for the others can be reached from here."""
    try:
        status, body = ask(GATEWAY, "/v3/cluster/member/list", trust, body="{}", seconds=SECONDS)
        members = json.loads(body.decode("utf-8")).get("members", []) if status == 200 else []
    except (NoAnswer, ValueError):
        members = []
    return [
        {
            "name": member.get("name", ""),
            "id": "%x" % int(member.get("ID", 0)),
            "peers": member.get("peerURLs", []),
            "learner": bool(member.get("isLearner", False)),
            "reachable": any(_is_reachable(url) for url in member.get("peerURLs", [])),
        }
        for member in members
    ]


def unreachable_voters(tree, folder):
    """The members that vote and cannot be reached from here; None where nobody tells."""
    members = _members(_trust(tree, folder))
    return [member["name"] for member in members if not member["learner"] and not member["reachable"]] if members else None


def copy_sqlite(path, copy):
    """A copy of a database that is in use, for root alone; it gets its name when it is whole."""
    folder = os.path.dirname(copy)
    if not os.path.isdir(folder):
        os.makedirs(folder, 0o700)
    partial = copy + ".partial"
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    source, target = sqlite3.connect(path, timeout=SECONDS), sqlite3.connect(partial)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    os.rename(partial, copy)


def own_member(tree, folder):
    """
    The member of etcd that this server is: whether it is healthy, as its own port says, votes, and leads; {} where it has none that
    answers.
    """
    try:
        status, body = ask(GATEWAY, "/v3/maintenance/status", _trust(tree, folder), body="{}", seconds=SECONDS)
        said = json.loads(body.decode("utf-8")) if status == 200 else {}
        own = said["header"]["member_id"]
    except (NoAnswer, ValueError, KeyError, TypeError):
        return {}
    return {
        "id": "%x" % int(own),
        "healthy": _is_healthy(),
        "voting": not said.get("isLearner", False) and said.get("leader", "0") != "0",
        "leader": said.get("leader") == own,
    }


def _is_healthy():
    try:
        status, body = ask(HEALTH, "/health", None, seconds=SECONDS)
        return status == 200 and json.loads(body.decode("utf-8")).get("health") == "true"
    except (NoAnswer, ValueError, AttributeError):
        return False


def _trust(tree, folder):
    tls = tree.at(folder + "/tls/etcd")
    return {"ca": tls + "/server-ca.crt", "certificate": tls + "/client.crt", "key": tls + "/client.key"}


def _is_reachable(url):
    match = ADDRESS.match(url)
    if match is None:
        return False
    try:
        socket.create_connection((match.group(1), int(match.group(2))), timeout=2).close()
        return True
    except (OSError, socket.error):
        return False
