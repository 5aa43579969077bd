# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: the files of a node, below the folder that is its root. What cannot be read says why in one word, never
# with what stands in it.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import errno
import io
import os

# A token file of a megabyte is none.
MOST_BYTES = 1024 * 1024

REASONS = {errno.EACCES: "denied", errno.EPERM: "denied", errno.EISDIR: "folder", errno.ENOENT: "absent", errno.ENOTDIR: "absent", errno.ELOOP: "loop"}


class Unreadable(Exception):
    """`reason` is absent, denied, folder, loop, too-long, not-text, syntax or failed."""

    def __init__(self, reason):
        super(Unreadable, self).__init__(reason)
        self.reason = reason


class Tree:
    def __init__(self, root="/"):
        self._root = root.rstrip("/")

    @property
    def is_running_system(self):
        """Whether it is the system that runs, so that there are processes and ports, too."""
        return self._root == ""

    def at(self, path):
        """Where a file of the node lies here."""
        return self._root + "/" + path.lstrip("/")

    def strip(self, path):
        return path[len(self._root) :]

    def exists(self, path):
        return os.path.lexists(self.at(path))

    def list(self, path):
        """The names in a folder, sorted as Go sorts them; none where there is no such folder."""
        try:
            return sorted(os.listdir(self.at(path)), key=lambda name: name.encode("utf-8", "surrogateescape") if str is not bytes else name)
        except OSError:
            return []

    def link(self, path):
        """Where a link points to; None for what is none."""
        try:
            return os.readlink(self.at(path))
        except OSError:
            return None

    def changed(self, path):
        """When a file was last written, in seconds since 1970; None for what is none."""
        try:
            return os.stat(self.at(path)).st_mtime
        except OSError:
            return None

    def bytes(self, path):
        try:
            if not os.path.isfile(self.at(path)) and os.path.exists(self.at(path)):
                raise Unreadable("folder" if os.path.isdir(self.at(path)) else "failed")
            with io.open(self.at(path), "rb") as file:
                data = file.read(MOST_BYTES + 1)
        except (IOError, OSError) as error:
            raise Unreadable(REASONS.get(error.errno, "failed"))
        if len(data) > MOST_BYTES:
            raise Unreadable("too-long")
        return data

    def text(self, path):
        try:
            return self.bytes(path).decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable("not-text")
