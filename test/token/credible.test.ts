import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import type { K3sVarsError } from '../../src/errors.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { CREDIBILITY_RULES, findNotAToken, refuseNotAToken } from '../../src/token/credible.js'
import { generateToken, symbolsFor } from '../../src/token/generate.js'
import { ALPHABETS } from '../../src/token/grammar.js'
import type { AlphabetName } from '../../src/token/grammar.js'

const GOOD = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'
const HASH = '0123456789abcdef'.repeat(4)
const SECURE = `K10${HASH}::server:${GOOD}`
const FILE = '/var/lib/rancher/k3s/server/token'
const OF_LOGIN = `Last login: Tue Nov 24 10:00:00 2026 from 10.0.0.2\r\n${SECURE}\r\n`

/** What pipes, files and clipboards carry in place of a token. */
const OTHER_TEXTS: readonly (readonly [string, string])[] = [
  ['shell-error', `cat: ${FILE}: Permission denied`],
  ['shell-error', `cat: ${FILE}: No such file or directory\n`],
  ['shell-error', `cat: ${FILE}: Keine Berechtigung`],
  ['shell-error', `cat: can't open '${FILE}': Permission denied`],
  ['shell-error', `/usr/bin/cat: ${FILE}: Permission denied`],
  ['shell-error', `head: cannot open '${FILE}' for reading: No such file or directory`],
  ['shell-error', 'No such file or directory'],
  ['shell-error', 'sudo: a password is required'],
  ['shell-error', 'sudo: a terminal is required to read the password; either use the -S option'],
  ['shell-error', 'sudo: Ein Passwort ist notwendig'],
  ['shell-error', 'anna is not in the sudoers file.  This incident will be reported.'],
  ['shell-error', 'Sorry, user anna is not allowed to execute /usr/bin/cat as root on n1.'],
  ['shell-error', 'su: Authentication failure'],
  ['shell-error', 'doas: Operation not permitted'],
  ['shell-error', 'bash: k3s: command not found'],
  ['shell-error', '-bash: line 1: k3s: command not found'],
  ['shell-error', 'sh: 1: k3s: not found'],
  ['shell-error', 'zsh: permission denied: token'],
  ['shell-error', 'k3s: command not found'],
  ['shell-error', 'Error from server (NotFound): secrets "k3s-serving" not found'],
  ['shell-error', 'error: the server doesn\'t have a resource type "token"'],
  ['shell-error', 'The connection to the server localhost:8080 was refused - did you specify'],
  ['shell-error', 'FATA[0000] flag provided but not defined: -x'],
  ['shell-error', 'time="2026-11-25T01:02:03Z" level=fatal msg="no"'],
  ['shell-error', 'Traceback (most recent call last):\n  File "x"'],
  ['shell-error', 'usage: cat [-u] [file...]'],
  ['prompt', '[sudo] password for anna: '],
  ['prompt', '[sudo] Passwort für anna:'],
  ['prompt', `[sudo] password for anna: \r\n${SECURE}\r\n`],
  ['prompt', '[sudo: authenticate] Password:'],
  ['prompt', 'Password:'],
  ['prompt', "anna@10.0.0.1's password: "],
  ['prompt', '(anna@10.0.0.1) Password:'],
  ['prompt', "Enter passphrase for key '/home/anna/.ssh/id_ed25519':"],
  ['prompt', 'Please enter the PIN for (user) (Nitrokey):'],
  ['prompt', 'Vault password (default):'],
  ['prompt', 'Contraseña:'],
  ['prompt', 'パスワード：'],
  ['prompt', 'Verification code:'],
  ['ssh', "Warning: Permanently added '10.0.0.1' (ED25519) to the list of known hosts."],
  ['ssh', "The authenticity of host '10.0.0.1 (10.0.0.1)' can't be established."],
  ['ssh', '@'.repeat(59)],
  ['ssh', 'Host key verification failed.'],
  ['ssh', 'anna@10.0.0.1: Permission denied (publickey,password).'],
  ['ssh', 'Permission denied, please try again.'],
  ['ssh', 'ssh: connect to host 10.0.0.1 port 22: Connection refused'],
  ['ssh', 'ssh: Could not resolve hostname n1: Name or service not known'],
  ['ssh', 'kex_exchange_identification: Connection closed by remote host'],
  ['ssh', 'Connection to 10.0.0.1 closed.'],
  ['ssh', 'Pseudo-terminal will not be allocated because stdin is not a terminal.'],
  ['ssh', 'Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures'],
  ['ssh', '** WARNING: connection is not using a post-quantum key exchange algorithm.'],
  ['ssh', 'Welcome to Ubuntu 24.04.1 LTS (GNU/Linux 6.8.0-49-generic x86_64)'],
  ['ssh', OF_LOGIN],
  ['ssh', `\u001b[31mLast login: Tue\u001b[0m\n${SECURE}`],
  ['ansible-output', `n1 | CHANGED | rc=0 >>\n${SECURE}`],
  ['ansible-output', 'n1 | UNREACHABLE! => {'],
  ['environment-line', `K3S_TOKEN='${GOOD}'`],
  ['environment-line', `K3S_TOKEN=${GOOD}`],
  ['environment-line', `export K3S_TOKEN=${GOOD}`],
  ['environment-line', `RKE2_TOKEN=${GOOD}`],
  ['environment-line', `K3S_URL=https://10.0.0.1:6443\nK3S_TOKEN=${GOOD}`],
  ['environment-line', `Environment="K3S_AGENT_TOKEN=${GOOD}"`],
  ['environment-line', `declare -x NODE_PASS="${GOOD}"`],
  ['environment-line', `token=${GOOD}`],
  ['environment-line', `k3s_token = ${GOOD}`],
  ['environment-line', `curl -sfL https://get.k3s.io | K3S_TOKEN=${GOOD} sh -`],
  ['environment-line', `k3s server --token ${GOOD} --cluster-init`],
  ['environment-line', `--agent-token=${GOOD}`],
  ['yaml-line', `token: ${GOOD}`],
  ['yaml-line', `token: "${GOOD}"`],
  ['yaml-line', `  agent-token: '${GOOD}'`],
  ['yaml-line', `"token": "${GOOD}",`],
  ['yaml-line', `rke2_token: ${GOOD}`],
  ['yaml-line', 'server: https://10.0.0.1:6443'],
  ['yaml-line', `cluster-init: true\ntoken: ${GOOD}\n`],
  ['yaml-line', `token: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`],
  ['yaml-line', 'token:\n'],
  ['json', `{"token": "${GOOD}"}`],
  ['json', `{\n  "token": "${GOOD}"\n}`],
  ['json', `{"kind":"Status","metadata":{},"status":"Failure","message":"forbidden","code":403}`],
  ['json', `["${GOOD}"]`],
  ['template', '{{ k3s_token }}'],
  ['template', '{{ vault_k3s_token | default("x") }}'],
  ['template', "{{ lookup('file', 'token') }}"],
  ['template', 'K10{{ hash }}::server:{{ token }}'],
  ['template', '{% if x %}y{% endif %}'],
  ['template', '${K3S_TOKEN}'],
  ['template', '${K3S_TOKEN:-none}'],
  ['template', '${{ secrets.K3S_TOKEN }}'],
  ['template', '$K3S_TOKEN'],
  ['template', `$(cat ${FILE})`],
  ['template', `\`cat ${FILE}\``],
  ['template', '%K3S_TOKEN%'],
  ['template', '<%= token %>'],
  ['url', 'https://10.0.0.1:6443'],
  ['url', 'op://vault/k3s/token'],
  ['url', 'ref+vault://secret/k3s#token'],
  ['url', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:k3s'],
  ['path', FILE],
  ['path', '~/k3s/token'],
  ['path', './server-token'],
  ['path', 'C:\\Users\\anna\\token.txt'],
  ['key', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['key', '-----BEGIN PGP MESSAGE-----'],
  ['key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA anna@ctl'],
  ['sealed', 'ENC[AES256_GCM,data:p7==,iv:A=,tag:x==,type:str]'],
  ['jwt', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrOHMifQ.c2lnbmF0dXJl'],
  ['html', '<!DOCTYPE html>\n<html><head><title>Log in</title>'],
  ['placeholder', '<your-token-here>'],
  ['placeholder', '<TOKEN>'],
  ['placeholder', '****'],
  ['placeholder', 'xxxxxxxxxxxxxxxxxxxx'],
  ['placeholder', '••••••••••••••••'],
  ['placeholder', 'REDACTED'],
  ['placeholder', '[redacted]'],
  ['placeholder', '**REDACTED**'],
  ['placeholder', '(sensitive value)'],
  ['placeholder', '[MASKED]'],
  ['placeholder', '$encrypted$'],
  ['placeholder', 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER'],
  ['placeholder', 'your-token-here'],
  ['placeholder', 'YOUR_K3S_TOKEN'],
  ['placeholder', 'replace-with-your-secret-token'],
  ['placeholder', 'Insert your token here!'],
  ['placeholder', '__K3S_TOKEN__'],
  ['placeholder', '@K3S_TOKEN@'],
  ['placeholder', 'undefined'],
  ['placeholder', '<no value>'],
  ['quoted', `"${GOOD}"`],
  ['quoted', `'${SECURE}'`],
  ['lost-colon', `K10${HASH}:server:${GOOD}`],
  ['lost-colon', `k10${HASH}:server:${GOOD}`],
  ['cut-off', `k10${HASH}::server:${GOOD}`],
  ['cut-off', `${HASH}::server:${GOOD}`],
  ['cut-off', `10${HASH}::node:${GOOD}`],
  ['cut-off', `::server:${GOOD}`],
  ['base64', Buffer.from(`${SECURE}\n`).toString('base64')],
  ['surrounded', `the token is ${SECURE}`],
  ['surrounded', `Password for anna: ${SECURE}`],
  ['surrounded', `anna@n1:~$ ${SECURE}`],
  ['several-lines', `${GOOD}\n${GOOD}`],
  ['several-lines', `******\nKeep out\n******\n${SECURE}`],
]

describe('what is no token', () => {
  test.each(OTHER_TEXTS)('%s: %j', (id, text) => {
    expect(findNotAToken(text)?.id).toBe(`not-a-token/${id}`)
  })

  test.each(OTHER_TEXTS)('%s is refused by name without a word of %j', (id, text) => {
    const refused = caught(() => refuseNotAToken(text, '--file'))
    expect(refused).toMatchObject({ code: 'K3SV_TOKEN_REFUSED' })
    expect(refused.message).toContain(`not-a-token/${id}`)
    const shown = `${refused.message}\n${refused.hint}`
    expect(shown).not.toContain(GOOD)
    // A hint may name the server's own file, and the words that any such text is known by.
    if (text !== FILE && text.length > 12) expect(shown).not.toContain(text.trim())
  })

  test('every rule has a text', () => {
    const known = new Set(OTHER_TEXTS.map(([id]) => `not-a-token/${id}`))
    expect([...known].sort()).toEqual(CREDIBILITY_RULES.map(({ id }) => id).sort())
  })
})

/** Sentences and fragments that people do take, some close to a rule on purpose. */
const PEOPLES = [
  'correct horse battery staple',
  'My K3s cluster: prod #1 = great!',
  'a:b:c:d:e:f:g:h:i:j',
  'admin:S3cretPassw0rd!2024',
  'server:S3cretPassw0rd!2024',
  'x=y&z=w&answer=42',
  'dGhpcyBpcyBhIHRva2VuIG9mIG91cnM=',
  "It's a secret to everybody.",
  'K3S_is_the_best_2024!',
  'K3S_TOKEN_prod_9f8a7s6d5f',
  'token-of-my-affection-1999',
  'TOKEN_prod_9f8a7s6d5f',
  'my-super-secret-token',
  'my secret cluster password',
  'password1234567890',
  'Password is not my password',
  '<3 kubernetes <3 rancher <3',
  '$ecret$auce$2024$yes',
  '{curly} and [square] things',
  '~tilde~wave~12345678',
  'sudo make me a sandwich',
  'http is not https :) ok',
  'rm -rf / --no-preserve-root',
  'cat, dog and 3 mice: a story',
  'export quality since 1984',
  'warning signs are everywhere',
  'ssh! be quiet, they sleep',
  'Welcome to the jungle 1987',
  'Enter Sandman: Metallica 1991',
  'e.g. /dev/null is my pet rock',
  '#!hashbang#!hashbang#!',
  '(all) [the] {brackets} <here>',
  'é, à and ü are characters, too',
  '真面目なパスワードですよねそうですよね',
  'key=value;key2=value2;key3',
  'u.s.e.r:p.a.s.s@h.o.s.t:22',
  'Tr0ub4dor&3Tr0ub4dor&3',
  '-----not-a-pem-----really',
  '1.2.3.4:6443/some/path/token',
  'AAAA0000BBBB1111CCCC2222',
  'K10 is a mountain, is it not?',
  'K9-and-K11-are-mountains',
  '123e4567-e89b-42d3-a456-426614174000',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'changeme!', // a sample that clusters run with: a rule of its own refuses it
] as const

describe('what may be a token', () => {
  test.each(PEOPLES)('%j', (text) => expect(findNotAToken(text)).toBeUndefined())

  test.each([
    ['a secure token', SECURE],
    ['one without a hash', `K10::server:${GOOD}`],
    ['an agent’s', `K10${HASH}::node:${GOOD}`],
    ['a bootstrap token', 'abcdef.0123456789abcdef'],
    ['one with odd characters', `K10${HASH}::server:{{ x }} $(y) token: z K3S=1`],
    ['one with a final newline', `${SECURE}\n`],
    ['one with outer white space, which has a rule of its own', ` ${SECURE}`],
    ['one after a byte order mark, which has a rule of its own', `\ufeff${SECURE}`],
    ['sealed text, which has a rule of its own', '$ANSIBLE_VAULT;1.1;AES256\n6162\n'],
    ['wrapped base64, which has a rule of its own', `${'Zm9v+/Ba'.repeat(8)}\naA==`],
    ['nothing', ''],
  ])('%s', (_, text) => expect(findNotAToken(text)).toBeUndefined())

  const names = Object.keys(ALPHABETS) as AlphabetName[]
  const roles = Object.values(ROLE_PROFILES)
  test.each(names)('every token that is generated from the alphabet %s', (alphabet) => {
    const recipes = roles.flatMap((role) =>
      [16, 32, 43, 64, 128].map((length) => ({ length, alphabet, symbols: symbolsFor(role) })),
    )
    for (const recipe of recipes) {
      if (alphabet === 'complex' && recipe.symbols === '') continue
      for (let round = 0; round < 60; round++) {
        expect(named(generateToken(recipe, randomBytes).reveal())).toBeUndefined()
      }
    }
  })

  const drawn = (alphabet: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 16, maxLength: 80 })
  const PRINTABLE = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32))
  const bytes = fc.uint8Array({ minLength: 12, maxLength: 60 }).map((array) => Buffer.from(array))
  const word = fc.string({
    unit: fc.constantFrom(...ALPHABETS.hex, ...'ghijkoprstuvwy'),
    minLength: 2,
    maxLength: 9,
  })

  test.each<[string, fc.Arbitrary<string>]>([
    ['printable characters (pwgen -y)', drawn(PRINTABLE)],
    ['printable characters without blanks', drawn(PRINTABLE.slice(1))],
    [
      'symbols alone, but for masks and what stands in double braces',
      drawn('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~').filter(
        (text) => !/^[*.#_?-]+$|^\{\{.*\}\}$/.test(text),
      ),
    ],
    ['capitals', drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((text) => !/^X+$/.test(text))],
    ['capitals, digits and underscores', drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_')],
    ['base64 of bytes', bytes.map((array) => array.toString('base64'))],
    ['base64url of bytes', bytes.map((array) => array.toString('base64url'))],
    ['hex of bytes', bytes.map((array) => array.toString('hex'))],
    ['UUIDs', fc.uuid()],
    [
      'words with a separator',
      fc
        .tuple(fc.array(word, { minLength: 3, maxLength: 8 }), fc.constantFrom(...' -_.:=/+,;'))
        .map(([words, one]) => words.join(one)),
    ],
    [
      'pairs with colons',
      fc.tuple(word, drawn(ALPHABETS.alphanumeric)).map(([user, text]) => `${user}:${text}`),
    ],
    [
      'pairs with equals signs',
      fc.tuple(word, drawn(ALPHABETS.alphanumeric)).map(([key, text]) => `${key}=${text}`),
    ],
  ])('what is drawn from %s', (_, texts) => {
    // As a generator draws: fast-check prefers the characters at the ends, and those are braces.
    fc.assert(
      fc.property(fc.noBias(texts), (text) => expect(named(text)).toBeUndefined()),
      { numRuns: 3000 },
    )
  })
})

function named(text: string): string | undefined {
  return findNotAToken(text)?.id
}

function caught(work: () => void): K3sVarsError {
  try {
    work()
  } catch (error) {
    return error as K3sVarsError
  }
  throw new Error('nothing was thrown')
}
