// Each kind of place, in the ways that people write it, with each shape that a token has: found once, where it stands. And the same
// places with what is no token there: nothing.
import { describe, expect, test } from '@jest/globals'
import { FORMS } from '../../src/scan/forms/forms.js'
import { inspectText } from '../../src/scan/inspect-text.js'

const SHAPES: Readonly<Record<string, string>> = {
  'of 22 characters': 'q8ZrT4mLw0Xy7KcVb2Nh5P',
  'of 43 characters': 'Wm3pKx8vRt5nJq2yLc7hBf4dGs9zEa6uXo1iVw0kTrM',
  'in hex': '9f86d081884c7d659a2feaa0c55ad015',
  'in the secure form': `K10${'3fa9'.repeat(16)}::server:q8ZrT4mLw0Xy7KcVb2Nh5P`,
  'safe in addresses': 'x7Kq-3mZp_0Xy7KcVb2Nh5P-t9',
  'in base64': 'k7Jq3m+Zp0Xy7KcVb2/Nh5PQaLw=',
  'as a passphrase': 'amber-Kettle7-orbit-19-saddle',
}

/** A file and its text; ‹T› stands for the value. */
const PLACES: readonly (readonly [path: string, text: string])[] = [
  // Shell in strings and here-documents of other languages.
  ['a.tf', 'u = <<-EOT\n  curl https://get.k3s.io | K3S_TOKEN=‹T› sh -s - agent\nEOT\n'],
  ['b.tf', 'x = <<EOF\n#!/bin/sh\nexport K3S_TOKEN="‹T›"\nEOF\n'],
  ['c.tf', 'inline = ["sudo K3S_TOKEN=\'‹T›\' sh /tmp/i.sh", "true"]\n'],
  ['d.tf', 'command = "K3S_TOKEN=\\"‹T›\\" sh install.sh"\n'],
  ['a.py', 'run("""\n  K3S_TOKEN=‹T› sh -\n""")\n'],
  ['b.py', 'c.sudo(\'K3S_TOKEN="‹T›" sh install.sh\')\n'],
  ['c.py', 'cmd = f"K3S_TOKEN=‹T› K3S_URL={url} sh -"\n'],
  ['d.py', 'cmd = ("curl https://get.k3s.io |"\n       " K3S_TOKEN=‹T› sh -")\n'],
  ['a.go', 'run(`K3S_TOKEN=‹T› sh -`)\n'],
  ['b.go', 'run("K3S_TOKEN=\'‹T›\' sh -")\n'],
  ['a.rb', 'sh <<~SH\n  K3S_TOKEN=‹T› sh -\nSH\n'],
  ['b.rb', 'sh %q{K3S_TOKEN=‹T› sh -}\n'],
  ['a.ts', 'await run(`K3S_TOKEN=‹T› K3S_URL=${url} sh -`)\n'],
  ['a.kt', 'val s = """\n  K3S_TOKEN=‹T› sh -\n"""\n'],
  ['a.cs', 'var s = @"K3S_TOKEN=""‹T›"" sh -";\n'],
  ['a.nix', "script = ''\n  K3S_TOKEN=‹T› sh -\n'';\n"],
  ['a.rs', 'let s = r#"K3S_TOKEN="‹T›" sh -"#;\n'],
  ['a.ps1', '$s = @"\nK3S_TOKEN=‹T› sh -\n"@\n'],
  ['a.yml', 'run: |\n  curl https://get.k3s.io | K3S_TOKEN=‹T› sh -\n'],
  ['b.yml', 'run: >-\n  curl https://get.k3s.io |\n  K3S_TOKEN=‹T› sh -\n'],
  ['c.yml', "- sh -c 'K3S_TOKEN=‹T› sh install.sh'\n"],
  ['d.yml', '- "K3S_TOKEN=\\"‹T›\\" sh install.sh"\n'],
  ['Dockerfile', 'FROM x\nRUN <<EOF\nK3S_TOKEN=‹T› sh install.sh\nEOF\n'],
  ['e.json', '{"cmd": "K3S_TOKEN=\\"‹T›\\" sh -"}\n'],
  // Quotes in quotes, and arguments.
  ['a.sh', 'ssh n1 "curl https://get.k3s.io | K3S_TOKEN=\\"‹T›\\" sh -"\n'],
  ['b.sh', 'ssh n1 \'K3S_TOKEN="‹T›" sh -\'\n'],
  ['c.sh', 'ssh n1 sudo sh -c "\'K3S_TOKEN=‹T› sh install.sh\'"\n'],
  ['d.sh', 'for n in a b; do ssh $n "k3s agent --token \\"‹T›\\" --server $U"; done\n'],
  ['e.sh', "ssh n1 $'k3s agent --token \\'‹T›\\''\n"],
  ['f.sh', 'ssh n1 bash <<EOF\nk3s agent --token "‹T›"\nEOF\n'],
  ['g.sh', 'echo "$(K3S_TOKEN=‹T› ./install.sh)"\n'],
  ['h.sh', 'su - pi -c "K3S_TOKEN=\'‹T›\' ./install.sh"\n'],
  ['i.sh', 'kubectl exec n -- sh -c "K3S_TOKEN=‹T› ./install.sh"\n'],
  ['j.sh', 'env -i K3S_TOKEN=‹T› K3S_URL=x sh install.sh\n'],
  // Options: on lines that go on, in quotes, short.
  ['a.service', "ExecStart=/usr/local/bin/k3s \\\n    agent \\\n\t'--token' \\\n\t'‹T›' \\\n"],
  ['b.service', "ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--agent-token=‹T›' \\\n"],
  ['c.service', 'ExecStart=/usr/local/bin/rke2 server --token "‹T›"\n'],
  ['k.sh', 'k3s agent \\\n  --server https://cp:6443 \\\n  --token \\\n  ‹T›\n'],
  ['l.sh', 'k3s agent -s https://cp:6443 -t "‹T›"\n'],
  ['m.sh', 'sudo k3s server -t=‹T›\n'],
  ['n.sh', 'k3s token rotate -t ‹T› --new-token "$NEW"\n'],
  ['o.sh', 'k3s token rotate --token "$OLD" --new-token=‹T›\n'],
  ['p.sh', 'curl https://get.k3s.io | sh -s - server --token "‹T›" --cluster-init\n'],
  ['q.sh', 'curl https://get.k3s.io | INSTALL_K3S_EXEC="--token ‹T›" sh -\n'],
  ['r.sh', "k3sup join --ip 1.2.3.4 --k3s-extra-args '--token ‹T›'\n"],
  ['s.sh', 'k3d cluster create a --token ‹T› --agents 1\n'],
  ['t.sh', 'docker run -d rancher/k3s:v1 agent --token=‹T›\n'],
  ['u.sh', 'K3S_ARGS=(agent --server "$U" --token "‹T›")\nk3s "${K3S_ARGS[@]}"\n'],
  ['e.py', 'subprocess.run(["k3s", "agent", "--token", "‹T›"])\n'],
  ['f.py', 'subprocess.run([\n    "k3s",\n    "agent",\n    "--token=‹T›",\n])\n'],
  ['b.ts', "spawn('k3s', ['agent', '-t', '‹T›'])\n"],
  ['c.go', 'exec.Command("k3s", "agent", "--token", "‹T›")\n'],
  ['b.rs', 'Command::new("k3s").arg("agent").arg("--token").arg("‹T›");\n'],
  ['pod.yaml', 'image: rancher/k3s\nargs: [agent, --token, "‹T›"]\n'],
  ['pod2.yaml', 'image: rancher/k3s\nargs:\n  - agent\n  - --token\n  # of the lab\n  - ‹T›\n'],
  // Structure.
  ['e1.yml', 'env: [{ name: K3S_TOKEN, value: "‹T›" }]\n'],
  ['e2.yml', 'env:\n  - value: "‹T›"\n    name: K3S_TOKEN\n'],
  ['e3.yml', 'env:\n  - name: K3S_TOKEN\n    # of the lab\n    value: "‹T›"\n'],
  ['e4.json', '{"env":[{"name":"K3S_TOKEN","value":"‹T›"}]}\n'],
  ['e5.json', '[{"value":"‹T›","name":"RKE2_TOKEN"}]\n'],
  ['.gitlab-ci.yml', 'variables:\n  K3S_TOKEN:\n    value: "‹T›"\n    description: joins\n'],
  ['e6.yml', 'variables:\n- name: K3S_TOKEN\n  value: "‹T›"\n'],
  ['e7.yml', 'environment:\n  - K3S_TOKEN=‹T›\n'],
  ['e8.yml', 'environment:\n  K3S_TOKEN: "‹T›"\n'],
  ['e9.tf', 'environment { \n  name = "K3S_TOKEN"\n  value = "‹T›"\n}\n'],
  ['e10.ts', "env: [{ name: 'K3S_TOKEN', value: '‹T›' }]\n"],
  ['e11.py', 'client.V1EnvVar(name="K3S_TOKEN", value="‹T›")\n'],
  // Blocks that are K3s'.
  ['v1.tf', 'variable "k3s_token" {\n  type = string\n  default = "‹T›"\n}\n'],
  ['v2.tf', 'module "k3s" {\n  source = "./k3s"\n  token  = "‹T›"\n}\n'],
  ['v3.tf', 'locals {\n  k3s = { token = "‹T›" }\n}\n'],
  ['n1.nix', '{ services.k3s.token = "‹T›"; }\n'],
  ['n2.nix', '{ services.k3s = {\n  enable = true;\n  token = "‹T›";\n}; }\n'],
  ['n3.nix', '{ services = { k3s = { token = "‹T›"; }; }; }\n'],
  ['k3d.yaml', 'apiVersion: k3d.io/v1alpha5\nkind: Simple\ntoken: "‹T›"\n'],
  ['k3os.yaml', 'k3os:\n  token: "‹T›"\n'],
  ['kairos.yaml', '#cloud-config\nk3s:\n  enabled: true\n  env:\n    K3S_TOKEN: "‹T›"\n'],
  [
    'c.bu',
    'storage:\n  files:\n    - path: /etc/rancher/k3s/config.yaml\n      contents:\n        inline: |\n          token: "‹T›"\n',
  ],
  [
    'user-data',
    '#cloud-config\nwrite_files:\n  - content: |\n      token: "‹T›"\n    path: /etc/rancher/k3s/config.yaml\n',
  ],
  ['t.toml', '[k3s]\ntoken = "‹T›"\n'],
  ['t2.toml', "[clusters.k3s.join]\ntoken = '‹T›'\n"],
  ['t3.toml', 'k3s = { url = "x", token = "‹T›" }\n'],
  ['w1.sh', 'echo "token: ‹T›" > /etc/rancher/k3s/config.yaml\n'],
  ['w2.sh', 'cat > /etc/rancher/k3s/config.yaml <<EOF\nserver: x\ntoken: ‹T›\nEOF\n'],
  ['w3.sh', 'sudo tee /etc/rancher/rke2/config.yaml <<\'EOF\'\ntoken: "‹T›"\nEOF\n'],
  ['w4.sh', "printf 'token: %s\\n' '‹T›' > /etc/rancher/k3s/config.yaml\n"],
  ['etc/rancher/k3s/config.yaml', 'token: "‹T›"\ncluster-init: true\n'],
  // What is taken where there is nothing.
  ['d1.py', 'os.getenv("K3S_TOKEN", "‹T›")\n'],
  ['d2.py', "t = os.environ.get('K3S_TOKEN') or '‹T›'\n"],
  ['d3.yml', "k3s_token: \"{{ lookup('env', 'K3S_TOKEN') | default('‹T›', true) }}\"\n"],
  ['d4.sh', 'export K3S_TOKEN="${K3S_TOKEN:-‹T›}"\n'],
  ['d5.sh', ': "${K3S_TOKEN:=‹T›}"\n'],
  ['d6.js', "const t = process.env.K3S_TOKEN ?? '‹T›'\n"],
  ['d7.rb', "ENV.fetch('K3S_TOKEN', '‹T›')\n"],
  ['d8.go', 'getenv("K3S_TOKEN", "‹T›")\n'],
  ['d9.yml', 'x: { K3S_TOKEN: "${K3S_TOKEN:-‹T›}" }\n'],
  ['Makefile', 'K3S_TOKEN ?= ‹T›\n'],
  ['justfile', 'k3s_token := env("K3S_TOKEN", "‹T›")\n'],
  // Assignments in other languages, and other names.
  ['p1.ps1', '$env:K3S_TOKEN = "‹T›"\n'],
  ['p2.ps1', "$K3sToken = '‹T›'\n"],
  ['p3.pp', "$k3s_token = '‹T›'\n"],
  ['p4.pp', "class { 'k3s': token => '‹T›' }\n"],
  ['p5.php', "<?php\ndefine('K3S_TOKEN', '‹T›');\n"],
  ['p6.php', "<?php\n$_ENV['K3S_TOKEN'] = '‹T›';\n"],
  ['p7.fish', 'set -gx K3S_TOKEN "‹T›"\n'],
  ['p8.fish', 'set -x K3S_TOKEN ‹T›\n'],
  ['p9.h', '#define K3S_TOKEN "‹T›"\n'],
  ['p10.bat', 'set K3S_TOKEN=‹T›\r\n'],
  ['p11.csh', 'setenv K3S_TOKEN ‹T›\n'],
  ['names.yml', 'k3s_cluster_secret: "‹T›"\n'],
  ['names2.yml', 'k3s-join-token: "‹T›"\n'],
  ['names3.properties', 'k3s.cluster.token=‹T›\n'],
  ['names4.json', '{"k3s.agent-token": "‹T›"}\n'],
  ['names5.env', 'VAULT_K3S_TOKEN=‹T›\n'],
  ['stores.sh', 'aws ssm put-parameter --name /k3s/token --type SecureString --value "‹T›"\n'],
  ['stores2.sh', 'kubectl create secret generic k3s --from-literal=token=‹T›\n'],
  ['w5.py', 'Path("/var/lib/rancher/k3s/server/token").write_text("‹T›")\n'],
  ['w6.js', "fs.writeFileSync('/etc/rancher/k3s/cluster-token', '‹T›', 'utf8')\n"],
  ['w7.yml', '- content: "‹T›"\n  path: /var/lib/rancher/k3s/server/token\n'],
  [
    'w8.nix',
    '{ environment.etc."rancher/k3s/config.yaml".text = builtins.toJSON { token = "‹T›"; }; }\n',
  ],
  [
    'w9.tf',
    'files = [{ path = "/etc/rancher/k3s/config.yaml", content = yamlencode({ token = "‹T›" }) }]\n',
  ],
  ['res.py', 'Secret("k3s", string_data={"token": "‹T›"})\n'],
  ['etc/config/k3s', "config globals\n\toption token '‹T›'\n"],
  ['chain.go', 'const d = "‹T›"\ntoken := d\nexec.Command("k3s", "agent", "--token", token)\n'],
  ['tuple.rs', 'vec![("K3S_TOKEN".to_string(), "‹T›".to_string())]\n'],
  ['in.py', 'C = {"k3s": {"token": os.environ.get("K3S_TOKEN", "‹T›")}}\n'],
  ['bare.ps1', "k3d cluster create lab --token '‹T›'\n"],
  ['a.http', '@k3sToken = ‹T›\nGET https://cp:6443\n'],
  ['opt.ts', "new TerraformVariable(this, 'k3s_token', { default: '‹T›', sensitive: true })\n"],
  ['crd.yaml', 'apiVersion: k3k.io/v1beta1\nkind: Cluster\nspec:\n  token: "‹T›"\n'],
  ['inherit.nix', 'let token = "‹T›"; in { services.k3s = { inherit token; }; }\n'],
  ['Containerfile', 'FROM rancher/k3s\nCMD ["--token", "‹T›"]\n'],
  ['named.sh', 'labctl join --k3s-token "‹T›" n1\n'],
  ['vars.csv', 'key,value\nK3S_TOKEN,‹T›\n'],
  ['env.plist', '<dict><key>K3S_TOKEN</key><string>‹T›</string></dict>\n'],
  ['seal.sh', "ansible-vault encrypt_string --vault-id a@b '‹T›' --name 'k3s_token'\n"],
  ['seal2.sh', "printf %s '‹T›' | ansible-vault encrypt_string --stdin-name k3s_token\n"],
  ['seal3.sh', 'sops --set \'["k3s_token"] "‹T›"\' secrets.yaml\n'],
  ['cred.service', '[Service]\nSetCredential=k3s.token:‹T›\n'],
  ['read.sh', 'read -r K3S_TOKEN <<< "‹T›"\n'],
  ['inst.sh', "sudo install -m600 <(echo '‹T›') /var/lib/rancher/k3s/server/token\n"],
  ['node.rb', "default[:k3s][:token] = '‹T›'\n"],
  ['kind.json', '{"clusters":[{"type":"k3s","token":"‹T›"}]}\n'],
  ['join.yml', 'k3s:\n  join:\n    secret: "‹T›"\n'],
  ['sentence.md', 'The k3s token is ‹T›\n'],
  ['l1.sh', "declare -A TOKENS=([k3s]='‹T›' [github]='ghp_x')\n"],
  ['l2.yml', 'tokens:\n  k3s: "‹T›"\n  github: "ghp_x"\n'],
  ['l3.py', 'TOKENS = {"k3s": "‹T›", "github": "ghp_x"}\n'],
  ['sub.sh', '(cd /tmp && k3s agent --token ‹T› --server "$U")\n'],
  ['call.py', 'def join(c, token="‹T›"):\n    c.run(f"K3S_TOKEN={token} sh -")\n'],
  ['audit.log', 'type=EXECVE msg=audit(1:1): a0="k3s" a1="agent" a2="--token" a3="‹T›"\n'],
  ['rotate.patch', '@@ -1 +1 @@\n-k3s_token: "‹T›"\n+k3s_token: "{{ vault_k3s_token }}"\n'],
  ['stores3.sh', "printf %s '‹T›' | docker secret create k3s_token -\n"],
]

