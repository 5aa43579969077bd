# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)

# Private to this collection: a file that is replaced as a whole or not at all. It keeps the owner, the mode and the extended attributes
# of the one before. What is written first has one name for each file, so that what a killed run left is written over by the next.
#
# No file in this folder begins with a docstring, see _token_text.py.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

import errno
import os
import stat

# K3s reads *.yaml and *.yml, hidden ones as well; systemd reads *.conf and *.service.
PREPARED = ".%s.k3s_vars"


def prepared_name(path):
    """Where the next content of a file is written before it takes its place."""
    folder, name = os.path.split(path)
    return os.path.join(folder, PREPARED % name)


def replace_file(path, data, mode=0o600):
    """
    Writes a file and its folder through to the disk. A link stays one: what it points to is replaced. `mode` is that of a new file.
    """
    path = os.path.realpath(path)
    former = _look(path)
    prepared = prepared_name(path)
    remove_file(prepared)
    try:
        _write(prepared, path, data, former, mode)
        os.rename(prepared, path)
    except (IOError, OSError):
        # A full disk, for one: nothing is left of what was begun.
        remove_file(prepared)
        raise
    sync_folder(os.path.dirname(path))


def _write(prepared, path, data, former, mode):
    descriptor = os.open(prepared, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write_all(descriptor, data)
        if former is None:
            os.fchmod(descriptor, mode)
        else:
            _keep(descriptor, path, prepared, former)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_file(path):
    """Whether there was one."""
    try:
        os.unlink(path)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return False
        raise
    return True


def sync_folder(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _look(path):
    try:
        return os.stat(path)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return None
        raise


def _write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data) :]


def _keep(descriptor, path, prepared, former):
    os.fchown(descriptor, former.st_uid, former.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(former.st_mode))
    # Labels of SELinux are among them; Python 2 knows none of this.
    for name in getattr(os, "listxattr", lambda _path: [])(path):
        try:
            os.setxattr(prepared, name, os.getxattr(path, name))
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EPERM, errno.ENODATA):
                raise
