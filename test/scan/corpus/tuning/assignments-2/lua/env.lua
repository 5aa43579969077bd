local k3s_token = "MVzzdumEpn8vpjxvDFMdMO2xNGL"
local env = {
  ["K3S_TOKEN"] = "wAw45xb0fCc6HAsqAXfTYH",
  K3S_AGENT_TOKEN = token,
}
return env
