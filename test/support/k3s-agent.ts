// An agent of a real K3s that goes as far as it can without containerd: its token and the CA are looked at, and it gets its
// certificates. It ends with the call.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { K3S_BINARY } from './k3s-on-ports.js'
import type { K3sOnPorts } from './k3s-on-ports.js'

/** What becomes of an agent with this token: `has its certificates`, `refused the CA`, `is refused`, or the end of its log. */
export async function enterAgent(server: K3sOnPorts, token: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-agent-'))
  const log = join(folder, 'log')
  writeFileSync(log, '')
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 })
  const script = `exec "$K3S" agent --server "$URL" --token-file "$FOLDER/token" --data-dir "$FOLDER/data"  --lb-server-port "$PORT" --node-name "$NAME" --container-runtime-endpoint "$FOLDER/none.sock" >"$FOLDER/log" 2>&1`
  const agent = spawn(
    'unshare',
    [
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--mount-proc',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      script,
    ],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        K3S: K3S_BINARY!,
        URL: server.url,
        // The next one is the apiserver's.
        PORT: String(server.port + 2),
        FOLDER: folder,
        NAME: `n${process.pid}${Date.now()}`,
      },
      stdio: 'ignore',
    },
  )
  const ended = new Promise((resolve) => agent.once('exit', resolve))
  try {
    for (let tries = 0; tries < 300 && agent.exitCode === null; tries++) {
      if (existsSync(join(folder, 'data/agent/client-kubelet.crt'))) return 'has its certificates'
      if (/CA hash|hash does not match/i.test(readFileSync(log, 'utf8'))) return 'refused the CA'
      if (/not authorized/i.test(readFileSync(log, 'utf8'))) return 'is refused'
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return readFileSync(log, 'utf8').slice(-2000)
  } finally {
    agent.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}
