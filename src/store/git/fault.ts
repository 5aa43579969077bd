// What goes wrong with the repository of a store, in the words of somebody who keeps token documents. What Git and the far side
// write is compared with what they are known to write, and never shown.
import { StoreError } from '../../errors.js'
import type { RemoteAnswer } from '../../files/git-remote.js'
import type { GitSpec } from '../../store-spec.js'

type Words = readonly [code: StoreError['code'], message: string, hint: string]

const KNOWN: readonly (readonly [RegExp, ...Words])[] = [
  [
    /Host key verification failed|REMOTE HOST IDENTIFICATION/,
    'K3SV_STORE_TLS',
    'the host key of the Git server is not the known one, or none is known',
    'compare it with what its administrators publish, and add it to known_hosts',
  ],
  [
    /certificate|SSL|TLS|gnutls/i,
    'K3SV_STORE_TLS',
    'the certificate of the Git server is not to be trusted',
    'name its CA: git config http.sslCAInfo FILE',
  ],
  [
    /Permission denied|Permission to .* denied|Authentication failed|could not read (?:Username|Password)|access denied|not granted|insufficient permission|40[13]\b/i,
    'K3SV_STORE_DENIED',
    'the Git server does not let us in, or not write',
    'check the key or the credential helper; no question can be asked here, so a key needs ssh-agent',
  ],
  [
    /does not appear to be a git repository|not found|does not exist|no such file/i,
    'K3SV_STORE_UNFIT',
    'there is no Git repository at the remote',
    'correct the remote, or make the repository: git init --bare',
  ],
  [
    /No space left|quota/i,
    'K3SV_STORE_FULL',
    'the disk or the quota is full',
    'make room; the former documents are unharmed',
  ],
  [
    /Could not resolve|Name or service not known/i,
    'K3SV_STORE_UNAVAILABLE',
    'the name of the Git server cannot be resolved',
    'check the remote and the network',
  ],
  [
    /Connection refused|refused/i,
    'K3SV_STORE_UNAVAILABLE',
    'the Git server refuses the connection',
    'check the remote, and that the server runs',
  ],
]

/** The error for a question to the remote that failed. */
export function remoteFault({ stderr, failure }: RemoteAnswer, spec: GitSpec): StoreError {
  if (failure === 'no git') {
    return storeError([
      'K3SV_STORE_SETTINGS',
      'there is no Git here, which the store needs',
      'install it: the package is called git',
    ])
  }
  if (failure === 'late') {
    return storeError([
      'K3SV_STORE_UNAVAILABLE',
      `the Git server gave no answer within ${spec.timeout / 1000} s`,
      `see how it is: git ls-remote ${spec.remote} ${spec.ref}; a large history needs a higher \`timeout\` once`,
    ])
  }
  const known = KNOWN.find(([pattern]) => pattern.test(stderr))
  if (known !== undefined) return storeError([known[1], known[2], known[3]])
  return storeError([
    'K3SV_STORE_UNAVAILABLE',
    'the Git server cannot be asked',
    `see what it says: git ls-remote ${spec.remote} ${spec.ref}`,
  ])
}

/** The error where a web server answers, and no Git server. */
export function noServer(): StoreError {
  return storeError([
    'K3SV_STORE_UNFIT',
    'what answers at the remote is no Git server',
    'see what does: open the URL in a browser; a page to log in, perhaps',
  ])
}

/** The error where the far side takes no such write, by a hook or a rule of its own. */
export function refused(): StoreError {
  return storeError([
    'K3SV_STORE_DENIED',
    'the Git server refuses the push: a hook or a rule of its own',
    'see what it says: push to the ref by hand; controllers must be allowed to update it and, once, to create it',
  ])
}

/** The error where Git cannot keep or find its objects here. */
export function localFault(): StoreError {
  return storeError([
    'K3SV_STORE_UNAVAILABLE',
    'the local Git repository cannot be read or written',
    'check its rights and its disk: git fsck',
  ])
}

/** The error where something was there, or may have been, and is no more. */
export function vanished(what: string, hint: string): StoreError {
  return storeError(['K3SV_STORE_VANISHED', what, hint])
}

export function unusable(message: string, hint: string): StoreError {
  return storeError(['K3SV_STORE_SETTINGS', message, hint])
}

function storeError([code, message, hint]: Words): StoreError {
  return new StoreError(code, message, { hint })
}
