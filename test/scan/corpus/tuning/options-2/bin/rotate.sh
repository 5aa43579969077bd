#!/bin/bash
k3s token rotate -t jeaIztWwgRFHiQCPKS7KIxXp4y --new-token fe6rnDRfb3J6nmInU8ey4BMgL2wTNmp68
k3s token rotate -t "$OLD" --new-token "$NEW"
