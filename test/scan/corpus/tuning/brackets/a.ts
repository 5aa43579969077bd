function f({ k3s_token }: { k3s_token: string }) { return k3s_token }
type T = { k3sToken?: string; token: string }
if (k3sToken === '') { k3sToken = undefined }
