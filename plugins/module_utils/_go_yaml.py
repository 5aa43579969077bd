# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: the options in a config.yaml as K3s reads it (pkg/configfilearg, go-yaml v2), without a YAML library,
# which a node need not have. It reads one mapping at the top, whose values are words, quoted or block text, or lists of these. What
# it does not know it does not guess: Unclear says at which line, and never what stands there.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import re

from ._go_words import resolve
from ._token_text import trim

# A key, quoted or bare, and what follows its colon.
KEY = re.compile(u"\\A(?:\"([^\"\\\\]*)\"|'([^']*)'|([^\\s\\-?:,\\[\\]{}#&*!|>'\"%@`][^#:]*?|-[^\\s#:][^#:]*?))[ \t]*:(?:[ \t]+(.*)|)\\Z", re.S)
ITEM = re.compile(u"\\A[ ]*-(?:[ \t]+(.*)|)\\Z", re.S)
MARKED = re.compile(u"\\A(&[^\\s,\\[\\]{}]+|!!?[^\\s,\\[\\]{}]*)(?:[ \t]+(.*)|)\\Z", re.S)
BLOCK = re.compile(u"\\A([|>])([-+]?)([1-9]?)([-+]?)[ \t]*(?:#.*)?\\Z")
# Both readers break lines here; go-yaml at NEL and the Unicode separators as well, which no configuration has.
ODD_BREAKS = re.compile(u"[\x85\u2028\u2029]")
ESCAPES = {
    u"0": u"\0", u"a": u"\a", u"b": u"\b", u"t": u"\t", u"\t": u"\t", u"n": u"\n", u"v": u"\v", u"f": u"\f", u"r": u"\r", u"e": u"\x1b",
    u" ": u" ", u'"': u'"', u"'": u"'", u"\\": u"\\", u"N": u"\x85", u"_": u"\xa0", u"L": u"\u2028", u"P": u"\u2029",
}  # fmt: skip
LENGTHS = {u"x": 2, u"u": 4, u"U": 8}


class Unclear(Exception):
    """What stands in the file is not understood here; K3s may refuse it or read it. `line` counts from 1."""

    def __init__(self, line):
        super(Unclear, self).__init__("line %d" % line)
        self.line = line


