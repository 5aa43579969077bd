NODES = [
    {"host": "10.0.0.1", "role": "server", "k3s_token": "M9nf02ife4vqsEjBmXSRWd650f9RsR9GXCNB"},
    {"host": "10.0.0.2", "role": "agent", "k3s_token": None},
]
