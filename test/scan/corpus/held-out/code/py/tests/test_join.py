import os
import pytest

@pytest.fixture
def env(monkeypatch):
    monkeypatch.setenv("K3S_TOKEN", "O6iLrmVpa7OWPB2cGmjAcO1C0NhhALUs")
    monkeypatch.delenv("RKE2_TOKEN", raising=False)

def test_command(env):
    with mock.patch.dict(os.environ, {"K3S_TOKEN": "wlkhG1TD4lfXiHeVsMHh4Ze9UXwR"}):
        assert "--token" in build()
    assert build(k3s_token="Voq0trkUGjW4tdQbzQZh2qU4A2UD") == ["k3s"]
    with pytest.raises(ValueError, match="K3S_TOKEN must be set"):
        build()