const WITH_SHAPES = PLACES.flatMap(([path, text]) =>
  Object.entries(SHAPES).map(([shape, value]) => ({ path, text, shape, value })),
)

test.each(WITH_SHAPES)('$path with a token $shape', ({ path, text, value }) => {
  const whole = text.replace('‹T›', () => value)
  const line = text.slice(0, text.indexOf('‹T›')).split('\n').length
  const found = inspectText(path, whole).hits.filter(({ rule }) => rule !== 'weak-token')
  expect(found.map((hit) => `${hit.line}`)).toEqual([`${line}`])
})

const FORM_ROWS = Object.entries(FORMS).filter(
  ([id]) => !/^(?:shape|document|repeated|vault)/.test(id),
)

test.each(
  FORM_ROWS.flatMap(([id, { example }]) =>
    Object.values(SHAPES).map((value) => [id, value, example] as const),
  ),
)('the example of %s with %s', (_, value, [path, text]) => {
  const found = inspectText(
    path,
    text.replaceAll('‹T›', () => value),
  ).hits
  expect(new Set(found.map(({ line }) => line)).size).toBe(1)
})

/** What stands where a token stands and is none. */
const NONE: Readonly<Record<string, readonly string[]>> = {
  'of a shell': [
    '$K3S_TOKEN',
    '${K3S_TOKEN}',
    '$(cat /run/token)',
    '`cat /run/token`',
    '$1',
    '"$TOKEN"',
  ],
  'of a template': ['{{ k3s_token }}', '${{ secrets.K3S_TOKEN }}', '<%= token %>', '{% raw %}'],
  'of a format': ['%s', '{}', '{token}', '{0}', '%(token)s', '#{token}', '\\(token)'],
  'of a store': [
    'op://infra/k3s/token',
    'awsssm:///k3s/token',
    'ENV:K3S_TOKEN',
    'vault:secret/data/k3s#token',
    'ref+sops://a.yaml#/token',
    '@@K3S_TOKEN@@',
    '%{facts.k3s_token}',
    '~/.k3s-token',
    '/var/lib/rancher/k3s/server/token',
    '(pass show k3s)',
  ],
  'sealed elsewhere': [
    'ENC[AES256_GCM,data:q8ZrT4mLw0Xy7KcV,iv:b2Nh5P,tag:x,type:str]',
    'ENC[PKCS7,q8ZrT4mLw0Xy7KcVb2Nh5Pq8ZrT4mLw0Xy7KcV]',
    'ENC(q8ZrT4mLw0Xy7KcVb2Nh5P)',
    'AQICAHiq8ZrT4mLw0Xy7KcVb2Nh5Pq8ZrT4mLw0Xy7KcVb2Nh5P',
  ],
  'a bracket': ['{', '[', '(', '[]', '{}', '|', '>-'],
  'for a reader': [
    '<token>',
    'TOKEN',
    'Token',
    'YOUR_TOKEN',
    'your-token-here',
    'xxxxxxxx',
    '***',
    '...',
    'REPLACE_ME',
  ],
}
const BARE: readonly (readonly [path: string, text: string])[] = [
  ['a.sh', 'K3S_TOKEN="‹T›" sh -\n'],
  ['b.sh', 'ssh n1 \'K3S_TOKEN="‹T›" sh -\'\n'],
  ['c.sh', 'k3s agent --token "‹T›" --server x\n'],
  ['a.tf', 'k3s_token = "‹T›"\n'],
  ['a.py', 'k3s_token = "‹T›"\n'],
  ['b.py', "k3s_token = '‹T›'\n"],
  ['c.py', 'cmd = "K3S_TOKEN=‹T› sh -"\n'],
  ['a.ts', "const k3sToken = '‹T›'\n"],
  ['a.yml', "k3s_token: '‹T›'\n"],
  ['b.yml', "env: [{ name: K3S_TOKEN, value: '‹T›' }]\n"],
  ['etc/rancher/k3s/config.yaml', "token: '‹T›'\n"],
]

test('what is compared with a name is no value of it', () => {
  const text = 'k3s = "agent" if option == "agent-token" or kind == "agent" else "server"\n'
  expect(inspectText('a.py', text).hits).toEqual([])
})

describe.each(Object.entries(NONE))('no token %s', (_, values) => {
  test.each(values.flatMap((value) => BARE.map(([path, text]) => [value, path, text] as const)))(
    '%s in %s',
    (value, path, text) => {
      const whole = text.replace('‹T›', () => value)
      expect(inspectText(path, whole).hits.map(({ rule, form }) => `${rule} ${form}`)).toEqual([])
    },
  )
})
