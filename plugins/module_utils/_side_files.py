# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: the files in which a node keeps the token of a rotation until it takes its place. They lie where K3s reads
# nothing, in a folder for each rotation: /etc/rancher/k3s/k3s_vars-rotation/ID/token.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import os
import re
import shutil

from ._node_tree import Unreadable
from ._token_text import take_apart
from ._whole_file import replace_file, sync_folder

FOLDER = "/etc/rancher/%s/k3s_vars-rotation"
# What a file is called: the option that it is for.
NAMES = ("token", "agent-token")
ROTATION = re.compile(r"\A[A-Za-z0-9._-]{1,128}\Z")


class SideFiles:
    def __init__(self, tree, program):
        self._tree = tree
        self._folder = FOLDER % program

    def path(self, rotation, name):
        """
        Raises ValueError for what is no rotation or no name.
        """
        if not ROTATION.match(rotation) or rotation.strip(".") == "" or name not in NAMES:
            raise ValueError("no side file")
        return "%s/%s/%s" % (self._folder, rotation, name)

    def found(self):
        """Every file of any rotation, as (rotation, name, path)."""
        return [
            (rotation, name, "%s/%s/%s" % (self._folder, rotation, name))
            for rotation in self._tree.list(self._folder)
            for name in self._tree.list("%s/%s" % (self._folder, rotation))
            if name in NAMES
        ]

    def read(self, rotation, name):
        """
        The text of a file.
        Raises Unreadable.
        """
        return self._tree.text(self.path(rotation, name))

    def secrets(self):
        """The tokens of all files that can be read."""
        return [take_apart(text, name)[1] for text, name in self._texts()]

    def _texts(self):
        for _rotation, name, path in self.found():
            try:
                yield self._tree.text(path), name
            except Unreadable:
                pass

    def write(self, rotation, name, text):
        """Whether it was written; a file that has the text already is left alone."""
        path = self.path(rotation, name)
        try:
            if self._tree.text(path) == text and os.stat(self._tree.at(path)).st_mode & 0o777 == 0o600:
                return False
        except Unreadable:
            pass
        self._make(os.path.dirname(path))
        replace_file(self._tree.at(path), text.encode("utf-8"))
        return True

    def remove(self):
        """Whether there was anything; all rotations go."""
        where = self._tree.at(self._folder)
        if not os.path.lexists(where):
            return False
        shutil.rmtree(where)
        sync_folder(os.path.dirname(where))
        return True

    def report(self, coder):
        """What k3s_token_facts tells of them."""
        told = []
        for rotation, name, path in self.found():
            entry = {"rotation": rotation, "option": name, "path": path}
            try:
                form, secret, _fields = take_apart(self._tree.text(path), name)
                entry.update(state="present", form=form)
                if secret is not None:
                    entry["code"] = coder.secret(secret)
            except Unreadable as error:
                entry.update(state="unreadable", reason=error.reason)
            told.append(entry)
        return told

    def _make(self, folder):
        parent = self._tree.at(os.path.dirname(self._folder))
        if not os.path.isdir(parent):
            os.makedirs(parent, 0o755)
        for path in (self._folder, folder):
            where = self._tree.at(path)
            if not os.path.isdir(where):
                os.mkdir(where, 0o700)
                sync_folder(os.path.dirname(where))
