# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: what brings a server back that missed its rotation, or was killed within it. Each is one change, and none
# starts anything: the play does that.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import os

from ._whole_file import remove_file, replace_file, sync_folder

# Read behind every other file of the folder, so that the last of a key wins, which is ours.
DROP_IN = "zz-k3s_vars-once.yaml"


def drop_in_path(program, sources):
    return "%s.d/%s" % (sources.value("config") or "/etc/rancher/%s/config.yaml" % program, DROP_IN)


def cures_of(tree, program, sources):
    """What lies on a node just now."""
    return ["join"] if tree.exists(drop_in_path(program, sources)) else []


def place_join(tree, program, sources, url):
    """Has a server ask another one for the cluster's keys at its start. Whether anything was written."""
    path = drop_in_path(program, sources)
    where = tree.at(path)
    if not os.path.isdir(os.path.dirname(where)):
        os.makedirs(os.path.dirname(where), 0o755)
    data = ("server: '%s'\n" % url).encode("utf-8")
    if tree.exists(path) and tree.bytes(path) == data:
        return False
    replace_file(where, data)
    return True


def remove_cures(tree, program, sources):
    """Whether there were any."""
    return _remove(tree, drop_in_path(program, sources))


def forget_passwords(tree, folder):
    """
    Removes what K3s has written of its passwords: it fetches them from the datastore at its next start, and refuses to start where
    they are newer than what it finds there. Whether there was anything.
    """
    return _remove(tree, folder + "/server/cred/passwd")


def _remove(tree, path):
    if not remove_file(tree.at(path)):
        return False
    sync_folder(os.path.dirname(tree.at(path)))
    return True
