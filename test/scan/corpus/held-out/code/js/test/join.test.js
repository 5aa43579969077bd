const { join } = require('../src/join')

describe('join', () => {
  beforeEach(() => {
    process.env.K3S_TOKEN = 'qxsWDrdW23D2ljKc77DL8SkiFpx0uV'
    delete process.env.RKE2_TOKEN
  })
  it('passes the token', () => {
    const calls = join({ k3sToken: 'kNe2a2AUfVh2hCUxdmDdV40ZyGBwn6', url: 'https://x:6443' })
    expect(calls[0]).toEqual(['k3s', 'agent', '--token', 'yGcLZqvgijCRXHnKlQeSBOxrxW0mPE'])
    expect(calls[1]).toContain(`--token ${process.env.K3S_TOKEN}`)
    expect(() => join({})).toThrow('K3S_TOKEN is missing')
  })
})
