// What is presented to the API: a client certificate, a bearer token, or what a plugin gives (client-go, rest/config.go).
import { Secret } from '../secret.js'
import { isMapping } from '../yaml/mapping.js'
import { bearer, runExec } from './exec.js'
import type { Credentials } from './exec.js'
import { readMaterial, refuse, textOf } from './kubeconfig.js'
import type { KubeconfigOptions, Target } from './kubeconfig.js'

/** @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` where the user of the kubeconfig has none that can be used here */
export function findCredentials(target: Target, options: KubeconfigOptions): Credentials {
  const { user } = target
  const { value } = user
  const impersonated = ['as', 'as-uid', 'as-groups'].find((name) => value[name] !== undefined)
  if (impersonated !== undefined) {
    throw refuse(
      'the kubeconfig acts as somebody else, which is not done here',
      'name another context',
    )
  }
  const given = { ...certificateOf(target), ...authorizationOf(target) }
  if (Object.keys(given).length > 0) return given
  const exec = value['exec']
  if (isMapping(exec)) return runExec(exec, target, options)
  throw refuse(
    'the user of the kubeconfig has no client certificate, no token and no exec plugin',
    'name another context with --context',
  )
}

function certificateOf({ user }: Target): Credentials {
  const certificate = readMaterial(user, 'client-certificate')
  const key = readMaterial(user, 'client-key')
  if (certificate === undefined && key === undefined) return {}
  if (certificate !== undefined && key !== undefined) return { certificate, key: new Secret(key) }
  throw refuse('the kubeconfig has a client certificate without its key', 'name another context')
}

function authorizationOf({ user }: Target): Credentials {
  const { value } = user
  // The file beats the text (client-go, tools/clientcmd/client_config.go).
  const file = textOf(value['tokenFile'])
  const token =
    file === undefined
      ? textOf(value['token'])
      : user.readBeside(file, 'tokenFile').toString('utf8').trim()
  if (token !== undefined) return { authorization: bearer(token) }
  const [name, password] = [textOf(value['username']), textOf(value['password'])]
  if (name === undefined || password === undefined) return {}
  const pair = Buffer.from(`${name}:${password}`).toString('base64')
  return { authorization: new Secret(`Basic ${pair}`) }
}
