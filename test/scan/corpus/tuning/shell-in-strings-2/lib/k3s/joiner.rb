# frozen_string_literal: true

module K3s
  class Joiner
    SCRIPT = <<~SH
      curl -sfL https://get.k3s.io | K3S_URL=https://k3s.lan:6443 K3S_TOKEN="qJHWUWhjuMeku8fHannX2dzqCFDx" sh -
    SH

    def command(token)
      "curl -sfL https://get.k3s.io | K3S_TOKEN=#{token} sh -"
    end
  end
end
