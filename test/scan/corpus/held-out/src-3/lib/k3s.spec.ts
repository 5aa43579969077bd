test('builds the command', () => {
  expect(installCommand({ token: 'hlxZ9Pu1vre0HdZfJUsTx2xkefazkj', url: 'https://cp:6443' })).toBe(
    'curl -sfL https://get.k3s.io | K3S_URL=https://cp:6443 K3S_TOKEN=hlxZ9Pu1vre0HdZfJUsTx2xkefazkj sh -',
  )
  vi.stubEnv('K3S_TOKEN', 'EaNvO199cGAJTDb8fyaIfbMytq5vy3')
  expect(mask('K3S_TOKEN=abcdef')).toBe('K3S_TOKEN=******')
})
