# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what K3s itself has of the token: in its memory, and in the files that it writes.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import csv
import io
import json

from ._local_https import ask, NoAnswer
from ._node_tree import Unreadable
from ._token_text import trim

# A wrong password is 60 ms of the server's time and a line in its log.
MOST_TRIES = 4
DEFAULT_PORTS = {"k3s": 6443, "rke2": 9345}
USERS = {"server": u"server", "agent": u"node"}


def read_written(tree, folder):
    """What K3s has written below its data folder, as (place, path, kind, text); text is an Unreadable where it cannot be read."""
    found = []
    for name, kind in (("token", "server"), ("agent-token", "agent")):
        path = "%s/server/%s" % (folder, name)
        # As a rule a link to the server token; a file of its own only where agents have a token of their own.
        if kind == "agent" and tree.link(path) is not None:
            continue
        found.append(("server/" + name, path, kind, _text(tree, path)))
    path = folder + "/server/cred/passwd"
    rows = _passwd(tree, path)
    for kind in ("server", "agent"):
        text = rows if isinstance(rows, Unreadable) else rows.get(USERS[kind], Unreadable("absent"))
        found.append(("cred/passwd", path, kind, text))
    return found


def _text(tree, path):
    try:
        return trim(tree.text(path))
    except Unreadable as error:
        return error


def _passwd(tree, path):
    """The passwords by user."""
    try:
        text = tree.text(path)
    except Unreadable as error:
        return error
    try:
        source = io.StringIO(text, newline="") if str is not bytes else io.BytesIO(text.encode("utf-8"))
        rows = [row for row in csv.reader(source) if len(row) > 1]
        return dict((row[1], row[0] if str is not bytes else row[0].decode("utf-8")) for row in rows)
    except csv.Error:
        return Unreadable("syntax")


def ask_memory(tree, folder, program, port, kind, candidates):
    """
    Which of the candidates the running server takes as its token of a kind: (state, secret). The state is accepted, refused for
    all of them, no-answer or unclear.
    """
    trust = {"ca": tree.at(folder + "/server/tls/server-ca.crt")}
    path = "/v1-%s/%s" % (program, "token" if kind == "server" else "server-ca.crt")
    right = 405 if kind == "server" else 200
    state = "refused"
    for secret in candidates[:MOST_TRIES]:
        try:
            status, body = ask(port or DEFAULT_PORTS[program], path, trust, user=USERS[kind], secret=secret)
        except NoAnswer:
            return "no-answer", None
        if status == right and _is_of_supervisor(kind, body):
            return "accepted", secret
        if status == 403:
            state = "other-kind"
        elif status != 401:
            return ("starting" if status == 503 else "unclear"), None
    return state, None


def ask_gate(tree, folder, program, port, secret):
    """The status of the question that a server answers with 200 only when it is ready and has this token; None without an answer."""
    trust = {"ca": tree.at(folder + "/server/tls/server-ca.crt")}
    try:
        status, _body = ask(port or DEFAULT_PORTS[program], "/v1-%s/encrypt/status" % program, trust, user=USERS["server"], secret=secret)
        return status
    except NoAnswer:
        return None


def _is_of_supervisor(kind, body):
    """The method is never allowed, and the supervisor says so as a Status without the version of an API."""
    if kind == "agent":
        return True
    try:
        said = json.loads(body.decode("utf-8"))
        return said.get("kind") == "Status" and "apiVersion" not in said
    except (ValueError, AttributeError):
        return False
