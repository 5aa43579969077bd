{
  _config+:: {
    k3s+: { token: 'zEGKatEEjPyJ0fsn3oz4yCPsotEATnTEKvfU', url: 'https://cp:6443' },
    argocd+: { token: 'eyJhbGciOiJIUzI1NiJ9.GvnmRBJPsRumSG5zw0gw6anM7yNV5vf8OnSjhJW75lKniFWu6c5lzXM3ViYe' },
  },
}
