# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: how a text stands in a file of each format, and its exchange for another one.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import re

from ._go_words import resolve

STYLES = ("plain", "single", "double", "yaml")
# What needs no quotes, wherever it stands.
PLAIN = re.compile(u"\\A[A-Za-z0-9_][A-Za-z0-9_.:/+=@%,!~-]*\\Z")


def _yaml(text, style):
    if style == "single":
        return u"'" + text.replace(u"'", u"''") + u"'"
    if style == "double":
        return u'"' + text.replace(u"\\", u"\\\\").replace(u'"', u'\\"') + u'"'
    return text


def _environment(text, style):
    if style == "single":
        return None if u"'" in text else u"'" + text + u"'"
    if style == "double":
        return u'"' + re.sub(u'([\\\\"`$])', u"\\\\\\1", text) + u'"'
    return text


def _unit(text, style):
    text = text.replace(u"%", u"%%")
    if style == "plain":
        return text
    quote = u"'" if style == "single" else u'"'
    return quote + text.replace(u"\\", u"\\\\").replace(quote, u"\\" + quote) + quote


def _arguments(text, style):
    return _unit(text.replace(u"$", u"$$"), style)


def _assignment(text, style):
    """Environment=: a word in quotes has the name in them as well, so that only what is inside is written."""
    made = _unit(text, style)
    return made if style == "plain" else made[1:-1]


QUOTES = {u"": "plain", u"'": "single", u'"': "double"}
FORMATS = {"config": _yaml, "environment-file": _environment, "environment": _assignment, "command-line": _arguments}


def style_of(part, text, place, spelling):
    """How a text stands in a part of a file: plain, single, double, or other."""
    found = _find(part, text, place, spelling)
    return "other" if found is None else found[2]


def exchange(part, former, text, place, spelling, style=None):
    """
    The part with the text in the place of the former one; None where that stands there in a way that is not known. `place` is one of
    FORMATS, `spelling` the key, variable or option that it stands behind.
    """
    found = _find(part, former, place, spelling)
    if found is None:
        return None
    start, end, present = found
    if style == "yaml":
        style = "plain" if _is_plain_for_yaml(text) else "single"
    style = style or present
    if style == "plain" and not PLAIN.match(text):
        # It could not stand there bare.
        style = "single"
    made = FORMATS[place](text, style)
    return None if made is None else part[:start] + made + part[end:]


def _is_plain_for_yaml(text):
    """Whether a dump of YAML writes it without quotes: it is then a text for both readers."""
    return PLAIN.match(text) is not None and not text.endswith(u":") and resolve(text) == text and re.match(u"[A-Za-z]", text) is not None


# A key, a variable or an option, and what stands between it and its text, ends of lines within one command among it.
NAMED = r"""(['"]?)%s(?:['"]?[ \t]*[:=][ \t]*|['"]?[ \t\\\r\n]+)"""
BEHIND = u"'\" \t\r\n\\"


def _find(part, text, place, spelling):
    """Where the text stands, and in which style; once behind its name, or not at all."""
    if not text:
        return None
    write = FORMATS[place]
    hits = []
    for name in re.finditer(NAMED % re.escape(spelling), part):
        for style in STYLES[:3]:
            written = write(text, style)
            # Of an assignment in a unit the quotes stand around the name, too.
            is_whole = place != "environment" or style == QUOTES[name.group(1)]
            end = name.end() + len(written or u"")
            if written is not None and is_whole and part[name.end() : end] == written and part[end : end + 1] in BEHIND:
                hits.append((name.end(), end, style))
    return hits[0] if len(hits) == 1 else None
