// What a file says about what may stand in it, told by its path and a look at its text.
import { basename, extname } from 'node:path'
import { isMaybeVars, isMaybeYaml } from '../ansible-files/file-kind.js'

export interface FileTraits {
  /** YAML or JSON, whose values are read by their structure. */
  readonly isStructured: boolean
  /** A vars file of Ansible's, told by its folder. */
  readonly isVars: boolean
  /** An INI inventory, where a bare `token=` is a variable of Ansible's. */
  readonly isInventory: boolean
  /** Source code, where a word without quotes is no value. */
  readonly isCode: boolean
  /** A history of a shell. */
  readonly isHistory: boolean
  /** Text for readers, where values are shown as examples. */
  readonly isDocument: boolean
  /** A sample to be copied and filled in. */
  readonly isSample: boolean
  /** Whether K3s or one of its relatives is spoken of anywhere in it. */
  readonly mentionsK3s: boolean
  /** K3s's or RKE2's own config.yaml. */
  readonly isK3sConfig: boolean
}

const CODE = new Set(
  '.py .tf .hcl .js .mjs .cjs .ts .go .rb .rs .java .kt .cs .php .lua .pl .nix'.split(' '),
)
const DOCUMENTS = new Set(['.md', '.markdown', '.rst', '.adoc', '.txt', '.html', '.org'])
const HISTORY = /^(?:\.?(?:[a-z]+_)?history|\.histfile|ConsoleHost_history\.txt|fish_history)$/i
const INVENTORY = /^(?:hosts|inventory|inventories)\b|\.(?:ini|inventory|hosts)$|^[\w-]*inventory/i
const SAMPLE_NAME = /(?:^|[._-])(?:examples?|samples?|dist|template|tmpl|tpl)(?:[._-]|$)/i
const SAMPLE_FOLDER = /(?:^|\/)(?:[\w.-]+[-_.])?(?:examples?|samples?)\//i
const K3S = /k3s|rke2|k3d\b|rancher|kubeadm/i
const CONFIG = /\/config\.ya?ml(?:$|\.d\/)/gi
const INVENTORIES = /(?:^|\/)inventor(?:y|ies)\//

/** @param path relative, with forward slashes */
export function traitsOf(path: string, text: string): FileTraits {
  const name = basename(path)
  const extension = extname(name).toLowerCase()
  return {
    isStructured: isMaybeYaml(path),
    isVars: isMaybeVars(path),
    isInventory: INVENTORY.test(name) || INVENTORIES.test(behindLastDot(path)),
    isCode: CODE.has(extension),
    isHistory: HISTORY.test(name),
    isDocument: DOCUMENTS.has(extension) || /^(?:README|CHANGELOG|NOTES)\b/i.test(name),
    isSample: SAMPLE_NAME.test(name) || SAMPLE_FOLDER.test(path),
    mentionsK3s: K3S.test(path) || K3S.test(text),
    isK3sConfig: isK3sConfig(path),
  }
}

/** From the last dot on; all of a path without one. */
function behindLastDot(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), 0))
}

function isK3sConfig(path: string): boolean {
  const end = [...path.matchAll(CONFIG)].at(-1)?.index
  return end !== undefined && /k3s|rke2/i.test(path.slice(0, end))
}
