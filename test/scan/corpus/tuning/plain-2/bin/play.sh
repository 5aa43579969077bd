ansible-playbook site.yml -e token=C07LnsSQ0OT66gx7JjyEF95dPb
ansible-playbook site.yml --extra-vars "k3s_token=a2oXLpv7YizgmMDe4BhO3OIKxV9EgG k3s_version=v1.33.4+k3s1"
ansible-playbook site.yml -e '{"token": "GdQnaZgKK8MVZcoDaNNzu5oI56g75qF"}'
ansible-playbook site.yml -e token="$TOKEN"
