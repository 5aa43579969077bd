ssh cp1 'K3S_TOKEN=''a2V35L44JJs2huF5CLAuyu2Q'' sh install.sh'
Invoke-SSHCommand -Command "K3S_TOKEN=""Ms7A6wLi820NsMYo3AVqu5b3QBhg6Uov"" sh install.sh"
Invoke-SSHCommand -Command "K3S_TOKEN='$token' sh install.sh"
