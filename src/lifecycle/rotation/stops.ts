// Every reason for which a rotation stops by itself once it has begun, by name, with what a person does. What the nodes are refused for
// before it begins stands in preflight.ts. docs/rotate.md has a section for each that has more to tell.
import type { Stop } from './situation.js'

const PAGE = 'docs/rotate.md tells how'

interface StopText {
  readonly message: (about: string) => string
  readonly hint: string
  readonly isPassing?: true
}

export const STOPS = {
  'no-record': {
    message: () =>
      'the document does not say on which server this rotation goes on: it was begun in another way',
    hint: 'while it is staged: k3s-vars rotate CLUSTER --abort; else read docs/rotate.md, by hand',
  },
  'no-servers': {
    message: () => 'no server of the cluster could be looked at',
    hint: 'name the inventory with its hosts (-i INVENTORY), and see that `ansible all -m ping` reaches them',
    isPassing: true,
  },
  'rotating-server-away': {
    message: (node) => `${node}, on which the datastore is keyed anew, cannot be looked at`,
    hint: 'bring it up, then run the same command again; no other server is ever tried, since two could leave two keys',
    isPassing: true,
  },
  'server-away': {
    message: (node) => `the server ${node} cannot be looked at`,
    hint: 'bring it up, then run the same command again: no server is restarted while another one is away',
    isPassing: true,
  },
  'agent-away': {
    message: (node) => `the agent ${node} cannot be looked at, and has the former token yet`,
    hint: 'bring it up, or take it out of the inventory for good; then run the same command again',
    isPassing: true,
  },
  'server-refuses': {
    message: (node) => `K3s does not come up on ${node}, with either token and in every known way`,
    hint: `look at the end of its log; ${PAGE}`,
  },
  'quorum-lost': {
    message: () => 'etcd has no quorum, so nobody can tell what it is keyed with',
    hint: `bring up the servers together, as after any power cut; if they do not come, ${PAGE}`,
  },
  'datastore-silent': {
    message: () => 'no server tells what its datastore is keyed with',
    hint: 'see that K3s is up and the data folder readable to root, then run the same command again',
    isPassing: true,
  },
  'no-key': {
    message: () => 'the datastore has no key of K3s at all',
    hint: `restart nothing; restore a snapshot: ${PAGE}`,
  },
  'other-key': {
    message: () =>
      'the datastore is keyed with a token that is neither the former nor the new one: somebody else has rotated',
    hint: `restart nothing until it is known which; ${PAGE}`,
  },
  'key-went-back': {
    message: () =>
      'the datastore is keyed with the former token, though it had the new one: was a snapshot restored?',
    hint: `restart nothing; ${PAGE}`,
  },
  'two-keys': {
    message: () => 'the datastore keeps two keys, though the same rotation was sent again',
    hint: `restart nothing; ${PAGE}`,
  },
  'no-source': {
    message: (node) => `nothing on ${node} gives it a token, so there is no place for the new one`,
    hint: 'let the role write the token there first',
  },
  'source-unclear': {
    message: (place) => `the token in ${place} stands in a way that is not exchanged in place`,
    hint: 'write it as the role does, on a line of its own; then run the same command again',
  },
  'switch-failed': {
    message: (node) => `the place where ${node} has its token does not take the new one`,
    hint: 'see whether the file can be written, and whether something else writes it; then run the same command again',
  },
  'not-ready': {
    message: (node) => `${node} runs, and is not ready`,
    hint: 'wait for it, then run the same command again',
    isPassing: true,
  },
  'no-progress': {
    message: (step) => `the step ${step} was done again and again, and changes nothing`,
    hint: 'run the same command again; with `-vv` on the play to see what the nodes say',
  },
  'no-snapshot': {
    message: (node) => `a snapshot on ${node} did not come about`,
    hint: 'see whether its disk has room; to go without one: --no-snapshot',
  },
  'no-ca': {
    message: () => 'the secure form is asked for, and no CA is known',
    hint: 'k3s-vars verify CLUSTER --pin',
  },
} as const satisfies Readonly<Record<string, StopText>>

export type StopName = keyof typeof STOPS

export function stopOf(name: StopName, about = ''): Stop {
  const { message, hint, isPassing }: StopText = STOPS[name]
  return {
    name,
    message: message(about),
    hint,
    ...(about !== '' && { node: about }),
    ...(isPassing && { isPassing }),
  }
}
