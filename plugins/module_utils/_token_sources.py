# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: where a node has its token from at the next start of K3s. The order is K3s' own: token file, command
# line, config.yaml and its folder, environment; an empty one of these wins as well.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import os
import re

from ._go_yaml import read_options, Unclear
from ._node_tree import Unreadable
from ._service_files import environment_files, read_variables
from ._token_text import trim

# The spellings of an option, the long one first.
SPELLINGS = {
    "token": ("token", "t"),
    "token-file": ("token-file",),
    "agent-token": ("agent-token",),
    "agent-token-file": ("agent-token-file",),
    "data-dir": ("data-dir", "d"),
    "server": ("server", "s"),
    "config": ("config", "c"),
    "https-listen-port": ("https-listen-port",),
    "datastore-endpoint": ("datastore-endpoint",),
    "cluster-init": ("cluster-init",),
}
LONG = dict((spelling, name) for name, spellings in SPELLINGS.items() for spelling in spellings)
TOKENS = ("token", "agent-token")
SECRET_VARIABLES = {"TOKEN": "token", "TOKEN_FILE": "token-file", "AGENT_TOKEN": "agent-token", "AGENT_TOKEN_FILE": "agent-token-file"}
VARIABLES = dict(SECRET_VARIABLES, URL="server", DATA_DIR="data-dir", CONFIG_FILE="config", DATASTORE_ENDPOINT="datastore-endpoint")
FLAGS_WITHOUT_VALUE = frozenset(["cluster-init"])


VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\A\$([A-Za-z_][A-Za-z0-9_]*)\Z|\$\$")


def substitute(word, known):
    """A word of ExecStart: ${NAME} anywhere and $NAME alone stand for variables, $$ for a dollar."""
    return VARIABLE.sub(lambda found: "$" if found.group(0) == "$$" else known.get(found.group(1) or found.group(2), ""), word)


class Setting:
    """One option at one place. `place` is a word, `path` and `line` say where it stands; a line is None where there is none."""

    def __init__(self, name, value, place, path, line=None, spelling=None, is_read=True):
        self.name = name
        self.value = value
        self.place = place
        self.path = path
        self.line = line
        self.spelling = spelling or name
        # Whether K3s reads it at all: an environment file that no service names is not.
        self.is_read = is_read
        self.wins = False


