// The pictures of the documentation, as text: what is in each; drawing.ts draws them.
import { draw, narrowed } from './drawing.js'
import type { Picture } from './drawing.js'
import { phasesPicture } from './phases-picture.js'

const PICTURES: Readonly<Record<string, Picture>> = {
  flow: {
    title:
      'k3s_vars.yml and the sealed token document go into k3s_vars, which hands the token to Ansible, which writes it to servers and agents; the vault password opens the document.',
    size: [880, 270],
    boxes: [
      {
        id: 'config',
        at: [10, 20, 200, 62],
        lines: ['k3s_vars.yml', 'clusters, role, hosts'],
        kind: 'theirs',
      },
      {
        id: 'document',
        at: [10, 104, 200, 62],
        lines: ['k3s_tokens/prod.yml', 'sealed, committed to Git'],
        kind: 'sealed',
      },
      {
        id: 'password',
        at: [10, 188, 200, 62],
        lines: ['vault password', 'never in the repository'],
        kind: 'sealed',
      },
      {
        id: 'program',
        at: [300, 72, 170, 126],
        lines: ['k3s_vars', 'one strong token', 'minted once', 'bound, checked', 'never shown'],
        kind: 'ours',
      },
      {
        id: 'ansible',
        at: [560, 88, 130, 94],
        lines: ['Ansible', 'your role', 'your site.yml'],
        kind: 'theirs',
      },
      {
        id: 'servers',
        at: [750, 40, 120, 76],
        lines: ['servers', 'config.yaml', 'server token'],
        kind: 'theirs',
      },
      {
        id: 'agents',
        at: [750, 154, 120, 76],
        lines: ['agents', 'environment', 'agent token'],
        kind: 'theirs',
      },
    ],
    arrows: [
      { from: 'config', to: 'program' },
      { from: 'document', to: 'program' },
      { from: 'password', to: 'program' },
      { from: 'program', to: 'ansible', label: 'JSON' },
      { from: 'ansible', to: 'servers' },
      { from: 'ansible', to: 'agents' },
    ],
    narrow: {
      size: [440, 412],
      at: {
        config: [8, 8, 200, 58],
        document: [8, 80, 200, 58],
        password: [8, 152, 200, 58],
        program: [262, 46, 170, 126],
        ansible: [262, 216, 170, 80],
        servers: [60, 334, 170, 70],
        agents: [262, 334, 170, 70],
      },
    },
  },
  walk: {
    title:
      "A token's way: configuration and document are read, the document is opened with the vault password or a token is minted and written first, the rules look at it, and the inventory hands it to Ansible as JSON.",
    size: [880, 236],
    boxes: [
      {
        id: 'config',
        at: [10, 20, 120, 62],
        lines: ['config', 'k3s_vars.yml'],
        kind: 'theirs',
      },
      {
        id: 'store',
        at: [165, 20, 130, 62],
        lines: ['store', 'a document?'],
        kind: 'ours',
      },
      {
        id: 'open',
        at: [375, 20, 150, 62],
        lines: ['vault', 'open, check binding'],
        kind: 'sealed',
      },
      {
        id: 'rules',
        at: [575, 20, 110, 62],
        lines: ['rules', 'will it arrive?'],
        kind: 'ours',
      },
      {
        id: 'inventory',
        at: [735, 20, 135, 62],
        lines: ['inventory', 'JSON for Ansible'],
        kind: 'theirs',
      },
      {
        id: 'ask',
        at: [165, 150, 130, 62],
        lines: ['minting rules', 'Git, servers, CI'],
        kind: 'ours',
      },
      {
        id: 'mint',
        at: [375, 150, 150, 62],
        lines: ['draw, seal, bind', '256 bits'],
        kind: 'sealed',
      },
      {
        id: 'write',
        at: [575, 150, 110, 62],
        lines: ['write first', 'flush, rename'],
        kind: 'ours',
      },
    ],
    arrows: [
      { from: 'config', to: 'store' },
      { from: 'store', to: 'open', label: 'yes' },
      { from: 'open', to: 'rules' },
      { from: 'rules', to: 'inventory' },
      { from: 'store', to: 'ask', label: 'no' },
      { from: 'ask', to: 'mint', label: 'no doubt' },
      { from: 'mint', to: 'write' },
      { from: 'write', to: 'inventory' },
    ],
    narrow: {
      size: [440, 476],
      at: {
        config: [130, 8, 180, 54],
        store: [130, 90, 180, 54],
        open: [8, 180, 200, 54],
        rules: [8, 302, 200, 54],
        inventory: [8, 414, 424, 54],
        ask: [232, 180, 200, 54],
        mint: [232, 258, 200, 54],
        write: [232, 336, 200, 54],
      },
    },
  },
  ways: {
    title:
      'Which way is mine? With an inventory of your own: the vars plugin. Without one: our inventory source. For a single template: the lookup. Where no plugin may run: sealed group_vars files.',
    size: [880, 250],
    boxes: [
      {
        id: 'inventory',
        at: [10, 94, 190, 62],
        lines: ['Is there an inventory?', 'hosts and groups of yours'],
        kind: 'theirs',
      },
      {
        id: 'source',
        at: [300, 10, 260, 62],
        lines: ['inventory source', '-i plugins/k3s_vars'],
        kind: 'ours',
      },
      {
        id: 'plugins',
        at: [300, 94, 190, 62],
        lines: ['May plugins run?', 'ansible.cfg names them'],
        kind: 'theirs',
      },
      {
        id: 'files',
        at: [300, 178, 260, 62],
        lines: ['group_vars, sealed', 'k3s-vars group-vars write'],
        kind: 'ours',
      },
      {
        id: 'vars',
        at: [600, 52, 270, 62],
        lines: ['vars plugin', 'named in vars_plugins_enabled'],
        kind: 'ours',
      },
      {
        id: 'lookup',
        at: [600, 136, 270, 62],
        lines: ['lookup, for one template', "lookup('k3s_token', 'prod')"],
        kind: 'ours',
      },
    ],
    arrows: [
      { from: 'inventory', to: 'source', label: 'no' },
      { from: 'inventory', to: 'plugins', label: 'yes' },
      { from: 'plugins', to: 'vars', label: 'yes' },
      { from: 'plugins', to: 'lookup', isDashed: true },
      { from: 'plugins', to: 'files', label: 'no' },
    ],
    narrow: {
      size: [440, 292],
      at: {
        inventory: [4, 8, 190, 58],
        source: [244, 8, 192, 58],
        plugins: [4, 112, 190, 58],
        files: [244, 112, 192, 58],
        vars: [4, 224, 214, 60],
        lookup: [244, 224, 192, 60],
      },
    },
  },
  phases: phasesPicture(),
}

/** @returns file name → text */
export function pictures(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(PICTURES).flatMap(([name, one]) => [
      [`${name}.svg`, draw(one)],
      [`${name}-narrow.svg`, draw(narrowed(one))],
    ]),
  )
}

/** The pictures as they are drawn, each in its wide and in its narrow form, by their names. */
export function drawn(): ReadonlyMap<string, readonly Picture[]> {
  return new Map(Object.entries(PICTURES).map(([name, one]) => [name, [one, narrowed(one)]]))
}
