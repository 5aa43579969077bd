// The part of a store that each kind of shared store has of its own. A kind keeps texts under names; shared-store.ts makes the port
// of it, with documents and their lost answers. A kind's code is a bundle of its own, which has copies of what it imports: nothing
// that it gives back may be told by its class.
//
// What every kind holds to: an error is a StoreError of its own copy, made anew by whoever called; nothing is ever answered for
// certain that the server did not say for certain; every question ends within the spec's timeout; a write is done if and only if the
// server compared and wrote at once. Errors for a write whose outcome nobody knows have the code `K3SV_STORE_UNAVAILABLE`.
import type { Environment } from '../environment.js'
import type { Secret } from '../secret.js'

/** A text with the opaque version that {@link SharedPlace.replace} compares; versions survive being printed. */
export interface StoredText {
  readonly version: string
  readonly text: string
}

/** What is written under a name. */
export interface NewText {
  readonly text: string
  /** The tokens that the text has in the clear, for kinds that show such to other programs in fields of their own. */
  readonly open?: { readonly token: Secret; readonly agent_token?: Secret }
}

/** The version that was written, or null where somebody else's text lies there: the store is then asked for it. */
export type WrittenVersion = string | null

/** What `store show` tells of a store. */
export interface PlaceFacts {
  /** In the order in which they are told: name in words, value. No secret. */
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** What `check` warns of, though everything works today. */
export interface PlaceWarning {
  /** The rule's name, such as `store-expires`. */
  readonly rule: string
  readonly message: string
  readonly hint: string
}

export interface SharedPlace {
  /** The text under a name; null **only** where the server positively says that there never was one. */
  read(name: string): Promise<StoredText | null>

  /**
   * As {@link read} for many names at once, for kinds that answer many faster than one by one: a promise for each, of which
   * those that fail do so by themselves. Absent: they are read one by one.
   */
  readAll?(names: readonly string[]): ReadonlyMap<string, Promise<StoredText | null>>

  /** Writes a name's first text. */
  create(name: string, written: NewText): Promise<WrittenVersion>

  /** Writes only if the store still holds `version`. */
  replace(name: string, version: string, written: NewText): Promise<WrittenVersion>

  /** Where the store is, whether it answers, and who we are there. */
  describe(): Promise<PlaceFacts>

  /** What could become of the text under a name that nobody wants; empty where nothing is known against it. */
  findWarnings?(name: string): Promise<readonly PlaceWarning[]>
}

/** How a kind's module is entered: its `kind.ts` exports this as `openPlace`. Nothing is read or connected before a question. */
export type OpenPlace<Spec> = (spec: Spec, environment: Environment) => SharedPlace
