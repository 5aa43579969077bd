#!/bin/sh
ansible workers -b -m shell -a "curl -sfL https://get.k3s.io | K3S_TOKEN='ebf81b2245086a144573722fc8a7d03c5cc5072b' sh -"
ansible workers -b -m shell -a 'curl -sfL https://get.k3s.io | K3S_TOKEN="{{ token }}" sh -'
