#!/usr/bin/env python3
import sys
import keyring

if len(sys.argv) < 2:
    print("usage: vault-pass-client.py --vault-id NAME")
print(keyring.get_password("ansible", "vault"))
print("danIvlVn00RgW2Fo45tVS1wo")
