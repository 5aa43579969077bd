// What a file says about what may stand in it, told by its path and a look at its text.
import { basename, extname } from 'node:path'
import { isMaybeVars, isMaybeYaml } from '../ansible-files/file-kind.js'
import { innerName } from './read/language.js'

export interface FileTraits {
  /** YAML or JSON, whose values are read by their structure. */
  readonly isStructured: boolean
  /** A vars file of Ansible's, told by its folder. */
  readonly isVars: boolean
  /** An INI inventory, where a bare `token=` is a variable of Ansible's. */
  readonly isInventory: boolean
  /** Rules of make or just, where a name before a colon is a target. */
  readonly isMakefile: boolean
  /** A history of a shell. */
  readonly isHistory: boolean
  /** Text for readers, where values are shown as examples. */
  readonly isDocument: boolean
  /** A sample to be copied and filled in. */
  readonly isSample: boolean
  /** Rows of values between commas or tabs. */
  readonly isTable: boolean
  /** XML, HTML and the like. */
  readonly isMarkup: boolean
  /** A script that Ansible may run for the vault password, told by its name. */
  readonly isPasswordScript: boolean
  /** Whether K3s or one of its relatives is spoken of anywhere in it. */
  readonly mentionsK3s: boolean
  /** Whether Ansible is spoken of, or it is one of its files. */
  readonly mentionsAnsible: boolean
  /** K3s's or RKE2's own config.yaml. */
  readonly isK3sConfig: boolean
}

const STRUCTURED =
  /\.(?:bu|ign|tfstate|eyaml|sls|butane|cfn|template|webmanifest)$|^(?:user-data|meta-data|kubeconfig|cloud-config)$|\.(?:ya?ml|json)(?:\.(?:j2|tmpl|tpl|tftpl|example|sample|dist|bak|old|orig))$/i
const MARKUP = new Set('.xml .plist .html .htm .xhtml .config .csproj .props .svg .xsl'.split(' '))
const DOCUMENTS = new Set([
  '.md',
  '.markdown',
  '.rst',
  '.adoc',
  '.txt',
  '.html',
  '.htm',
  '.org',
  '.mdx',
  '.1',
  '.8',
])
const HISTORY = /^(?:\.?(?:[a-z]+_)?history|\.histfile|ConsoleHost_history\.txt|fish_history)$/i
const INVENTORY =
  /^(?:hosts|inventory|inventories)\b|\.(?:ini|inventory|hosts)$|^[\w-]{0,80}inventory/i
const MAKEFILE = /^(?:GNU)?makefile|^\.?justfile$|\.(?:mk|make|just)$/i
const SAMPLE_NAME = /(?:^|[._-])(?:examples?|samples?|dist|template|tmpl|tpl)(?:[._-]|$)/i
const SAMPLE_FOLDER = /(?:^|[/._-])(?:examples?|samples?)\//i
/** Texts that a program shows, by language. */
const TRANSLATIONS =
  /(?:^|\/)(?:i18n|l10n|locales?|lang|translations?|messages)\/[^/]+\.(?:json|ya?ml|po|properties|ts|js|php)$|\.po$/i
const CONFIG = /\/config\.ya?ml(?:$|\.d\/)/gi
const INVENTORIES = /(?:^|\/)inventor(?:y|ies)\//
const K3S = /k3s|rke2|k3d\b|rancher/i
/** In a source map the letters of any name stand by chance. */
const K3S_IN_MAP = /(?:k3s|rke2)[\w-]{0,20}token|get\.(?:k3s|rke2)\.io/i
const ANSIBLE = /ansible|\bawx/i
const PASSWORD_SCRIPT =
  /vault[-_.]?(?:pass(?:word|wd|phrase)?|pw|key|client)|pass(?:word)?[-_.]?(?:for[-_.])?vault|vault.{0,20}-client\b/i

/** @param path relative, with forward slashes */
export function traitsOf(path: string, text: string): FileTraits {
  const name = basename(path)
  const inner = innerName(path)
  const extension = extname(inner).toLowerCase()
  const isVars = isMaybeVars(path)
  const isInventory = INVENTORY.test(name) || INVENTORIES.test(behindLastDot(path))
  const isStructured =
    isMaybeYaml(path) || STRUCTURED.test(name) || text.startsWith('#cloud-config')
  let [k3s, ansible] = [undefined as boolean | undefined, undefined as boolean | undefined]
  return {
    isStructured,
    isVars,
    isInventory,
    isMakefile: MAKEFILE.test(name),
    isHistory: HISTORY.test(name),
    isDocument:
      (DOCUMENTS.has(extension) && name !== 'CMakeLists.txt') ||
      /^(?:README|CHANGELOG|NOTES)\b/i.test(name) ||
      TRANSLATIONS.test(path),
    isSample: SAMPLE_NAME.test(name) || SAMPLE_FOLDER.test(path),
    isTable: extension === '.csv' || extension === '.tsv',
    isMarkup: MARKUP.has(extension),
    isPasswordScript:
      PASSWORD_SCRIPT.test(name) &&
      (text.startsWith('#!') || /\.(?:sh|py|rb|pl|js|bash)$/.test(name)),
    get mentionsK3s() {
      return (k3s ??= K3S.test(path) || (extension === '.map' ? K3S_IN_MAP : K3S).test(text))
    },
    get mentionsAnsible() {
      return (ansible ??= isVars || isInventory || ANSIBLE.test(path) || ANSIBLE.test(text))
    },
    isK3sConfig: isK3sConfig(path),
  }
}

/** From the last dot on; all of a path without one. */
function behindLastDot(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), 0))
}

function isK3sConfig(path: string): boolean {
  const end = [...path.matchAll(CONFIG)].at(-1)?.index
  const isIn = end !== undefined && /k3s|rke2|rancherd/i.test(path.slice(0, end))
  // OpenWrt has its settings there.
  return (
    isIn ||
    /(?:^|\/)config\/(?:k3s|rke2)$/.test(path) ||
    /^(?:k3s|rke2)[\w.-]{0,80}config\.ya?ml$/i.test(basename(path))
  )
}
