'use strict'
const env = { ...process.env, K3S_TOKEN: 'aPEoIxdcExNAsqlrVA6WY2BQRoy4YIRxO9mv' }
exec('k3s agent --server https://10.0.0.1:6443', { env })
exec(`k3s agent --server ${server} --token ${env.K3S_TOKEN}`)
module.exports.login = (user) => jwt.sign({ user }, 'r6CE89VAMdFV7S39jK1F5uGGwL9UWeXCTCPj')
