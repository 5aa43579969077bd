import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ClusterConfig } from '../../config/config.js'
import { statIfSeen } from '../../files/look.js'
import { isTrusted } from '../../files/guarded-read.js'
import { canOthersTakeFrom, isOpenToOthers } from '../../files/writers.js'
import type { Secret } from '../../secret.js'
import { looksDrawn } from '../../token/drawn.js'
import { estimateBits } from '../../token/strength.js'
import type { VaultReport } from '../../vault/create.js'
import type { Vault } from '../../vault/vault.js'
import type { CheckFinding } from './finding.js'

/**
 * What is wrong with the vault passwords that are configured, as far as it can be seen without using them.
 * @param trustedOwners users that are believed besides us and root: the owner of the configuration
 */
export function checkVault(
  report: VaultReport,
  clusters: readonly ClusterConfig[],
  trustedOwners: readonly number[],
): CheckFinding[] {
  const findings: CheckFinding[] = []
  if (report.ignoredCfgFile !== undefined) {
    findings.push({
      rule: 'ignored-ansible-cfg',
      severity: 'warn',
      message: 'Ansible leaves this file out, because everybody can write its folder',
      place: { file: report.ignoredCfgFile },
      hint: 'take the right away: chmod o-w on the folder',
    })
  }
  if (report.sources.length === 0 && clusters.some(({ encrypt }) => encrypt === 'always')) {
    findings.push(noPassword(clusters))
  }
  for (const { path, problem, kind } of report.sources) {
    if (problem !== undefined) {
      findings.push({ rule: 'K3SV_VAULT_PASSWORD_SOURCE', severity: 'warn', message: problem })
      continue
    }
    if (path !== undefined) findings.push(...checkWriters(path, kind, trustedOwners))
    if (path !== undefined && kind === 'file' && (statSync(path).mode & 0o077) !== 0) {
      findings.push({
        rule: 'permissions',
        severity: 'warn',
        message: 'others than the owner can read the vault password',
        place: { file: path },
        hint: 'make it private: chmod 600',
      })
    }
  }
  return findings
}

/**
 * Passwords that somebody could guess who has the repository: ten thousand rounds of PBKDF2 slow a search down, and no more.
 * Nothing of a password is told.
 */
export function checkPasswords(vault: Vault): CheckFinding[] {
  return vault.passwordsThat(isGuessable).map(({ id, origin }) => ({
    rule: 'weak-vault-password',
    severity: 'warn',
    message: `the vault password of id ${id} is weak: whoever has the sealed texts can try passwords`,
    ...(origin.startsWith('/') && { place: { file: origin } }),
    hint: 'make a new one (openssl rand -base64 32), then: k3s-vars vault rekey . --new-vault-id ID@FILE',
  }))
}

/** Bits that nobody tries, behind those rounds. */
const ENOUGH_BITS = 64
/** Four words with something between them; what people make up has some three bits a character. */
const ENOUGH_CHARACTERS = 20

function isGuessable(password: Secret<Buffer>): boolean {
  const text = password.reveal().toString()
  if (estimateBits(text) < ENOUGH_BITS) return true
  return text.length < ENOUGH_CHARACTERS && !looksDrawn(text)
}

/** Who could exchange what is run, or read, as a password: with a script he runs what he likes as whoever runs a play. */
function checkWriters(
  path: string,
  kind: string | undefined,
  trustedOwners: readonly number[],
): CheckFinding[] {
  // A pipe from the shell has no writer but the one that was meant.
  if (statIfSeen(path)?.isFile() !== true) return []
  const real = realpathSync(path)
  const danger = kind === 'file' ? 'the vault password' : 'a script that every play runs'
  const places = [
    { file: path, isOpen: isOpenToOthers },
    ...[...new Set([dirname(path), dirname(real)])].map((folder) => ({
      file: folder,
      isOpen: canOthersTakeFrom,
    })),
  ]
  return places.flatMap(({ file, isOpen }): CheckFinding[] => {
    const stats = statSync(file)
    const isTheirs = !isTrusted(stats.uid, trustedOwners)
    if (!isTheirs && !isOpen(stats)) return []
    return [
      {
        rule: 'vault-source-exposed',
        severity: 'warn',
        message: isTheirs
          ? `another user owns this, and so can exchange ${danger}`
          : `others can write here, and so exchange ${danger}`,
        place: { file },
        hint: isTheirs ? 'keep it in a folder of your own' : 'take the right away: chmod go-w',
      },
    ]
  })
}

/** Handing sealed text out needs no password; minting and opening do. */
function noPassword(clusters: readonly ClusterConfig[]): CheckFinding {
  const isNeeded = clusters.some(({ emit, encrypt }) => emit === 'plain' && encrypt === 'always')
  return {
    rule: 'K3SV_VAULT_NO_PASSWORD',
    severity: isNeeded ? 'error' : 'warn',
    message: 'no vault password is configured, so no secret was opened',
    hint: 'name a password file with vault_password_file in ansible.cfg, or run k3s-vars init',
  }
}
