k3s_token = rsadecrypt("gMEsogJ7ccHaSyQ9rx1RhzyfSraN1BXcwmdRppSUB5utlNoFv8oqFvdZ6qAC7kxe3wQhD2Q9GPbWWaOF", file("k.pem"))
k3s_token = data.sops_file.k3s.data["token"]
k3s_token = sensitive("rl1Hv9oV3Iifw173gGn8fZC2")
