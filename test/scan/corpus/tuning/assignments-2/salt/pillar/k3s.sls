k3s:
  version: v1.33.4+k3s1
  token: cSJhfxqC0i0zNBQUXHYNK3EeSeBskMIMy
gitlab:
  token: glpat-b8T5AZeCjhmLeLkzCwiu
