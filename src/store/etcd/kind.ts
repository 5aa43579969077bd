// The kind that keeps documents in etcd. Begin here.
import { StoreError } from '../../errors.js'
import type { EtcdSpec } from '../../store-spec.js'
import type { OpenPlace } from '../shared-place.js'

export const openPlace: OpenPlace<EtcdSpec> = () => {
  throw new StoreError('K3SV_STORE_UNFIT', 'this version cannot keep tokens in etcd yet', {
    hint: 'keep them in a folder, or in OpenBao or Vault',
  })
}
