// The options that the vault commands share. Their names are those of ansible-vault where it has them.
import type { OptionSpec } from '../command.js'

type Options = Readonly<Record<string, OptionSpec>>

export const PATHS: OptionSpec = { type: 'list', describe: 'Files and folders' }
export const PATHS_OR_INPUT: OptionSpec = {
  type: 'list',
  describe: 'Files and folders; - or none for standard input',
}

/** Where passwords come from, besides Ansible's settings. */
export const PASSWORD_OPTIONS: Options = {
  'vault-id': {
    type: 'list',
    value: 'ID',
    describe:
      'A vault id that has a password here, or one with its own as label@file or label@prompt',
  },
  'vault-password-file': {
    type: 'list',
    value: 'FILE',
    describe: 'One more vault password file or script',
  },
  'ask-vault-pass': { type: 'flag', alias: 'J', describe: 'Ask for one more vault password' },
}

/** What of a tree is worked on. */
export const TREE_OPTIONS: Options = {
  ignore: {
    type: 'list',
    value: 'GLOB',
    describe:
      'Leave out what matches, as in a .gitignore; files named on the command line are always taken',
  },
  include: {
    type: 'list',
    value: 'GLOB',
    describe: 'In folders, take only what matches',
  },
  all: { type: 'flag', describe: 'In a Git repository, also take what Git ignores' },
  'allow-nothing': {
    type: 'flag',
    describe: 'No error if there is nothing to do in a path, for example on a second run',
  },
}

export const SCOPE_OPTIONS: Options = {
  inline: { type: 'flag', describe: 'Only values within YAML files, no whole files' },
  whole: { type: 'flag', describe: 'Only whole files, no values', excludes: ['inline', 'key'] },
  key: {
    type: 'list',
    alias: 'k',
    value: 'GLOB',
    describe: 'Only the values of these keys, such as token, *_password or db.secret',
  },
}

/** Looking before leaping. */
export const TRIAL_OPTIONS: Options = {
  'dry-run': {
    type: 'flag',
    alias: 'n',
    describe: 'Change nothing; show what would change, without any value',
    excludes: ['check'],
  },
  check: {
    type: 'flag',
    describe: 'Change nothing; end with status 8 if something would change',
  },
}

export const ONLY_ID: OptionSpec = {
  type: 'list',
  value: 'ID',
  describe: 'Only what is sealed with this vault id; default means without a vault id',
}
