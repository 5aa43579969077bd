import { statSync } from 'node:fs'
import type { ClusterConfig } from '../../config/config.js'
import type { VaultReport } from '../../vault/create.js'
import type { CheckFinding } from './finding.js'

/** What is wrong with the vault passwords that are configured, as far as it can be seen without using them. */
export function checkVault(
  report: VaultReport,
  clusters: readonly ClusterConfig[],
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
    } else if (path !== undefined && kind === 'file' && (statSync(path).mode & 0o077) !== 0) {
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
