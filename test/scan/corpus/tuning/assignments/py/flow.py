SECRET = "G87UYiNHbhg9solbG6PlqvLqqi5"
UNRELATED = "PEVjnsoz0fJHd43A9LvWLdEEoLKJ1RpNr"
subprocess.run(cmd, env={"K3S_TOKEN": SECRET})
