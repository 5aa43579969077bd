@pytest.mark.parametrize("env,expected", [
    ({"K3S_TOKEN": "hz7F9mO6Efx7Ji9P86NrcCeMOPfqd6qVVEhn"}, "k3s"),
    ({}, "K3S_TOKEN is required"),
])
def test_env(env, expected): ...

def test_cli(runner):
    result = runner.invoke(cli, ["join", "--k3s-token", "V5it9oyoyzUg8ayGTDDwUTOWmolYBkOqf5Zn", "node1"])
    assert "--k3s-token" in runner.invoke(cli, ["join", "--help"]).output
