import { ConfigError } from '../errors.js'
import type { Location } from '../errors.js'
import { expandHosts, MOST_HOSTS } from './host-range.js'
import type { Hosts, Variables } from './config.js'

/**
 * Ansible cuts a name at white space and commas; a control character has no business in one. They are told by what they are
 * not, because making a set of Unicode's classes takes longer than all the rest.
 */
const NO_NAME = /^$|[\s,]|[^ -~\u00a0-\uffff]/

type RawHosts = readonly string[] | Readonly<Record<string, Variables | null>> | undefined

/**
 * Every host with its variables, ranges expanded. A later pattern adds to the variables of an earlier one.
 * @throws ConfigError `K3SV_CONFIG_HOST_PATTERN`, also where all patterns together stand for more than {@link MOST_HOSTS}
 */
export function readHosts(raw: RawHosts, placeOf: (key: string | number) => Location): Hosts {
  const hosts = Object.create(null) as Record<string, Variables>
  const isList = Array.isArray(raw)
  let count = 0
  for (const [key, value] of Object.entries(raw ?? {})) {
    const pattern = isList ? (value as string) : key
    const variables = isList ? {} : ((value ?? {}) as Variables)
    const names = expandHosts(pattern)
    count += names?.length ?? 0
    if (names === null || count > MOST_HOSTS || names.some((name) => NO_NAME.test(name))) {
      throw new ConfigError(
        'K3SV_CONFIG_HOST_PATTERN',
        `a host pattern that Ansible refuses, or more than ${MOST_HOSTS} hosts`,
        {
          location: placeOf(isList ? Number(key) : key),
          hint: 'ranges look like web[01:10], db[a:f] or node[1:9:2]',
        },
      )
    }
    for (const name of names) hosts[name] = { ...hosts[name], ...variables }
  }
  return hosts
}
