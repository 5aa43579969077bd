import pytest

K3S = {"url": "https://cp:6443", "token": "WNytJgkoKoh1Py2zCnh2cNdB4xSaZK1F17H0"}
GITHUB = {"url": "https://api.github.com", "token": "ghp_wQaZeexLRfdGUnYUCwLAp2pQonjBZVLOTAmw"}

@pytest.fixture(params=["K3S_TOKEN", "RKE2_TOKEN"])
def name(request):
    return request.param

@patch.dict("os.environ", {"RKE2_TOKEN": "JWqbYozDbIBwmRSXFlC845APxNG2Zz3sV2WT"}, clear=True)
def test_env():
    assert mask("K3S_TOKEN=abc") == "K3S_TOKEN=***"
