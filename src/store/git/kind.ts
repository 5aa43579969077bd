// The kind that keeps documents in Git. Begin here.
import { StoreError } from '../../errors.js'
import type { GitSpec } from '../../store-spec.js'
import type { OpenPlace } from '../shared-place.js'

export const openPlace: OpenPlace<GitSpec> = () => {
  throw new StoreError('K3SV_STORE_UNFIT', 'this version cannot keep tokens in Git yet', {
    hint: 'keep them in a folder, or in OpenBao or Vault',
  })
}
