# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: one question over TLS to a port of the node itself, or of the server that an agent joins through, trusting
# one CA alone. No proxy, no redirection, and a deadline; nothing of an answer gets into an error.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import base64
import socket
import ssl

try:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection
except ImportError:  # Python 2
    from httplib import HTTPConnection, HTTPException, HTTPSConnection

LOOPBACK = "127.0.0.1"
MOST_BYTES = 1024 * 1024


class NoAnswer(Exception):
    """Nobody there, another certificate, or no answer in time."""


def ask(port, path, trust, body=None, user=None, secret=None, seconds=5, method=None, host=LOOPBACK):
    """
    The status and the body of GET, or of POST with a body. `trust` has the paths ca and perhaps certificate and key; without it the
    question goes in the clear, which only a port of the node itself is asked.
    """
    try:
        if trust is None:
            connection = HTTPConnection(LOOPBACK, port, timeout=seconds)
        else:
            context = ssl.create_default_context(cafile=trust["ca"])
            if "key" in trust:
                context.load_cert_chain(trust["certificate"], trust["key"])
            connection = HTTPSConnection(host, int(port), timeout=seconds, context=context)
        try:
            headers = {}
            if secret is not None:
                pair = (user + u":" + secret).encode("utf-8")
                headers["Authorization"] = "Basic " + base64.b64encode(pair).decode("ascii")
            connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(MOST_BYTES)
        finally:
            connection.close()
    except (HTTPException, IOError, OSError, socket.error, ssl.SSLError, ValueError):
        pass
    # Out here, so that none of these is its cause: some quote what they were given.
    raise NoAnswer()
