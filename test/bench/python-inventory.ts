/**
 * What a Python inventory script does for the same answer, with the libraries that Ansible brings: reads the configuration
 * and the documents beside it, opens every secret, prints the groups. Argument: the configuration.
 */
export const PYTHON_INVENTORY = `
import json, os, sys, yaml
from ansible.parsing.vault import VaultAES256, VaultLib, VaultSecret
folder = os.path.dirname(os.path.abspath(__file__))
Base = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
class Loader(Base): pass
Loader.add_constructor('!vault', lambda loader, node: loader.construct_scalar(node))
def read(name):
    with open(os.path.join(folder, name)) as f: return yaml.load(f, Loader)
config = read(sys.argv[1])
with open(os.path.join(folder, 'password'), 'rb') as f: secret = VaultSecret(f.read().strip())
vault = VaultLib([('default', secret)])
answer = {'_meta': {'hostvars': {}}}
for name, cluster in config['clusters'].items():
    document = read('%s/%s.yml' % (cluster.get('store', config.get('defaults', {}).get('store', 'k3s_tokens')), name))
    VaultAES256._gen_key_initctr.cache_clear()  # the documents of the benchmark share a salt, real ones do not
    token = vault.decrypt(document['current']['server']).decode()
    hosts = cluster['hosts']
    answer[name] = {'children': [name + '_server', name + '_agent'], 'vars': {'token': {'__ansible_unsafe': token}}}
    answer[name + '_server'] = {'hosts': hosts['server']}
    answer[name + '_agent'] = {'hosts': hosts['agent']}
print(json.dumps(answer))
`
