// What Node's X509Certificate does not tell of a certificate, read from its DER (RFC 5280, 4.1 and 4.2.1).

/** The extensions that decide whether a certificate may stand in a chain. */
export interface Extensions {
  /** The issuer's key by its id, and the certificate's own; empty where it has none. */
  readonly authorityKeyId: Buffer
  readonly subjectKeyId: Buffer
  /** The dotted object identifiers of the uses; empty where any use is allowed. */
  readonly extendedKeyUsage: readonly string[]
  /** How many certificates of issuers may stand below; undefined without a limit. */
  readonly pathLength: number | undefined
}

const TAG = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  sequence: 0x30,
  extensions: 0xa3,
  keyId: 0x80,
}
const NO_BYTES = Buffer.alloc(0)

interface Element {
  readonly tag: number
  readonly content: Buffer
}

/** @throws RangeError for what is no certificate; what Node has read as one is one */
export function readExtensions(certificate: Buffer): Extensions {
  const [whole] = elements(certificate)
  const [toBeSigned] = elements(contentOf(whole))
  const wrapped = elements(contentOf(toBeSigned)).find(({ tag }) => tag === TAG.extensions)
  const list = wrapped === undefined ? [] : elements(contentOf(elements(wrapped.content)[0]))
  const found = new Map(list.map(readExtension))
  return {
    authorityKeyId: partOf(found.get('2.5.29.35'), TAG.keyId)?.content ?? NO_BYTES,
    subjectKeyId: octetsOf(found.get('2.5.29.14')),
    extendedKeyUsage: partsOf(found.get('2.5.29.37'), TAG.oid).map(({ content }) =>
      dotted(content),
    ),
    pathLength: partOf(found.get('2.5.29.19'), TAG.integer)?.content.readUIntBE(0, 1),
  }
}

/** Its object identifier, and the DER that its value wraps. */
function readExtension({ content }: Element): readonly [string, Buffer] {
  const parts = elements(content)
  const value = parts.find(({ tag }) => tag === TAG.octets)
  return [dotted(contentOf(parts[0])), contentOf(value)]
}

/** The elements of a sequence that is the value of an extension. */
function partsOf(value: Buffer | undefined, tag: number): readonly Element[] {
  if (value === undefined) return []
  return elements(contentOf(elements(value)[0])).filter((part) => part.tag === tag)
}

function partOf(value: Buffer | undefined, tag: number): Element | undefined {
  return partsOf(value, tag)[0]
}

function octetsOf(value: Buffer | undefined): Buffer {
  return value === undefined ? NO_BYTES : contentOf(elements(value)[0])
}

function contentOf(element: Element | undefined): Buffer {
  if (element === undefined) throw new RangeError('a part of the certificate is missing')
  return element.content
}

/** DER, one level deep. */
function elements(bytes: Buffer): readonly Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes.readUInt8(at)
    const first = bytes.readUInt8(at + 1)
    const count = first < 0x80 ? 0 : first - 0x80
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count)
    const start = at + 2 + count
    if (start + length > bytes.length) throw new RangeError('a part of the certificate is cut off')
    found.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return found
}

function dotted(bytes: Buffer): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...rest].join('.')
}
