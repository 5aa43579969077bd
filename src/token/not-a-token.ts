// What comes in where a token should, as a table: what a pipe, a file or a clipboard carries instead. Each pattern is about the
// form of such a text, never about single words, because people do use sentences as tokens; none of them may fit what a
// generator draws. Every pattern is linear in the text.

/** What the text is instead of a token. A rule knows it by one of its lines, blanks around it left out, or as a whole. */
export interface NotAToken {
  readonly id: `not-a-token/${string}`
  readonly lines: readonly RegExp[]
  readonly whole?: (text: string) => boolean
  /** Completes `it looks like …`. */
  readonly looksLike: string
  readonly hint: string
}

const ALONE = 'run the command before the pipe alone and see what it prints'

/** What programs print, and files with more in them than a token. */
export const OUTPUTS: readonly NotAToken[] = [
  {
    id: 'not-a-token/key',
    lines: [
      /^-----BEGIN [A-Z0-9 ]{1,40}-----/,
      /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,40}|sk-\S{1,40}@openssh\.com) AAAA/,
      /^AGE-SECRET-KEY-1/,
    ],
    looksLike: 'a key or a certificate',
    hint: "bring the server's /var/lib/rancher/k3s/server/token (RKE2: /var/lib/rancher/rke2/server/token)",
  },
  {
    id: 'not-a-token/sealed',
    lines: [/^ENC\[[A-Z0-9_]{1,20},/, /^age-encryption\.org\/v1/],
    looksLike: 'a text that sops or age has sealed',
    hint: 'open it first and pipe what comes out: `sops decrypt FILE | k3s-vars token import CLUSTER --stdin`',
  },
  {
    id: 'not-a-token/jwt',
    lines: [/^eyJ[\w-]{4,}\.eyJ[\w-]{4,}\.[\w-]+$/],
    looksLike: 'a JSON Web Token, as Kubernetes gives to service accounts',
    hint: "what joins nodes is another token: bring the server's /var/lib/rancher/k3s/server/token",
  },
  {
    id: 'not-a-token/html',
    lines: [/^<(?:!doctype|html|head|body|\?xml)[\s>]/i],
    looksLike: 'a web page',
    hint: 'the address answered with a page, often that of a login: fetch the token another way',
  },
  {
    id: 'not-a-token/json',
    lines: [/^\{\s*"[\w.-]{1,80}"\s*:\s*["{[\dtfn]/],
    whole: isJson,
    looksLike: 'JSON',
    hint: 'take the value out of it: `jq -r .KEY | k3s-vars token import CLUSTER --stdin`',
  },
  {
    id: 'not-a-token/prompt',
    lines: [
      /^\[sudo[\]:]/i,
      /^(?:please )?(?:enter|type|confirm|verify) (?:the |your |a )?(?:\S{1,20} )?(?:passphrase|password|pin)\b.{0,200}:$/i,
      /^.{0,80}\b(?:password|passphrase|passcode|passwort|kennwort|contraseña|senha|heslo|wachtwoord|mot de passe)\b[^:]{0,80}:$/i,
      /(?:пароль|密码|密碼|パスワード|비밀번호)[^:：]{0,80}[:：]$/iu,
      /^(?:verification code|one-time password.{0,40}|passcode or option.{0,40}):$/i,
    ],
    looksLike: 'the prompt of a program that asks for a password',
    hint: 'sudo or ssh asked into the pipe: `ssh -t` mixes the question with the answer; leave out -t, and use `sudo -n` with a rule that needs no password, or copy the file and use --file',
  },
  {
    id: 'not-a-token/ssh',
    lines: [
      /^ssh: /,
      /^(?:kex_exchange_identification|ssh_exchange_identification|client_loop|mux_client_\w{1,40}|debug[123]|channel \d{1,5}): /,
      /^warning: (?:permanently added|identity file|remote host identification|no xauth data)/i,
      /^@{10}/,
      /^the authenticity of host /i,
      /^are you sure you want to continue connecting/i,
      /^host key verification failed/i,
      /^pseudo-terminal will not be allocated/i,
      /^connection (?:to \S{1,255} )?(?:closed|reset by|timed out|refused)\b/i,
      /^received disconnect from /i,
      /^(?:\S{1,255}: )?permission denied \(/i,
      /^permission denied, please try again/i,
      /^too many authentication failures/i,
      /^last (?:failed )?login: /i,
      /^welcome to .{1,80}\((?:gnu\/)?linux/i,
      /^SSH-2\.0-/,
      /^\*\* warning: connection is not using a post-quantum/i,
      /^(?:stdin: is not a tty|mesg: ttyname failed|x11 forwarding request failed)/i,
    ],
    looksLike: 'what ssh or the login of a server says',
    hint: 'connect once by hand so that nothing is asked, then use `ssh -q` without -t',
  },
  {
    id: 'not-a-token/ansible-output',
    lines: [/^\S{1,255} \| (?:CHANGED|SUCCESS|FAILED!?|UNREACHABLE!?)(?: \||\b)/, /^TASK \[/],
    looksLike: 'what Ansible prints around an answer',
    hint: 'fetch the file instead: `ansible HOST -b -m fetch -a "src=/var/lib/rancher/k3s/server/token dest=FILE flat=true"`, then --file FILE',
  },
  {
    id: 'not-a-token/shell-error',
    lines: [
      /^(?:\/\S{0,200}\/)?-?(?:ba|da|z|k|a|fi)?sh(?:\[\d{1,10}\])?: /,
      /^(?:\/\S{0,200}\/)?(?:sudo|su|doas|run0|pkexec): /,
      /^(?:\/\S{0,200}\/)?(?:cat|head|tail|cut|tr|sed|[gm]?awk|grep|base64|tee|env|timeout|jq|yq|ls|docker|podman|kubectl|k3s|rke2|scp|rsync|gpg|vault|bao): .{1,400}: \S/,
      /(?:^|: )(?:permission denied|no such file or directory|command not found|is a directory|not a directory|operation not permitted|connection refused|input\/output error|no route to host|name or service not known|a password is required)\.?$/i,
      / is not in the sudoers file\b/i,
      /^sorry, (?:try again|user \S{1,80} (?:is not allowed|may not run))/i,
      /^(?:error|fatal|panic|warning): /i,
      /^(?:error from server|unable to connect to the server|the connection to the server \S{1,255} was refused)/i,
      /^(?:FATA|ERRO|WARN|INFO)\[\d/,
      /^time="\d{4}-/,
      /^[EWIF]\d{4} \d\d:\d\d:/,
      /^Traceback \(most recent call last\)/,
      /^usage: /i,
    ],
    looksLike: 'an error message of a command',
    hint: `${ALONE}; the token file belongs to root: \`sudo -n cat FILE\` says at once when it may not`,
  },
  {
    id: 'not-a-token/environment-line',
    lines: [
      /^(?:export |declare -x |readonly |set |env |-e |--env[= ])?["']?(?:K3S|RKE2|INSTALL_K3S|INSTALL_RKE2)_[A-Z0-9_]{1,40}["']?\s?=/i,
      /^(?:export|declare -x|readonly) [A-Za-z_]\w{0,80}=/,
      /^Environment="?[A-Za-z_]\w{0,80}=/,
      /^[a-z_]{0,40}(?:token|secret)[a-z_]{0,40}\s?=\s?\S/i,
      /(?:^|\s)(?:K3S|RKE2)_(?:AGENT_)?TOKEN(?:_FILE)?=/,
      /(?:^|\s)--?(?:agent-)?token(?:-file)?[= ]\S/,
    ],
    looksLike: 'a line of an environment file, or a command line, with the token in it',
    hint: 'bring the value alone, without name and quotes: `. ./FILE; printf %s "$K3S_TOKEN" | k3s-vars token import CLUSTER --stdin`; or set the variable and use --env',
  },
  {
    id: 'not-a-token/yaml-line',
    lines: [
      /^(?:- {1,8})?["']?[\w.-]{0,60}(?:token|secret|password|passphrase)[\w.-]{0,60}["']?\s?:\s+\S/i,
      /^(?:- {1,8})?["']?(?:agent-)?token(?:-file)?["']?:$/i,
      /^["']?server["']?:\s+["']?https?:/i,
      /^(?:apiVersion|kind):\s+\S/,
    ],
    looksLike: 'a line of YAML, such as one of config.yaml',
    hint: 'bring the value alone, without key and quotes: `yq -r .token FILE | k3s-vars token import CLUSTER --stdin`',
  },
]

/** What stands in the place of a value. */
export const STAND_INS: readonly NotAToken[] = [
  {
    id: 'not-a-token/template',
    lines: [
      /^\{\{.*\}\}$/,
      /^\{%[-+]?\s*[a-z].*%\}$/,
      /\{\{-?\s*_{0,2}[A-Za-z][\w.]{1,80}\s*(?:[|[(][^{}]{0,200})?-?\}\}/,
      /^\$\{[A-Za-z_{][^{}]*\}{1,2}$/,
      /^\$[A-Z][A-Z0-9_]*$/,
      /^\$\([A-Za-z./][^()]*\)$/,
      /^`(?:sudo|cat|echo|head|ssh|k3s|rke2|kubectl|pass|op|vault|aws) [^`]*`$/,
      /^%[A-Z][A-Z0-9_]*%$/,
      /^<%.*%>$/,
    ],
    looksLike: 'a template or a variable that nothing has filled in',
    hint: 'bring what it comes to, not its name; for a variable of the environment: `printf %s "$K3S_TOKEN"`',
  },
  {
    id: 'not-a-token/url',
    lines: [
      /^[a-z][a-z0-9+.-]{1,30}:\/\/[\w[]/,
      /^arn:aws[\w-]{0,20}:/,
      /^projects\/[\w-]{1,80}\/secrets\//,
    ],
    looksLike: 'an address, or the name of a secret in a secret manager',
    hint: 'have the secret manager print the secret itself, and pipe that',
  },
  {
    id: 'not-a-token/path',
    lines: [
      /^(?:~|\.{1,2}|\/(?:etc|var|usr|home|root|opt|tmp|run|srv|mnt|proc|dev|Users))(?:\/[\w.@+~-]{1,255}){1,40}\/?$/,
      /^[A-Za-z]:\\(?:[\w .-]{1,255}\\){1,40}[\w .-]{1,255}$/,
    ],
    looksLike: 'the path of a file',
    hint: 'to take the token from that file: --file FILE',
  },
  {
    id: 'not-a-token/placeholder',
    lines: [
      /^[*•●∙…xX.#_?-]+$/,
      /^<[A-Za-z][\w .:'\u2019|/-]*>$/,
      /^(?:your|enter|insert|put|replace|paste|fill)(?:[-_ ]+(?:in|with|your|my|the|own|this|me|here|a|an|super|very|strong|secure|secret|random|long|k3s|rke2|cluster|server|node|agent|join|shared|token|password|passphrase|value|key|goes))+[-_ !.]*$/i,
      /^\W{0,8}(?:redacted|masked|hidden|filtered|sensitive|censored|omitted)(?: value)?\W{0,8}$/i,
      /^\W{0,3}(?:undefined|none|nil|no value|n\/a|todo|tbd|fixme|placeholder)\W{0,3}$/i,
      /^__[A-Z0-9_]+__$/,
      /^@[A-Z0-9_.-]+@$/,
      /^\$encrypted\$$/,
      /^VALUE_SPECIFIED_IN_NO_LOG_PARAMETER$/,
      /^the output has been hidden due to the fact that/i,
    ],
    looksLike: 'a placeholder, or a mask in place of the token',
    hint: "what shows it hides it: bring the server's /var/lib/rancher/k3s/server/token itself",
  },
  {
    id: 'not-a-token/quoted',
    lines: [/^(["'])[\w+/=.:-]{16,}\1,?$/],
    looksLike: 'a text in quotes',
    hint: 'take the quotes away: `jq -r` and `yq -r` print none; a server that does run with quotes in its token says so in its own server/token, which can be imported whole',
  },
]

/** A list or a mapping; a bare word or number is no sign of JSON. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
