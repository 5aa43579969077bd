import { ConfigError } from '../errors.js'
import type { Location } from '../errors.js'
import { readHostPattern } from './host-pattern.js'
import { MOST_HOSTS } from './host-range.js'
import type { Hosts, Variables } from './config.js'

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
    const read = readHostPattern(pattern)
    if ('fault' in read) throw refused(read.fault, placeOf(isList ? Number(key) : key))
    count += read.names.length
    if (count > MOST_HOSTS) {
      const fault = `brings the hosts to more than ${MOST_HOSTS}`
      throw refused(fault, placeOf(isList ? Number(key) : key))
    }
    // As in Ansible's own inventories, a variable of the host beats what stands in its name.
    const own = read.port === undefined ? variables : { ansible_port: read.port, ...variables }
    for (const name of read.names) hosts[name] = { ...hosts[name], ...own }
  }
  return hosts
}

function refused(fault: string, location: Location): ConfigError {
  return new ConfigError('K3SV_CONFIG_HOST_PATTERN', `the host pattern ${fault}`, {
    location,
    hint: 'write names as in an inventory of Ansible: web[01:10], 10.0.0.7:2222, 2001:db8::7, [2001:db8::7]:2222',
  })
}
