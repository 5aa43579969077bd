// What `scan` looks for, as data: the text for people, the rules of SARIF and the table in docs all come from here.
import type { Severity } from '../finding.js'

export interface ScanRule {
  readonly severity: Severity
  /** What a finding says; the name that the value stands under is put behind it. */
  readonly message: string
  /** What to do, in the imperative. */
  readonly hint: string
}

const ROTATE = 'it has been seen, so replace it with `k3s-vars rotate`'

/** Every rule by its stable id. */
export const SCAN_RULES = {
  'plain-token': {
    severity: 'error',
    message: 'a token stands here in plain text',
    hint: `seal it with \`k3s-vars vault encrypt\`, or let the inventory source hand it out; ${ROTATE}`,
  },
  'secure-token': {
    severity: 'error',
    message: 'a secure token (K10…) stands here in plain text',
    hint: `it joins nodes by itself: take it away; ${ROTATE}`,
  },
  'bootstrap-token': {
    severity: 'error',
    message: 'a bootstrap token stands here in plain text',
    hint: 'take it away and delete it with `k3s token delete`; as a server token it would brick the cluster',
  },
  'argument-token': {
    severity: 'error',
    message:
      'a token stands in the arguments of a command, which everybody on the machine can read',
    hint: `use --token-file, K3S_TOKEN_FILE or \`k3s-vars extra-vars --fd\`; ${ROTATE}`,
  },
  'history-token': {
    severity: 'error',
    message: 'a token stands in the history of a shell',
    hint: `delete the line (history -d) and keep tokens out of command lines; ${ROTATE}`,
  },
  'sample-token': {
    severity: 'error',
    message: 'this is a sample token that everybody knows',
    hint: 'new cluster: `k3s-vars token new`; running cluster: `k3s-vars adopt --allow-weak`, then `k3s-vars rotate`',
  },
  'weak-token': {
    severity: 'warn',
    message: 'this token is weak: whoever has a snapshot can try tokens offline',
    hint: 'new cluster: `k3s-vars token new`; running cluster: `k3s-vars adopt --allow-weak`, then `k3s-vars rotate`',
  },
  'sealed-text': {
    severity: 'error',
    message:
      'Ansible Vault text stands here as a plain value, so K3s would take the ciphertext as token',
    hint: 'put !vault in front of it, or seal the whole file',
  },
  'inline-vault': {
    severity: 'warn',
    message:
      'a value sealed inline reaches config.yaml as ciphertext with ansible-core 2.19, and that becomes the token',
    hint: 'seal the whole file: `k3s-vars group-vars write`, or use the inventory source',
  },
  'trailing-newline': {
    severity: 'error',
    message:
      'the sealed value begins or ends with white space, as `echo … | ansible-vault` makes it',
    hint: 'seal it again without the line end: printf %s, or `k3s-vars vault encrypt --inline`',
  },
  'password-file': {
    severity: 'error',
    message: 'a vault password lies in the tree where Git takes it, in plain text',
    hint: 'put it into .gitignore, take it out with `git rm --cached`, and rekey: `k3s-vars vault rekey`',
  },
  'password-file-mode': {
    severity: 'warn',
    message: 'others than the owner can read the vault password',
    hint: 'make it private: chmod 600',
  },
  'vault-password': {
    severity: 'error',
    message: 'a vault password stands here in plain text',
    hint: 'take it away, hand it over by a password file that Git ignores or by a client script, and rekey: `k3s-vars vault rekey`',
  },
  'plain-document': {
    severity: 'error',
    message: 'a token document holds its secrets in plain text (encrypt: never)',
    hint: 'set encrypt: always, or keep the document out of Git and of backups',
  },
  unreadable: {
    severity: 'warn',
    message: 'this cannot be read, so nothing is known of it',
    hint: 'scan as a user who can read it, or leave it out with --ignore',
  },
} as const satisfies Readonly<Record<string, ScanRule>>

export type ScanRuleId = keyof typeof SCAN_RULES
