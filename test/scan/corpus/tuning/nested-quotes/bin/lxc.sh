lxc exec cp1 -- bash -c "K3S_TOKEN=\"BjJjFR6HQGWgexsb8Bahh04h2LqT\" /root/install.sh"
lxc exec cp1 -- bash -c "K3S_TOKEN=\$(cat /root/token) /root/install.sh"
lxc exec cp1 -- env K3S_TOKEN="dT931DTPsiefLvOLQobfqO0f" /root/install.sh
