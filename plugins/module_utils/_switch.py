# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what a place has, exchanged for another text, every other byte kept. Begin here: `Switch` reads what is
# configured, makes each file anew in memory, has it read as K3s would, and only then writes it. _written_text knows how the files
# write a text.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import re

from ._node_tree import Unreadable
from ._service_files import find_services
from ._token_sources import Sources
from ._token_text import trim
from ._whole_file import replace_file
from ._written_text import exchange, FORMATS, style_of

BREAK = re.compile(b"\r\n|\r|\n")


class Refused(Exception):
    """Nothing was written. `reason` is a word, `path` the file; nothing that stands in it is told."""

    def __init__(self, reason, path):
        super(Refused, self).__init__(reason)
        self.reason = reason
        self.path = path


class Overlay:
    """A tree with some files as they are going to be."""

    def __init__(self, tree, files):
        self._tree = tree
        self._files = files

    def __getattr__(self, name):
        return getattr(self._tree, name)

    def bytes(self, path):
        return self._files[path] if path in self._files else self._tree.bytes(path)

    def text(self, path):
        return self.bytes(path).decode("utf-8") if path in self._files else self._tree.text(path)


def sources_of(tree, program):
    services = find_services(tree, program)
    return Sources(tree, program, services[0] if services else None)


class Switch:
    """
    `places` are (place, path, option, style); `texts` the next text by option. A style of None keeps the way in which the former
    text is written.
    """

    def __init__(self, tree, program, texts):
        self._tree = tree
        self._program = program
        self._texts = texts
        self.files = {}

    def prepare(self, places):
        """
        Makes the files that have to be written.
        Raises Refused, and Unreadable.
        """
        for place, path, option, style in places:
            if option not in self._texts:
                raise Refused("no-side-file", path)
            self._one(place, path, option, style)
        self._prove(places)

    def write(self):
        for path in sorted(self.files):
            replace_file(self._tree.at(path), self.files[path])

    def _one(self, place, path, option, style):
        tree = Overlay(self._tree, self.files)
        settings = [one for one in sources_of(tree, self._program).settings if (one.place, one.path, one.name) == (place, path, option)]
        if not settings:
            raise Refused("absent", path)
        for setting in settings:
            if setting.value != self._texts[option]:
                self.files[path] = self._made(tree.bytes(path), setting, self._texts[option], style)
                tree = Overlay(self._tree, self.files)

    @staticmethod
    def _made(data, setting, text, style):
        if setting.place == "token-file":
            whole = data.decode("utf-8")
            return whole.replace(trim(whole), text, 1).encode("utf-8") if trim(whole) else text.encode("utf-8") + b"\n"
        start, end = _logical_line(data, setting.line, setting.place)
        part = data[start:end].decode("utf-8")
        made = exchange(part, setting.value, text, setting.place, setting.spelling, style)
        if made is None:
            raise Refused("unclear", setting.path)
        return data[:start] + made.encode("utf-8") + data[end:]

    def _prove(self, places):
        """What is going to be there is read as K3s reads it, and every place has to have its text."""
        sources = sources_of(Overlay(self._tree, self.files), self._program)
        for place, path, option, _style in places:
            values = [one.value for one in sources.settings if (one.place, one.path, one.name) == (place, path, option)]
            if not values or any(value != self._texts[option] for value in values):
                raise Refused("not-read-back", path)
        for option in set(option for _place, _path, option, _style in places):
            winners = [one.value for one in sources.settings if one.wins and one.name == option]
            if winners != [self._texts[option]]:
                raise Refused("another-wins", next(path for _place, path, name, _style in places if name == option))


def style_at(tree, setting):
    """How a setting stands in its file, for `style` of an exchange; `other` where it could not be exchanged."""
    if setting.place not in FORMATS:
        return "plain"
    try:
        data = tree.bytes(setting.path)
        start, end = _logical_line(data, setting.line, setting.place)
        return style_of(data[start:end].decode("utf-8"), setting.value, setting.place, setting.spelling)
    except (Unreadable, ValueError):
        return "other"


def _logical_line(data, number, place):
    """From where to where a line goes, with those that continue it: a backslash at the end in units, environment files and scripts."""
    starts = [0] + [found.end() for found in BREAK.finditer(data)]
    start = starts[number - 1]
    index = number
    while place != "config" and index < len(starts) and data[start : starts[index]].rstrip(b"\r\n").endswith(b"\\"):
        index += 1
    end = starts[index] if index < len(starts) else len(data)
    return start, end
