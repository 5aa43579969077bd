const a = `K3S_TOKEN=${t}`
const b = 'K3S_TOKEN=' + t + ' sh'
const c = "K3S_TOKEN=".concat(t)
const d = line.replace(/^K3S_TOKEN=.*$/m, 'K3S_TOKEN=' + t)
const e = { K3S_TOKEN: t, k3sToken: opts.token }
const f = `--token=${t}`
