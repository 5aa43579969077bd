ssh pi@node1 "sudo K3S_TOKEN=`"KwasW6CzB6pREaArCgm728qDRRNAh`" sh install.sh"
ssh pi@node2 "sudo K3S_TOKEN=`"$env:K3S_TOKEN`" sh install.sh"
