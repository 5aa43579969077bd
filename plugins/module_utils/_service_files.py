# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: how a service of K3s is started, from the unit of systemd or the script of OpenRC and SysV: arguments,
# variables, and the environment files it reads.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import glob
import re
import shlex

from ._node_tree import Unreadable

# As systemd looks for them; what comes first wins.
UNIT_FOLDERS = ("/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system")
UNIT_NAMES = {"k3s": ("k3s", "k3s-server", "k3s-node", "k3s-agent"), "rke2": ("rke2-server", "rke2-agent")}
# Where roles and installers put variables; read by a service only if its unit names the file.
ENVIRONMENT_FILES = (
    "/etc/systemd/system/%s.service.env",
    "/etc/default/%s",
    "/etc/sysconfig/%s",
    "/usr/local/lib/systemd/system/%s.env",
    "/usr/lib/systemd/system/%s.env",
)
SHELL_ENVIRONMENT = "/etc/rancher/%s/%s.env"


class Service:
    """
    How one service is started. `arguments` and `variables` are (text, path, line); `files` are the paths of the environment
    files in the order in which they are read, the later the stronger.
    """

    def __init__(self, name, path):
        self.name = name
        self.path = path
        self.arguments = []
        self.variables = []
        self.files = []
        self.faults = []

    @property
    def kind(self):
        """Whether it runs a server or an agent."""
        words = [text for text, _path, _line in self.arguments]
        for word in words:
            if word in ("server", "agent"):
                return word
        return "agent" if self.name.endswith(("-agent", "-node")) else "server"


def find_services(tree, program):
    """Every service of the program that the node has files of."""
    found = []
    for name in UNIT_NAMES[program]:
        service = _from_systemd(tree, name) or _from_script(tree, name, program)
        if service is not None:
            found.append(service)
    return found


def environment_files(tree, program):
    """Every file that is there and could hold variables, whether a service reads it or not."""
    names = [pattern % name for name in UNIT_NAMES[program] for pattern in ENVIRONMENT_FILES]
    return [path for path in names + _shell_environments(program) if tree.exists(path)]


def _shell_environments(program):
    return [SHELL_ENVIRONMENT % (program, name) for name in UNIT_NAMES[program]]


def _from_systemd(tree, name):
    unit = name + ".service"
    path = next((folder + "/" + unit for folder in UNIT_FOLDERS if tree.exists(folder + "/" + unit)), None)
    if path is None:
        return None
    service = Service(name, path)
    drop_ins = {}
    for folder in reversed(UNIT_FOLDERS):
        for found in tree.list("%s/%s.d" % (folder, unit)):
            if found.endswith(".conf"):
                drop_ins[found] = "%s/%s.d/%s" % (folder, unit, found)
    for file in [path] + [drop_ins[key] for key in sorted(drop_ins)]:
        try:
            _read_unit(tree, service, file)
        except Unreadable as error:
            service.faults.append((file, error.reason))
    return service


def _read_unit(tree, service, path):
    is_service = False
    for text, line in _unit_lines(tree.text(path)):
        if text.startswith("["):
            is_service = text.strip() == "[Service]"
            continue
        name, equals, value = text.partition("=")
        if not is_service or not equals:
            continue
        name, value = name.strip(), value.strip()
        if name == "ExecStart":
            if not value:
                service.arguments = []
            else:
                words = [(_specified(word), path, line) for word in split_words(value.lstrip("@-:+!"))]
                service.arguments.extend(words[1:])
        elif name == "Environment":
            if not value:
                service.variables = []
            service.variables.extend((_specified(word), path, line) for word in split_words(value))
        elif name == "EnvironmentFile":
            if not value:
                service.files = []
            else:
                service.files.extend(_named_files(tree, service.name, value.lstrip("-").strip("\"'")))


def _named_files(tree, name, pattern):
    for specifier, text in (("%N", name), ("%p", name), ("%n", name + ".service"), ("%%", "%")):
        pattern = pattern.replace(specifier, text)
    if not re.search(r"[*?\[]", pattern):
        return [pattern]
    return sorted(tree.strip(found) for found in glob.glob(tree.at(pattern)))


def _unit_lines(text):
    """Lines of a unit with their numbers: those that end with a backslash joined, comments left out."""
    whole, start = "", 0
    for index, line in enumerate(text.split("\n")):
        if line.lstrip().startswith(("#", ";")):
            continue
        if not whole:
            start = index + 1
        if line.endswith("\\"):
            whole += line[:-1] + " "
            continue
        whole += line
        if whole.strip():
            yield whole.strip(), start
        whole = ""
    if whole.strip():
        yield whole.strip(), start


def _specified(word):
    """%% is a percent sign; what other specifiers become no token needs."""
    return word.replace("%%", "%")


QUOTED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"', "'": "'", "s": " "}


def split_words(text):
    """The words of a line as systemd splits it: quotes of both kinds, and escapes as in C, within quotes and outside."""
    words, word, quote = [], None, ""
    position = 0
    while position < len(text):
        char = text[position]
        position += 1
        if char == "\\" and position < len(text):
            following = text[position]
            word = (word or "") + QUOTED.get(following, "\\" + following)
            position += 1
        elif quote:
            if char == quote:
                quote = ""
            else:
                word += char
        elif char in "\"'":
            quote, word = char, word or ""
        elif char in " \t\n":
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or "") + char
    return words if word is None else words + [word]


def _from_script(tree, name, program):
    """The installer's script of OpenRC has arguments in command_args; such of SysV call the program by itself."""
    path = "/etc/init.d/" + name
    if not tree.exists(path):
        return None
    service = Service(name, path)
    service.files = [file for file in ["/etc/environment"] + _shell_environments(program) if tree.exists(file)]
    try:
        text = tree.text(path)
    except Unreadable as error:
        service.faults.append((path, error.reason))
        return service
    found = re.search(r"^command_args=(\"(?:[^\"\\]|\\.)*\"|'[^']*')", text, re.M | re.S)
    called = found or re.search(r"\b(?:k3s|rke2)[ \t]+((?:server|agent)\b(?:[^\n;&|<>\\]|\\\n)*)", text)
    if called is None:
        return service
    line = text[: called.start()].count("\n") + 1
    words = called.group(1)[1:-1] if found else called.group(1)
    try:
        split = shlex.split(words.replace("\\\n", " "))
    except ValueError:
        service.faults.append((path, "syntax"))
        return service
    for word in split:
        if word.startswith((">", "2>", "&")):
            break
        service.arguments.append((word, path, line))
    return service


ASSIGNMENT = re.compile(r"\A(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)\Z", re.S)


def read_variables(text):
    """The assignments of an environment file, as (name, value, line), as systemd and, of plain ones, a shell reads them."""
    found = []
    for whole, line in _unit_lines(text):
        assignment = ASSIGNMENT.match(whole)
        if assignment is not None:
            found.append((assignment.group(1), _unquoted(assignment.group(2)), line))
    return found


def _unquoted(value):
    out, quote = "", ""
    position = 0
    while position < len(value):
        char = value[position]
        position += 1
        if quote == "'" and char != "'":
            out += char
        elif char == "\\" and position < len(value):
            following = value[position]
            position += 1
            # Within double quotes only these are escaped.
            out += following if not quote or following in '"\\`$' else "\\" + following
        elif char == quote and quote:
            quote = ""
        elif char in "\"'" and not quote:
            quote = char
        else:
            out += char
    return out.rstrip(" \t") if value[-1:] in " \t" else out
