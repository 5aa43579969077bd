// Which role the project is made for, and what its groups are called there.
import { SIDES } from '../../inventory/groups.js'
import { UsageError } from '../../errors.js'
import { fitRole, recognizeRoles } from '../../role/recognize.js'
import type { InventoryView, RoleFit } from '../../role/recognize.js'
import { ROLE_PROFILES } from '../../role/profiles.js'
import { PROJECTS } from '../../role/projects.js'
import type { KnownRole, RoleProfile, Side } from '../../role/profile.js'
import type { Call } from '../command.js'
import { askFor } from '../question.js'

export interface RoleChoice {
  readonly role: RoleProfile
  /** The names of its groups that are not the role's own. */
  readonly groups: Readonly<Partial<Record<Side, string>>>
  /** How well the inventory fits; undefined without one. */
  readonly fit: RoleFit | undefined
}

const FIRST_ROLE: KnownRole = 'k3s-io'

const KNOWN = Object.keys(ROLE_PROFILES) as KnownRole[]
const WIDEST = Math.max(...KNOWN.map((id) => id.length))

const ROLE_QUESTION = {
  about: [
    'Which Ansible role installs the cluster? The token is handed to it.',
    ...KNOWN.map((id) => `  ${id.padEnd(WIDEST)}  ${PROJECTS[id].title}`),
  ],
  refuse: (answer: string): string | undefined =>
    KNOWN.some((id) => id === answer)
      ? undefined
      : 'it is none of these; one of your own is described in k3s_vars.yml, with role: custom',
}

/**
 * The role that is named, or the one that the inventory is made for.
 * @throws UsageError where it is made for none that is known, or for several, and nobody can be asked
 */
export function chooseRole(call: Call, view: InventoryView | undefined): RoleChoice {
  const named = call.input.text('role') as KnownRole | undefined
  if (named !== undefined) return choiceOf(named, view)
  const fits = view === undefined ? [] : recognizeRoles(view)
  if (fits.length === 1 && fits[0]!.groupsFit !== 'none') return choiceOf(fits[0]!.role, view)
  const first = fits[0]?.role ?? (view === undefined ? FIRST_ROLE : undefined)
  const asked = askFor(call.io, 'Its short name', { ...ROLE_QUESTION, first })
  if (asked !== undefined) return choiceOf(asked as KnownRole, view)
  if (view === undefined) return choiceOf(FIRST_ROLE, view)
  throw unknownRole(view, fits)
}

/** A role that is known already, with what speaks for it. */
export function choiceOf(id: KnownRole, view: InventoryView | undefined): RoleChoice {
  const role = ROLE_PROFILES[id]
  if (view === undefined) return { role, groups: {}, fit: undefined }
  const fit = fitRole(id, view)
  const others = SIDES.filter((side) => fit.groups[side] !== role.groups[side])
  return { role, fit, groups: Object.fromEntries(others.map((side) => [side, fit.groups[side]])) }
}

const MOST_NAMES = 8

function unknownRole(view: InventoryView, fits: readonly RoleFit[]): UsageError {
  const groups = view.groups.slice(0, MOST_NAMES).join(', ') || 'none'
  const roles = fits.map(({ role }) => role)
  const message =
    roles.length === 0
      ? `the inventory is made for no role that is known; its groups: ${groups}`
      : `the inventory may be made for ${roles.map((role) => PROJECTS[role].title).join(' or ')}; its groups: ${groups}`
  const choices = roles.length === 0 ? Object.keys(ROLE_PROFILES) : roles
  return new UsageError('K3SV_USAGE', message, {
    hint: `name the role: --role ${choices.join(' or ')}; one of your own is described in k3s_vars.yml, with role: custom`,
  })
}
