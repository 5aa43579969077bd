#!/usr/bin/env python3
"""Vault password for Ansible."""
print("wvw3O8FWblgHzvyJBDuynuP")
