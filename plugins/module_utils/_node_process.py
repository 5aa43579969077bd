# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: the running process of K3s, and what it was started with. K3s hides its arguments as soon as it runs;
# its environment stays to be read by root.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import io
import os
import re
import time

SUBCOMMAND = re.compile(r"(?:\A|/)(k3s|rke2)(?:-(server|agent))?(?:[ \0]+(server|agent))?(?:[ \0]|\Z)")


class Process:
    """`started` is the moment of its start in ticks since the machine's: with the pid it tells one process from the next."""

    def __init__(self, pid, kind, started):
        self.pid = pid
        self.kind = kind
        self.started = started

    @property
    def since(self):
        """When it started, in seconds since 1970 by the node's clock."""
        return time.time() - _uptime() + self.started / float(os.sysconf("SC_CLK_TCK"))

    def words(self):
        """Its arguments, as far as it shows them."""
        return [word for word in _read(self.pid, "cmdline").split("\0") if word]

    def variables(self):
        found = {}
        for entry in _read(self.pid, "environ").split("\0"):
            name, equals, value = entry.partition("=")
            if equals:
                found[name] = value
        return found


def find_process(program):
    """The server or agent of the program that runs in this mount namespace; the oldest where there are several."""
    own = _namespace("self")
    found = []
    for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
        line = _read(pid, "cmdline")
        match = SUBCOMMAND.match(line) or SUBCOMMAND.search(line.split("\0")[0])
        kind = match and match.group(1) == program and (match.group(2) or match.group(3))
        if not kind or _namespace(pid) != own:
            continue
        # The name of a process stands in brackets and can hold anything.
        fields = _read(pid, "stat").rpartition(")")[2].split()
        if len(fields) > 19 and fields[0] != "Z":
            found.append(Process(pid, kind, int(fields[19])))
    return min(found, key=lambda process: process.started) if found else None


def _uptime():
    """Of the kernel, which started the clock of processes; what stands in /proc can be a container's own."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    with io.open("/proc/uptime") as file:
        return float(file.read().split()[0])


def _namespace(pid):
    try:
        return os.readlink("/proc/%s/ns/mnt" % pid)
    except OSError:
        return None


def _read(pid, name):
    try:
        with io.open("/proc/%s/%s" % (pid, name), "rb") as file:
            return file.read().decode("utf-8", "replace")
    except (IOError, OSError):
        return ""
