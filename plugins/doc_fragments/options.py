# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import annotations


class ModuleDocFragment:
    """Options that several modules have. Each module still checks its own arguments."""

    DOCUMENTATION = r"""
options:
  program:
    description: What runs on the node.
    type: str
    choices: [k3s, rke2]
    required: true
"""

    ROOT = r"""
options:
  root:
    description: The folder that is the root of the node's file system.
    type: path
    default: /
"""

    CONTROLLER = r"""
options:
  executable:
    description: The C(k3s-vars) program on the controller; by default the one that came with this collection.
    type: path
  folder:
    description: The folder on the controller in which it runs, that of C(k3s_vars.yml).
    type: path
"""
