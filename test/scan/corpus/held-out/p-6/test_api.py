def test_login(client):
    # the api of our k3s dashboard
    r = client.post("/login", json={"token": "uabvWt9fp21EqoRz9V2JU7kouPW3ZilQ3tNz"})
    assert r.json()["access_token"] == "O2eiqubDLwLt1LaSLNyJkgVNNxLW3elpxpZf"
