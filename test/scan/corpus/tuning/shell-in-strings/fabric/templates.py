UNIT = '''[Service]
Environment="K3S_TOKEN=eiojJQa0v4Sta7JDkeJpMIm3eKnP63zvU"
ExecStart=/usr/local/bin/k3s agent
'''
EMPTY = '''[Service]
Environment="K3S_TOKEN={token}"
'''
