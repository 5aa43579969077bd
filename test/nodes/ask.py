# Runs the nodes' Python on cases from standard input and tells, unlike the module itself, what it has read. The first argument says
# which part is asked.
import contextlib
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "plugins"))
from module_utils._go_yaml import read_options, Unclear  # noqa: E402
from module_utils._node_report import report  # noqa: E402
from module_utils._node_tree import Tree, Unreadable  # noqa: E402
from module_utils._service_files import find_services, read_variables, Service, split_words  # noqa: E402
from module_utils._side_files import SideFiles  # noqa: E402
from module_utils._switch import Refused, Switch  # noqa: E402
from module_utils._token_sources import Sources  # noqa: E402
from module_utils._token_text import Coder, key_of, take_apart  # noqa: E402


def write(root, path, text):
    where = root + path
    os.makedirs(os.path.dirname(where), exist_ok=True)
    with open(where, "wb") as file:
        file.write(text.encode("latin-1" if "\xff" in text else "utf-8"))


@contextlib.contextmanager
def tree_of(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            write(root, path, text)
        yield Tree(root), root


def configured(case):
    """One case of test/vectors/k3s-config-files.json."""
    at = "/etc/rancher/k3s/config.yaml"
    files = {at: case["config"]} if case.get("config") is not None else {}
    files.update(("%s.d/%s" % (at, name), text) for name, text in case.get("d", {}).items())
    files = {path: text.replace(": TF\n", ": /tf\n") for path, text in files.items()}
    if "tf" in case:
        files["/tf"] = case["tf"]
    with tree_of(files) as (tree, _root):
        service = Service("k3s", "/unit")
        service.arguments = [(word, "/unit", 1) for word in [case.get("cmd", "server")] + case.get("args", [])]
        service.variables = [("%s=%s" % (name, value.replace("TF", "/tf")), "/unit", 2) for name, value in case.get("env", {}).items()]
        return told(Sources(tree, "k3s", service))


def config(text):
    """The value of token in a config.yaml, or None where it is not read."""
    try:
        return dict((name, value) for name, value, _line in read_options(text.encode("utf-8"), ("token",)))["token"]
    except Unclear:
        return None


def told(sources):
    winners = {one.name: one for one in sources.settings if one.wins}
    return {
        "faults": [fault[3] for fault in sources.faults],
        "conflicts": sorted(sources.conflicts),
        "winners": {name: [one.value, one.place, one.path, one.line] for name, one in winners.items()},
        "losers": [[one.name, one.value, one.place, one.path, one.line, one.is_read] for one in sources.settings if "token" in one.name and not one.wins],
    }


def started(files):
    """What is configured on a node with these files."""
    with tree_of(files) as (tree, _root):
        program = "rke2" if any("rke2" in path for path in files) else "k3s"
        services = find_services(tree, program)
        return dict(told(Sources(tree, program, services[0] if services else None)), kinds=[service.kind for service in services])


def reported(files):
    """The whole answer for a node with these files."""
    with tree_of(files) as (_tree, root):
        return json.dumps(report({"root": root, "program": None, "nonce": "n", "memory": False}, None))


def apart(case):
    form, secret, fields = take_apart(case["text"], case["option"])
    return {"form": form, "secret": secret, "fields": fields, "key": None if secret is None else key_of(secret)}


def switched(case):
    """The files after an exchange, or why there was none, and whether a second one had anything to do."""
    with tree_of(case["files"]) as (tree, root):
        program = "rke2" if any("rke2" in path for path in case["files"]) else "k3s"

        def exchange():
            switch = Switch(tree, program, case["texts"])
            switch.prepare([(place["place"], place["path"], place["option"], place.get("style")) for place in case["places"]])
            switch.write()
            return sorted(switch.files)

        try:
            first = exchange()
            return {"written": first, "again": exchange(), "files": dict((path, tree.text(path)) for path in case["files"]), "lying": lying(root)}
        except (Refused, Unreadable) as error:
            return {"refused": error.reason, "files": dict((path, tree.text(path)) for path in case["files"]), "lying": lying(root)}


def lying(root):
    """Every file below a folder, with its mode."""
    return dict((os.path.join(folder, name)[len(root) :], oct(os.stat(os.path.join(folder, name)).st_mode & 0o777)) for folder, _, names in os.walk(root) for name in names)


def beside(case):
    """Side files written, read, told and removed."""
    with tree_of(case.get("files", {})) as (tree, root):
        side = SideFiles(tree, "k3s")
        try:
            written = [side.write(case["rotation"], name, text) for name, text in case["texts"]]
        except ValueError:
            return {"refused": True, "lying": lying(root)}
        there = lying(root)
        return {"written": written, "lying": there, "told": side.report(Coder("n")), "removed": [side.remove(), side.remove()], "after": lying(root)}


PARTS = {"configured": configured, "started": started, "apart": apart, "switched": switched, "beside": beside, "report": reported, "config": config, "words": split_words, "variables": read_variables}
json.dump([PARTS[sys.argv[1]](case) for case in json.load(sys.stdin)], sys.stdout)
