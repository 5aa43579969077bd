# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what has to be known of a node before it is touched, apart from its tokens: whether it is up and sound,
# its clock and version, its room, and whether a snapshot of it can be made. `run` is run_command of the module.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import os
import re
import socket

PROGRAMS = ("/usr/local/bin/%s", "/opt/%s/bin/%s", "/opt/bin/%s", "/usr/bin/%s", "/opt/rke2/bin/%s")
VERSION = re.compile(r"\A(?:k3s|rke2) version (v[0-9][A-Za-z0-9.+-]*)")
# Of a server with etcd, below the data folder, unless an option says otherwise.
SNAPSHOTS = "/server/db/snapshots"
ADDRESS = re.compile(r"\binet6? ([0-9a-fA-F.:]+)")


def version_of(tree, program, run):
    """What the program says of itself; empty where it is not found."""
    path = program_path(tree, program)
    if path is None:
        return ""
    try:
        # It knows its version without any configuration.
        found = VERSION.match(run([path, "--version"], handle_exceptions=False)[1])
    except (IOError, OSError):
        return ""
    return found.group(1) if found else ""


def program_path(tree, program):
    """Where the installers and roles put it."""
    paths = [pattern.replace("%s", program) for pattern in PROGRAMS]
    return next((path for path in paths if tree.is_running_system and os.access(path, os.X_OK)), None)


def is_active(process, name, run):
    """Whether the service runs: as systemd says, where that is; otherwise by its process."""
    if process is None or not os.path.isdir("/run/systemd/system"):
        return process is not None
    try:
        return run(["systemctl", "is-active", "--quiet", name], handle_exceptions=False)[0] == 0
    except OSError:
        return True


def room(tree, folder, program):
    """Free bytes where K3s has its data, and where its configuration is, and how many its datastore takes."""
    database = sum(
        os.lstat(os.path.join(where, name)).st_size
        for where, _folders, names in os.walk(tree.at(folder + "/server/db"))
        for name in names
        if os.path.basename(where) != "snapshots" and os.path.lexists(os.path.join(where, name))
    )
    return {"data": _free(tree, folder), "config": _free(tree, "/etc/rancher/" + program), "database": database}


def addresses(run):
    """What a URL could call this machine: its names, and its addresses but for the loopback's."""
    # No resolver is asked, which could take its time.
    found = set([socket.gethostname()])
    try:
        output = run(["ip", "-o", "addr"], handle_exceptions=False)[1]
        found.update(match.group(1) for match in ADDRESS.finditer(output))
    except (IOError, OSError):
        pass
    return sorted(name for name in found if name and not name.startswith(("127.", "::1", "localhost", "fe80:")))


def snapshots(tree, folder):
    """Where snapshots are, whether one can be written, and the names of those that are there."""
    path = folder + SNAPSHOTS
    writable = os.access(tree.at(path if tree.exists(path) else folder), os.W_OK)
    return {"folder": path, "writable": writable, "names": tree.list(path)}


def _free(tree, path):
    while not tree.exists(path):
        path = os.path.dirname(path)
    found = os.statvfs(tree.at(path))
    return found.f_bavail * found.f_frsize
