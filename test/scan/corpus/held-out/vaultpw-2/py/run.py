os.environ["ANSIBLE_VAULT_PASSWORD"] = "AGb4r2AVxANlhpn9qHuTtDAJ"
vault = Vault("V4GUWKL21uArqJjtaelNLsSq")
lib = VaultLib([("default", VaultSecret(b"PBKTVK2KhZ26ZaxvoMhFRaeQ"))])
Path(".vault_pass").write_text("HJpO9gDEcYqGVRLIzU0V8w4y")
subprocess.run(["ansible-playbook", "--vault-password-file", "/run/vp", "site.yml"])
