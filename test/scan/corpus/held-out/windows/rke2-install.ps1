Invoke-WebRequest -Uri https://raw.githubusercontent.com/rancher/rke2/master/install.ps1 -Outfile install.ps1
New-Item -Type Directory c:/etc/rancher/rke2 -Force
Set-Content -Path c:/etc/rancher/rke2/config.yaml -Value @"
server: https://rke2.lan:9345
token: K10e243f2c9136f116b75b2b77ee251646d85565a8ef7c5be509b42fc42fd941468::server:9945afb55653a06956ea312b704a7a38
"@
rke2.exe agent service --add
