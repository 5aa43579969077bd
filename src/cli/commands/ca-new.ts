import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS } from '../../errors.js'
import { makeCa } from '../../lifecycle/ca/make-ca.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { askOwnInventory } from '../own-inventory.js'

export const CA_NEW: Command = {
  usage: 'ca new [cluster]',
  summary:
    'Make the CA of a cluster before its first start, so that nodes can check it when they join',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe:
        'An inventory that has the servers, as for ansible-playbook; those of ansible.cfg if absent',
    },
    'assume-new': {
      type: 'flag',
      describe:
        'Vouch that the cluster was never started where nobody can tell; a K3s that answers stops all the same',
    },
  },
  examples: [
    ['ca new prod', 'k3s_tokens/prod.ca.yml, its keys sealed; the token document keeps its hash'],
    ['ca new prod --assume-new', 'the servers do not answer yet'],
  ],
  interrupted: 'a CA was made whole or not at all: k3s-vars ca show tells; run it again to go on',
  run: caNew,
}

async function caNew(call: Call): Promise<number> {
  const { input } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const { servers } = await askOwnInventory(call, config, cluster)
  const made = await makeCa(openLifecycle(call, config), cluster, {
    assumeNew: input.has('assume-new'),
    servers,
  })
  const { hash, file, created, ends } = made
  answer(call, { cluster: cluster.name, hash, file, created, ends: ends.toISOString() }, [
    `made the CA of ${cluster.name}: ${hash}`,
    `kept in ${file}, its keys sealed; commit it`,
    'next: set form: secure, and place it on the first server before its first start',
  ])
  return EXIT_STATUS.done
}
