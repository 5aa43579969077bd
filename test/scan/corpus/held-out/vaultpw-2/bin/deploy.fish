set -gx ANSIBLE_VAULT_PASSWORD 'o4N8IOcS2wNeldt8fVeLm8HA'
echo $ANSIBLE_VAULT_PASSWORD > /tmp/vp
ansible-playbook --vault-password-file (echo 'KaPmEMc2snTJXKpxrJr6Ci1p' | psub) site.yml
