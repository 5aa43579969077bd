# Copyright: (c) k3s_vars contributors
# MIT License (see LICENSE or https://opensource.org/license/mit)
from __future__ import annotations

import os
import sys

if __name__.startswith("ansible_collections."):
    from ..plugin_utils import k3s_vars_hand_over as hand_over
else:  # found by its path, in the folder of the project
    sys.path.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "plugin_utils"))
    import k3s_vars_hand_over as hand_over


class ActionModule(hand_over.HandingAction):
    def fill(self, arguments, token):
        if arguments.get("kind") == "server":
            arguments["password"] = token("server", arguments.get("gate", "new"))
