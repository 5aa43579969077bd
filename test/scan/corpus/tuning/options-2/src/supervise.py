import subprocess

ARGS = [
    "k3s",
    "server",
    "--token",
    "NLs7RkveNzBVSH0LfgPMC4JqypRrU0F",
    "--disable",
    "servicelb",
]
subprocess.Popen(ARGS)
subprocess.Popen(["k3s", "agent", "--token", token, "--server", url])
