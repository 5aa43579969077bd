# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what a bare word of YAML is for go-yaml v2 (resolve.go), printed as Go prints it, which is what
# K3s has of it in the end.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import re

TRUE = frozenset("y Y yes Yes YES on On ON true True TRUE".split())
FALSE = frozenset("n N no No NO off Off OFF false False FALSE".split())
NULL = frozenset(["", "~", "null", "Null", "NULL"])
WORDS = {".nan": "NaN", ".NaN": "NaN", ".NAN": "NaN"}
for _word in (".inf", ".Inf", ".INF"):
    WORDS[_word] = WORDS["+" + _word] = "+Inf"
    WORDS["-" + _word] = "-Inf"

DECIMAL = re.compile(r"\A[-+]?(?:0|[1-9][0-9]*)\Z")
OCTAL = re.compile(r"\A([-+]?)0[oO]?([0-7]+)\Z")
HEXADECIMAL = re.compile(r"\A([-+]?)0[xX]([0-9a-fA-F]+)\Z")
BINARY = re.compile(r"\A([-+]?)0[bB]([01]+)\Z")
# What follows 0b is handed on by itself, a sign included.
SIGNED_BINARY = re.compile(r"\A0b([-+])([01]+)\Z")
FLOAT = re.compile(r"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
# A leading point keeps its underscores, and Go allows them between digits.
FRACTION = re.compile(r"\A\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?\Z")

LEAST, MOST = -(2**63), 2**64 - 1


def resolve(word):
    """The text that K3s has of a bare word without a tag."""
    if word in NULL:
        return u""
    if word in TRUE:
        return u"true"
    if word in FALSE:
        return u"false"
    if word in WORDS:
        return u"" + WORDS[word]
    number = _number(word)
    return word if number is None else u"" + number


def _number(word):
    if word[0] == ".":
        return _float(word.replace("_", "")) if FRACTION.match(word) else None
    if word[0] not in "+-0123456789":
        return None
    plain = word.replace("_", "")
    integer = _integer(plain)
    if integer is not None:
        return str(integer)
    return _float(plain) if FLOAT.match(plain) else None


def _integer(plain):
    found = None
    if DECIMAL.match(plain):
        found = int(plain)
    for pattern, base in ((OCTAL, 8), (HEXADECIMAL, 16), (BINARY, 2), (SIGNED_BINARY, 2)):
        match = pattern.match(plain)
        if found is None and match:
            found = int(match.group(1) + match.group(2), base)
    if found is None or not LEAST <= found <= MOST:
        return None
    # Go reads what needs all 64 bits without a sign only.
    return None if found >= 2**63 and plain[0] in "+-" else found


def _float(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return None
    return _print_float(value)


def _print_float(value):
    """As Go's %v: the fewest digits that tell the number, with an exponent from a million on and below a ten-thousandth."""
    sign, digits, exponent = _digits(value)
    if exponent < -4 or exponent >= 6:
        mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return "%s%se%s%02d" % (sign, mantissa, "-" if exponent < 0 else "+", abs(exponent))
    if exponent < 0:
        return sign + "0." + "0" * (-exponent - 1) + digits
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    fraction = digits[exponent + 1 :]
    return sign + whole + ("." + fraction if fraction else "")


def _digits(value):
    """Sign, digits without zeros around them, and the exponent of the first: -1250.0 is ("-", "125", 3)."""
    text = repr(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    mantissa, _e, power = text.partition("e")
    whole, _point, fraction = mantissa.partition(".")
    digits = whole + fraction
    leading = len(digits) - len(digits.lstrip("0"))
    exponent = len(whole) - 1 - leading + int(power or 0)
    digits = digits.strip("0")
    return (sign, digits, exponent) if digits else (sign, "0", 0)
