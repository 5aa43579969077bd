import { EXIT_STATUS } from '../../errors.js'
import type { Call, Command } from '../command.js'

export const COMPLETION: Command = {
  usage: 'completion <shell>',
  summary: 'Print a completion script',
  positionals: { shell: { type: 'text', describe: 'The shell', choices: ['bash', 'zsh', 'fish'] } },
  options: {},
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/k3s-vars', 'for bash'],
    ['completion zsh > ~/.zfunc/_k3s-vars', 'for zsh, where ~/.zfunc is in fpath'],
    ['completion fish > ~/.config/fish/completions/k3s-vars.fish', 'for fish'],
  ],
  run: completion,
}

/**
 * SHELL tells yargs the form: names alone for bash, `name:description` for zsh, and with a tab between them for fish. The
 * program is asked as it was called: the link beside a playbook is `k3s_vars`.
 */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_k3s_vars() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(SHELL=bash "$1" --get-yargs-completions "\${COMP_WORDS[@]}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _k3s_vars k3s-vars k3s_vars
`,
  zsh: `#compdef k3s-vars k3s_vars
_k3s_vars() {
  local -a found
  found=("\${(@f)$(SHELL=zsh "\${words[1]}" --get-yargs-completions "\${words[@]}" 2>/dev/null)}")
  _describe 'k3s-vars' found || _files
}
if [ "$funcstack[1]" = _k3s_vars ]; then _k3s_vars "$@"; else compdef _k3s_vars k3s-vars k3s_vars; fi
`,
  fish: `function __k3s_vars
  set -l words (commandline -opc)
  SHELL=fish $words[1] --get-yargs-completions $words (commandline -ct) 2>/dev/null
end
complete -c k3s-vars -a '(__k3s_vars)'
complete -c k3s_vars -a '(__k3s_vars)'
`,
}

function completion({ input, io }: Call): Promise<number> {
  io.stdout.write(SCRIPTS[input.text('shell')!]!)
  return Promise.resolve(EXIT_STATUS.done)
}
