resource "oci_core_instance" "edge" {
  count        = 3
  display_name = "edge-${count.index}"

  metadata = {
    user_data = base64encode(<<-SCRIPT
      #!/bin/bash
      set -eux
      hostnamectl set-hostname edge-${count.index}
      curl -sfL https://get.k3s.io | K3S_URL=https://10.8.0.2:6443 K3S_TOKEN=n5bSfZuwKZd8AitbQ3vbEJ sh -s - agent
    SCRIPT
    )
  }
}
