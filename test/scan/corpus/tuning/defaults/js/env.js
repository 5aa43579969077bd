const token = process.env.K3S_TOKEN || 'BmSb82dqAz1mcV8besauxsK'
const { K3S_TOKEN = 'tnPMifpLqX3iZCqlqDZZDYevLHC', RKE2_TOKEN } = process.env
const t = env.get('K3S_TOKEN').default('lwUJFZHWcezz762uxbmsL17an9vGvuKBb').asString()
const z = z.object({ K3S_TOKEN: z.string().min(16) })