def read_options(data, wanted):
    """
    The options of a file, in its order, as (name, value, line); a `+` behind a name is left out, a list gives its last item.
    Values of names that are not wanted are not looked at.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unclear(data[: error.start].count(b"\n") + 1)
    text = text[1:] if text.startswith(u"\ufeff") else text
    lines = text.replace(u"\r\n", u"\n").replace(u"\r", u"\n").split(u"\n")
    anchors = {}
    found = []
    for name, rest, line, more in _entries(lines):
        name = name[:-1] if name.endswith(u"+") else name
        value = _Value(line, anchors)
        if name in wanted:
            found.append((name, trim(value.read(rest, more)), line))
        else:
            value.remember(rest, more)
    return found


def _entries(lines):
    """The keys of the first document, each with the text behind its colon, its line and the lines below that belong to it."""
    entries = []
    for index, line in enumerate(lines):
        number = index + 1
        if ODD_BREAKS.search(line):
            raise Unclear(number)
        if line.startswith(u"---") and line[3:4] in (u"", u" ", u"\t"):
            if entries:
                break
            if line[3:].strip(u" \t") and not line[3:].strip(u" \t").startswith(u"#"):
                raise Unclear(number)
            continue
        if line.startswith(u"...") and line[3:4] in (u"", u" ", u"\t"):
            break
        if entries and (not line.strip(u" \t") or line[0] in u" \t" or line.startswith(u"- ") or line == u"-"):
            entries[-1][3].append(line)
            continue
        if not line.strip(u" \t") or line.startswith(u"#"):
            if entries and line.startswith(u"#"):
                entries[-1][3].append(line)
            continue
        key = KEY.match(line)
        if key is None:
            raise Unclear(number)
        quoted, single, bare, rest = key.groups()
        name = next(part for part in (quoted, single, bare) if part is not None)
        entries.append((name, (rest or u"").strip(u" \t"), number, []))
    return entries


class _Value:
    def __init__(self, line, anchors):
        self._line = line
        self._anchors = anchors

    def remember(self, rest, more):
        """Of a value that nobody wants only an anchor is kept, if it can be read."""
        if rest.startswith(u"&"):
            try:
                self.read(rest, more)
            except Unclear:
                pass

    def read(self, rest, more):
        """The text of a value, from behind its colon and from the lines below it."""
        tag = anchor = None
        marked = MARKED.match(rest)
        while marked:
            mark, rest = marked.group(1), marked.group(2) or u""
            if mark.startswith(u"&"):
                anchor = mark[1:]
            else:
                tag = mark
            marked = MARKED.match(rest)
        text = self._content(rest, more, tag)
        if anchor is not None:
            self._anchors[anchor] = text
        return text

    def _content(self, rest, more, tag):
        if tag not in (None, u"!!str"):
            # A tag of somebody's own: go-yaml gives nothing for it alone.
            return self._only(u"", rest, more)
        as_word = (lambda word: word) if tag else resolve
        if rest.startswith(u"*"):
            name = _without_comment(rest[1:])
            if name not in self._anchors:
                raise Unclear(self._line)
            return self._only(self._anchors[name], u"", more)
        if rest[:1] in (u"|", u">"):
            return self._block(rest, more)
        if rest[:1] in (u'"', u"'"):
            return self._quoted(rest, more)
        if rest.startswith(u"["):
            return self._flow_list(rest, more)
        if rest[:1] in (u"{", u"@", u"`", u"%", u"]", u"}", u","):
            raise Unclear(self._line)
        word = _without_comment(rest)
        if word == u"":
            items = self._items(more)
            return items[-1] if items else as_word(u"")
        if ITEM.match(rest):
            raise Unclear(self._line)
        return as_word(self._plain(word, more, rest))

    def _only(self, text, rest, more):
        """What has nothing below it but comments."""
        if _without_comment(rest) or any(_without_comment(line.strip(u" \t")) for line in more):
            raise Unclear(self._line)
        return text

    def _plain(self, word, more, rest):
        parts = [word]
        is_ended = word != rest
        breaks = 0
        for line in more:
            stripped = line.strip(u" \t")
            if not stripped:
                breaks += 1
                continue
            if stripped.startswith(u"#"):
                is_ended = True
                continue
            if is_ended or line[0] not in u" \t":
                raise Unclear(self._line)
            part = _without_comment(stripped)
            is_ended = part != stripped
            parts.append(u"\n" * breaks if breaks else u" ")
            parts.append(part)
            breaks = 0
        for part in parts:
            if re.search(u":(?:[ \t]|\\Z)|\\A\\?(?:[ \t]|\\Z)", part):
                raise Unclear(self._line)
        return u"".join(parts)

    def _block(self, rest, more):
        header = BLOCK.match(rest)
        if header is None:
            raise Unclear(self._line)
        style, first, indent, second = header.groups()
        lines = list(more)
        while lines and lines[-1].startswith(u"#"):
            lines.pop()
        width = int(indent) if indent else next((len(line) - len(line.lstrip(u" ")) for line in lines if line.strip(u" ")), 0)
        if any(line.strip(u" ") and (not line.startswith(u" " * width) or width == 0) for line in lines):
            raise Unclear(self._line)
        content = [line[width:] for line in lines]
        text = u"\n".join(content) if style == u"|" else self._fold(content)
        # What is at the end falls to trim() in any case.
        return text

    def _fold(self, content):
        if any(line[:1] in (u" ", u"\t") for line in content):
            raise Unclear(self._line)
        return re.sub(u"(\n*)\n", lambda breaks: breaks.group(1) or u" ", u"\n".join(content).strip(u"\n"))

    def _quoted(self, rest, more):
        quote = rest[0]
        text = u"\n".join([rest[1:]] + [line.strip(u" \t") for line in more])
        out = []
        position = 0
        while True:
            if position >= len(text):
                raise Unclear(self._line)
            char = text[position]
            if char == quote:
                if quote == u"'" and text[position + 1 : position + 2] == u"'":
                    out.append(u"'")
                    position += 2
                    continue
                break
            if char == u"\\" and quote == u'"':
                piece, position = self._escape(text, position + 1)
                out.append(piece)
                continue
            if char == u"\n":
                end = position
                while text[end : end + 1] == u"\n":
                    end += 1
                while out and out[-1] in (u" ", u"\t"):
                    out.pop()
                out.append(u"\n" * (end - position - 1) or u" ")
                position = end
                continue
            out.append(char)
            position += 1
        self._only(u"", u"", text[position + 1 :].split(u"\n"))
        return u"".join(out)

    def _escape(self, text, position):
        char = text[position : position + 1]
        if char == u"\n":
            return u"", position + 1
        if char in ESCAPES and char:
            return ESCAPES[char], position + 1
        length = LENGTHS.get(char)
        digits = text[position + 1 : position + 1 + (length or 0)]
        if length is None or not re.match(u"\\A[0-9a-fA-F]{%d}\\Z" % length, digits):
            raise Unclear(self._line)
        return (u"\\U%s" % digits.rjust(8, u"0")).encode("ascii").decode("unicode_escape"), position + 1 + length

    def _flow_list(self, rest, more):
        whole = u" ".join([rest] + [_without_comment(line.strip(u" \t")) for line in more]).strip(u" ")
        inner = re.match(u"\\A\\[([^\\[\\]{}\"'&*!]*)\\][ \t]*(?:#.*)?\\Z", whole)
        if inner is None:
            raise Unclear(self._line)
        items = [item.strip(u" \t") for item in inner.group(1).split(u",")]
        if items[-1] == u"":
            items.pop()
        return resolve(items[-1]) if items else u""

    def _items(self, more):
        """The values of a list below the key; an empty one where there is none."""
        items = []
        for line in more:
            stripped = line.strip(u" \t")
            if not stripped or stripped.startswith(u"#"):
                continue
            item = ITEM.match(line)
            if item is None:
                raise Unclear(self._line)
            items.append(_Value(self._line, self._anchors).read((item.group(1) or u"").strip(u" \t"), []))
        return items


def _without_comment(text):
    if text.startswith(u"#"):
        return u""
    return re.split(u"[ \t]#", text, maxsplit=1)[0].rstrip(u" \t")
