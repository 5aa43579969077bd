process.env.K3S_TOKEN = 'X3oZRa9U5xrPKyqkhGeRdMB'
process.env['RKE2_TOKEN'] = "wwwloRBJUPrDcdRhPpQjVRaZ2i94"
const config: Config = { k3sToken: 'jHEGkpTm2YOIwqUNUkEGoI3umh5', url }
new Container({ env: [{ name: 'K3S_TOKEN', value: 'ZLjJGbpTyZ8VRIcu51453xzh9sgi7YT' }] })
const k3sToken = new random.RandomPassword('k3s-token', { length: 32 })
const k3sToken2 = config.requireSecret('k3s-token')
