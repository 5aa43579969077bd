import fc from 'fast-check'
import { CA_SOURCES, ORIGINS } from '../../src/document/document.js'
import type {
  Binding,
  ClusterDocument,
  StoredSecret,
  StoredTokens,
} from '../../src/document/document.js'
import { Secret } from '../../src/secret.js'
import { GUESSABLE } from '../../src/token/grammar.js'
import { plain, sealed, vaultText } from './documents.js'

export * from './documents.js'

/** A copy of a document with its secrets in the clear, so that two can be compared. */
export function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal()
  if (Array.isArray(value)) return value.map(revealed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]))
}

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''))
const dates = fc
  .date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`)
const secrets: fc.Arbitrary<StoredSecret> = fc.oneof(
  fc
    .string({ unit: 'binary', minLength: 1 })
    .filter((text) => !text.includes('$ANSIBLE_VAULT'))
    .map(plain),
  fc.string().map(sealed),
  fc
    .string({ unit: 'binary' })
    .map((rest): StoredSecret => ({ form: 'sealed', text: `$ANSIBLE_VAULT${rest}` })),
)
const shown = fc.oneof(
  hex(12).map((fingerprint) => ({ fingerprint })),
  fc.record(
    { fingerprint: fc.constant(null), guessable: fc.constantFrom(...GUESSABLE) },
    { requiredKeys: ['fingerprint'] },
  ),
)
const sealedBinding = fc
  .string()
  .map((body): Binding => ({ form: 'sealed', text: vaultText(body) }))
const secretsAndBinding = fc.oneof(
  fc.record(
    {
      server: secrets,
      binding: fc.oneof(
        sealedBinding,
        hex(32).map((server): Binding => ({ form: 'keyed', server })),
      ),
    },
    { requiredKeys: ['server'] },
  ),
  fc.record(
    {
      server: secrets,
      agent: secrets,
      binding: fc.oneof(
        sealedBinding,
        fc
          .tuple(hex(32), hex(32))
          .map(([server, agent]): Binding => ({ form: 'keyed', server, agent })),
      ),
    },
    { requiredKeys: ['server', 'agent'] },
  ),
)
const storedTokens: fc.Arbitrary<StoredTokens> = fc
  .tuple(
    fc.record(
      { created: dates, origin: fc.constantFrom(...ORIGINS) },
      { requiredKeys: ['created'] },
    ),
    shown,
    secretsAndBinding,
  )
  .map(([dated, seen, kept]) => ({ ...dated, ...seen, ...kept }))
const extended = <Key extends string>(key: Key, values: fc.Arbitrary<string>) =>
  fc
    .tuple(storedTokens, values)
    .map(([stored, value]) => ({ ...stored, [key]: value }) as StoredTokens & Record<Key, string>)
const phases = fc.oneof(
  fc.constant({ phase: 'idle' as const, pending: null }),
  fc.record({
    phase: fc.constantFrom('staged' as const, 'rotating' as const, 'rotated' as const),
    pending: extended('rotation', fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/)),
  }),
)

/** Any valid document. */
export const documents: fc.Arbitrary<ClusterDocument> = fc
  .tuple(
    fc.record({
      cluster: fc.string({ unit: 'binary', minLength: 1 }),
      writeId: hex(32),
      generation: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      ca: fc.array(
        fc.record({ hash: hex(64), source: fc.constantFrom(...CA_SOURCES), learnt: dates }),
        { maxLength: 2 },
      ),
      current: storedTokens,
      previous: fc.array(extended('retired', dates), { maxLength: 3 }),
    }),
    phases,
    fc.record({ moved: fc.stringMatching(/^[ -~]{1,80}$/) }, { requiredKeys: [] }),
  )
  .map(([rest, phase, moved]) => ({ ...rest, ...phase, ...moved }))
