const a = 'K3S_TOKEN=' + token
const b = `RKE2_TOKEN=${token}`
const c = ['K3S_TOKEN=', token].join('')
const d = util.format('k3s agent --token %s', token)
const e = "K3S_TOKEN='" + token + "'"
