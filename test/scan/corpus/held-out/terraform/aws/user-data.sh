#!/bin/bash
export K3S_TOKEN="${k3s_token}"
curl -sfL https://get.k3s.io | sh -s - ${role} --token ${k3s_token}
