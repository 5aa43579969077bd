# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what K3s makes of the text of a token (pkg/clientaccess/token.go, pkg/passwd), and the code that
# stands for it in an answer.
#
# No file in this folder begins with a docstring: who passes the folder to -i has every file tried as an INI inventory, in
# which that would be a host, whereas the import ends the attempt.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import hashlib
import hmac
import re

BOOTSTRAP = re.compile(r"\A[a-z0-9]{6}\.[a-z0-9]{16}\Z")
CA_HASH = re.compile(r"\A[0-9a-f]{64}\Z")
HASH_LENGTH = 64

# White space of Go's unicode.IsSpace. Python's strip() takes more: U+001C to U+001F.
SPACE = u"\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


def trim(text):
    """As Go's strings.TrimSpace, with which K3s reads token files and values of config.yaml."""
    return text.strip(SPACE)


class Coder:
    """Gives the code of a text: its HMAC-SHA-256 under the nonce of the controller, 64 hex digits. Only who has both can compare."""

    def __init__(self, nonce):
        self._nonce = nonce.encode("utf-8")

    def secret(self, text):
        """The code of the secret part of a token."""
        return self._code(u"token", text)

    def key(self, name):
        """The code of the name that K3s gives to the key of its datastore: 12 hex digits of the SHA-256 of the secret part."""
        return self._code(u"key", name)

    def _code(self, label, text):
        message = (label + u"\0" + text).encode("utf-8", "surrogatepass" if str is not bytes else "strict")
        return hmac.new(self._nonce, message, hashlib.sha256).hexdigest()


def key_of(secret):
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()[:12]


def take_apart(text, option):
    """
    What K3s has of a text that is configured as token or agent-token: (form, secret, fields). The form is `empty`, `short`,
    `secure`, `bootstrap`, `split` (K3s keeps one part as the key of its datastore and expects another from servers that join),
    or `malformed`. The secret is None where there is none; fields are those that are none: user and ca_hash.
    """
    if text == u"":
        return "empty", None, {}
    if not text.startswith(u"K10"):
        return ("bootstrap" if BOOTSTRAP.match(text) else "short"), text, {}
    rest = text[3:]
    ca_hash, separator, credentials = rest.partition(u"::")
    if not separator:
        ca_hash, credentials = u"", rest
    # Go counts bytes.
    if len(ca_hash.encode("utf-8")) not in (0, HASH_LENGTH):
        return "malformed", None, {}
    fields = {"ca_hash": ca_hash} if CA_HASH.match(ca_hash) else {}
    if BOOTSTRAP.match(credentials):
        return "bootstrap", credentials, fields
    user, colon, secret = credentials.partition(u":")
    if not colon or not secret:
        return "malformed", None, {}
    own = u"node" if option == "agent-token" else u"server"
    if user in (u"server", u"node"):
        fields["user"] = user
    is_whole = separator and user == own
    return ("secure" if is_whole else "split"), secret, fields
