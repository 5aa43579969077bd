const { exec } = require('child_process')

exec("ssh pi@10.0.3.7 \"curl -sfL https://get.k3s.io | K3S_TOKEN=\\\"o57zdRgn4mKnDAtEedNmGm\\\" sh -\"")
exec('ssh pi@10.0.3.8 "K3S_TOKEN=' + process.env.K3S_TOKEN + ' sh install.sh"')