class Sources:
    """Everything that K3s takes at its next start, and what lies about beside it."""

    def __init__(self, tree, program, service):
        self._tree = tree
        self._program = program
        self.settings = []
        self.faults = []
        self.conflicts = set()
        if service is not None:
            self._read_service(service)
        self._read_config()
        self._read_left_behind(service)
        self._token_files()
        self._decide()

    def value(self, name):
        """What K3s has of an option that is no secret; None where nobody sets it."""
        winner = self._winner_of(name)
        return None if winner is None else winner.value

    def value_that_wins(self, name):
        """The text that K3s takes as token or agent-token at its next start; None where there is none that can be read."""
        return next((one.value for one in self.settings if one.wins and one.name == name), None)

    def _read_service(self, service):
        self.faults.extend(("service", path, None, reason) for path, reason in service.faults)
        words = self._substituted(service)
        index = 0
        while index < len(words):
            text, path, line = words[index]
            index += 1
            if not text.startswith("-") or text.strip("-") == "":
                continue
            spelling, equals, value = text.lstrip("-").partition("=")
            name = LONG.get(spelling)
            if name is None:
                continue
            if not equals and name not in FLAGS_WITHOUT_VALUE:
                value = words[index][0] if index < len(words) else ""
                index += 1
            self.settings.append(Setting(name, value, "command-line", path, line, spelling))
        for text, path, line in service.variables:
            name, equals, value = text.partition("=")
            if equals:
                self._add_variable(name, value, "environment", path, line)
        for path in service.files:
            self._read_variables(path, is_read=True)

    def _substituted(self, service):
        """The arguments with the variables of the unit in their places, as systemd puts them there."""
        if not any("$" in text for text, _path, _line in service.arguments):
            return service.arguments
        known = dict(text.partition("=")[::2] for text, _path, _line in service.variables)
        for path in service.files:
            try:
                known.update((name, value) for name, value, _line in read_variables(self._tree.text(path)))
            except Unreadable:
                pass
        return [(substitute(text, known), path, line) for text, path, line in service.arguments]

    def _read_variables(self, path, is_read):
        try:
            assigned = read_variables(self._tree.text(path))
        except Unreadable as error:
            if error.reason != "absent":
                self.faults.append(("environment-file", path, None, error.reason))
            return
        for name, value, line in assigned:
            self._add_variable(name, value, "environment-file", path, line, is_read)

    def _add_variable(self, variable, value, place, path, line, is_read=True):
        prefix = self._program.upper() + "_"
        name = VARIABLES.get(variable[len(prefix) :]) if variable.startswith(prefix) else None
        if name is not None:
            self.settings.append(Setting(name, value, place, path, line, variable, is_read))

    def _read_left_behind(self, service):
        """Environment files that no service reads; the next role or installer may."""
        read = set(service.files) if service is not None else set()
        for path in environment_files(self._tree, self._program):
            if path not in read:
                self._read_variables(path, is_read=False)

    def _read_config(self):
        path = self.value("config") or "/etc/rancher/%s/config.yaml" % self._program
        folder = path + ".d"
        names = [name for name in self._tree.list(folder) if os.path.splitext(name)[1].lower() in (".yaml", ".yml")]
        for file in [path] + [folder + "/" + name for name in names]:
            try:
                for spelling, value, line in read_options(self._tree.bytes(file), LONG):
                    name = LONG[spelling]
                    if name in FLAGS_WITHOUT_VALUE and value == "false":
                        continue
                    self.settings.append(Setting(name, value, "config", file, line, spelling))
            except Unclear as error:
                self.faults.append(("config", file, error.line, "syntax"))
            except Unreadable as error:
                if error.reason not in ("absent", "folder" if file != path else "absent"):
                    self.faults.append(("config", file, None, error.reason))

    def _token_files(self):
        """What stands in the files that an option names as token file."""
        for setting in [one for one in self.settings if one.name.endswith("token-file")]:
            if setting.value == "":
                continue
            name = setting.name[: -len("-file")]
            try:
                text = trim(self._tree.text(setting.value))
            except Unreadable as error:
                # The path is not told: where no such file is, it may be a token in the wrong place.
                self.faults.append(("token-file", setting.path, setting.line, error.reason))
                continue
            file = Setting(name, text, "token-file", setting.value, is_read=setting.is_read)
            file.named_by = setting
            if not any(one.place == "token-file" and one.path == file.path and one.name == name for one in self.settings):
                self.settings.append(file)

    def _winner_of(self, name):
        """Of one spelling the last wins: arguments stand behind the lines of the files; the environment is asked where nobody sets it."""
        read = [one for one in self.settings if one.name == name and one.is_read]
        by_place = dict((place, [one for one in read if one.place == place]) for place in ("config", "command-line", "environment", "environment-file"))
        flags = by_place["config"] + by_place["command-line"]
        if len(set(one.spelling for one in flags)) > 1:
            self.conflicts.add(name)
        # An environment file is read behind the variables of the unit.
        chosen = flags or by_place["environment"] + by_place["environment-file"]
        return chosen[-1] if chosen else None

    def _decide(self):
        for name in TOKENS:
            file = self._winner_of(name + "-file")
            if file is not None and file.value != "":
                winners = [one for one in self.settings if one.name == name and one.place == "token-file" and one.path == file.value]
                if not winners:
                    winners = [file]
            else:
                winner = self._winner_of(name)
                winners = [] if winner is None else [winner]
            for one in winners:
                one.wins = True
