# Kills K3s on its host with SIGKILL after one of the steps of `token rotate`: kill-k3s.py passwd | token | new-key | old-gone | saved. The first
# two are files that it writes, the others keys of its datastore that come, go, and are written once more.
import base64
import http.client
import json
import os
import ssl
import sys
import time

SERVER = "/var/lib/rancher/k3s/server"
FILES = {"passwd": SERVER + "/cred/passwd", "token": SERVER + "/token"}
RANGE = json.dumps({"key": "L2Jvb3RzdHJhcC8=", "range_end": "L2Jvb3RzdHJhcDA=", "keys_only": True})

point = sys.argv[1]
with open("/run/k3s.pid") as file:
    pid = int(file.read())


def stamp(path):
    try:
        found = os.stat(path)
        return found.st_mtime_ns, found.st_ino, found.st_size
    except FileNotFoundError:
        return None


def connect():
    context = ssl.create_default_context(cafile=SERVER + "/tls/etcd/server-ca.crt")
    context.load_cert_chain(SERVER + "/tls/etcd/client.crt", SERVER + "/tls/etcd/client.key")
    return http.client.HTTPSConnection("127.0.0.1", 2382, context=context, timeout=5)


def keys(connection):
    connection.request("POST", "/v3/kv/range", RANGE)
    found = json.loads(connection.getresponse().read()).get("kvs", [])
    # Each with how often it was written.
    versions = {base64.b64decode(one["key"]): int(one["version"]) for one in found}
    versions.pop(b"/bootstrap/", None)
    return versions


end = time.time() + 400
if point in FILES:
    before = stamp(FILES[point])

    def is_reached():
        return stamp(FILES[point]) != before

else:
    connection = connect()
    first = keys(connection).keys()

    def is_reached():
        now = keys(connection)
        if point == "new-key":
            return bool(now.keys() - first)
        if now.keys() & first:
            return False
        return point == "old-gone" or max(now.values()) > 1


print("watching", flush=True)
while time.time() < end:
    if is_reached():
        os.kill(pid, 9)
        print("killed", flush=True)
        break
    time.sleep(0.0003)
