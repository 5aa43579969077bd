// The kind that keeps documents in KV version 2 of OpenBao or HashiCorp Vault. Begin here.
import { StoreError } from '../../errors.js'
import type { KvSpec } from '../../store-spec.js'
import type { OpenPlace } from '../shared-place.js'

export const openPlace: OpenPlace<KvSpec> = () => {
  throw new StoreError('K3SV_STORE_UNFIT', 'this version cannot keep tokens in KV yet', {
    hint: 'keep them in a folder',
  })
}
