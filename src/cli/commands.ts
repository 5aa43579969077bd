import type { Command } from './command.js'
import { CHECK } from './commands/check.js'
import { COMPLETION } from './commands/completion.js'
import { EXTRA_VARS } from './commands/extra-vars.js'
import { GROUP_VARS_WRITE } from './commands/group-vars-write.js'
import { INIT } from './commands/init.js'
import { SCAN } from './commands/scan.js'
import { STATUS } from './commands/status.js'
import { TOKEN_IMPORT } from './commands/token-import.js'
import { TOKEN_INSPECT } from './commands/token-inspect.js'
import { TOKEN_NEW } from './commands/token-new.js'
import { TOKEN_SHOW } from './commands/token-show.js'

/** Every command, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  INIT,
  STATUS,
  CHECK,
  SCAN,
  TOKEN_NEW,
  TOKEN_SHOW,
  TOKEN_INSPECT,
  TOKEN_IMPORT,
  EXTRA_VARS,
  GROUP_VARS_WRITE,
  COMPLETION,
]

/** What the words mean that several commands begin with. */
export const GROUPS: Readonly<Record<string, string>> = {
  'group-vars': 'Tokens in sealed group_vars files, for plays without our inventory source',
  token: 'Make, show, inspect and import tokens',
}
