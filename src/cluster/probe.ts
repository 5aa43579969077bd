// Asks whether K3s answers, without credentials and without trusting the answer with anything: the certificate is not
// checked because a false "yes" only stops the minting.

/** A machine that is not there must not hold up the first run for long. */
const TIMEOUT_MS = 1500
const LONGEST_ANSWER = 65_536

/**
 * The first of `urls` (`https://host:port`) at which a K3s server answers `GET /cacerts` with a certificate, which K3s does
 * without credentials (pkg/server/handlers/router.go); undefined when none does within 1.5 seconds.
 */
export async function findLivingServer(urls: readonly string[]): Promise<string | undefined> {
  if (urls.length === 0) return undefined
  const answers = await Promise.all(urls.map(answersAsK3s))
  return urls.find((_, index) => answers[index])
}

function answersAsK3s(url: string): Promise<boolean> {
  const https = process.getBuiltinModule('node:https')
  return new Promise((resolve) => {
    const request = https.get(
      `${url}/cacerts`,
      { rejectUnauthorized: false, timeout: TIMEOUT_MS, agent: false },
      (response) => {
        let text = ''
        response.setEncoding('latin1')
        response.on('data', (piece: string) => {
          text += piece
          if (text.length > LONGEST_ANSWER) request.destroy()
        })
        response.on('close', () =>
          resolve(response.statusCode === 200 && text.startsWith('-----BEGIN CERTIFICATE-----')),
        )
      },
    )
    // The request's own timeout starts anew with each piece of the answer; this one bounds the whole.
    const deadline = setTimeout(() => request.destroy(), TIMEOUT_MS)
    request.on('error', () => resolve(false))
    request.on('close', () => {
      clearTimeout(deadline)
      resolve(false)
    })
  })
}
