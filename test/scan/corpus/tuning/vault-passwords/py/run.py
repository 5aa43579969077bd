env = {"ANSIBLE_VAULT_PASSWORD": "czvmUPK7cBF7fQ8ttm9dUUtx"}
vault_password = "siYxwEy5Z0d86q1Mt5PWfFn"
vault = Vault("eBp1B5PQDf5gvlyfWaJR")
vault_password = getpass.getpass("Vault password: ")
