// When a token may be made: who is asked, and what each can answer. minting-questions.ts asks, minting-decision.ts decides, and
// the table in docs/minting.md is made from this one. A token beside a living cluster, or in place of a lost one, splits the
// cluster and makes its snapshots worthless, so whatever is no clear yes stops. Pure.
import type { CodeOf } from '../errors.js'
import { shellWord } from '../shell-word.js'

/** Who wants a token: the inventory source or a plugin that finds none, or a person with `token new`. */
export type Way = 'first-use' | 'on-demand'

/** `doubt`: only a person can tell; `no`: there is a token, or the cluster lives. */
export type Verdict = 'yes' | 'doubt' | 'no'

export interface Rule {
  /** For the table, and for the list that `token new` shows. */
  readonly says: string
  readonly verdict: Verdict
  /** What an error tells; absent for a yes. */
  readonly stop?: Stop
}

export interface Stop {
  readonly code: CodeOf<'store'> | CodeOf<'cluster'>
  /** Stands behind `cluster prod has no token in FOLDER, and`. */
  readonly why: (detail: string) => string
  readonly hint: (about: HintContext) => string
}

interface HintContext {
  /** The cluster's. */
  readonly name: string
  /** Of the answer. */
  readonly detail: string
  /** The command that makes a token all the same. */
  readonly make: string
  /** The one that vouches for what nobody can tell, whichever way one came. */
  readonly assume: string
}

const yes = (says: string): Rule => ({ says, verdict: 'yes' })

/** Every question, in the order in which they are asked: what costs nothing first. */
export const MINTING_RULES = {
  store: {
    asked: 'the store',
    by: ['first-use', 'on-demand'],
    answers: {
      'never-there': yes('there never was a document of the cluster'),
      there: {
        says: 'there is one',
        verdict: 'no',
        stop: {
          code: 'K3SV_STORE_OCCUPIED',
          why: () => 'has a token already',
          hint: ({ name }) =>
            `look at it with \`k3s-vars token show ${name}\`; a running cluster gets a new one by \`k3s-vars rotate ${name} -i INVENTORY\``,
        },
      },
    },
  },
  environment: {
    asked: 'the environment',
    by: ['first-use', 'on-demand'],
    answers: {
      unset: yes('none of the variables that K3s and RKE2 read a token from is set'),
      set: {
        says: 'one of them is set',
        verdict: 'no',
        stop: {
          code: 'K3SV_STORE_ABSENT',
          why: (variable) => `${variable} is set, so a token exists`,
          hint: ({ name, detail }) =>
            `adopt it with \`k3s-vars token import ${name} --env\`, or unset ${detail} to have one made`,
        },
      },
    },
  },
  configuration: {
    asked: 'the configuration',
    by: ['first-use'],
    answers: {
      'first-use': yes('`mint: first-use`'),
      'outside-ci': yes('`mint: outside-ci`, and this is no CI job: `CI` is not set'),
      'in-ci': {
        says: '`mint: outside-ci`, and this is a CI job, with which the token would be lost',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_ABSENT',
          why: () => 'what is minted in a CI job (CI is set) is lost with it',
          hint: ({ make }) =>
            `run \`${make}\` on your own machine and commit what it writes; where the job keeps its files, write mint: first-use`,
        },
      },
      'in-ci-elsewhere': {
        says: '`mint: outside-ci`, and this is a CI job, though one whose store outlives it',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_ABSENT',
          why: () => 'this is a CI job (CI is set), in which nothing is minted: mint: outside-ci',
          hint: ({ make }) =>
            `run \`${make}\` once where you work: the job finds it in the store; or write mint: first-use`,
        },
      },
      never: {
        says: '`mint: never`',
        verdict: 'no',
        stop: {
          code: 'K3SV_STORE_ABSENT',
          why: () => 'minting on first use is off',
          hint: ({ name, make }) =>
            `make one with \`${make}\`, or bring one with \`k3s-vars token import ${name}\``,
        },
      },
    },
  },
  git: {
    asked: 'Git',
    by: ['first-use', 'on-demand'],
    answers: {
      outside: yes('the store lies in no repository'),
      elsewhere: yes(
        'the store lies elsewhere and knows by itself; `k3s_tokens` beside `k3s_vars.yml` has, and had, no document',
      ),
      folder: {
        says: 'the store lies elsewhere, and `k3s_tokens` beside `k3s_vars.yml` has, or had, a document of the cluster',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_VANISHED',
          why: () => 'k3s_tokens beside k3s_vars.yml has one, or had it',
          hint: ({ name, assume }) =>
            `take store: out once more, and move it: k3s-vars store copy ${name} --to STORE; for a new cluster of this name: \`${assume}\``,
        },
      },
      ignored: yes('the repository ignores the document'),
      never: yes('no branch, tag, reflog, stash nor the index ever had the document'),
      had: {
        says: 'one of them has it, or had it',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_VANISHED',
          why: () => 'Git has one, or had it',
          hint: ({ detail, assume }) =>
            `find it with \`git log --all -- ${shellWord(detail)}\` and bring it back; for a new cluster of this name: \`${assume}\``,
        },
      },
      incomplete: {
        says: 'the clone is shallow or partial and cannot know',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_VANISHED',
          why: () =>
            'this clone of the repository is shallow or partial, so Git cannot tell whether there was one',
          hint: ({ assume }) =>
            `get the whole history (\`git fetch --unshallow\`, or a clone without --filter), or make one with \`${assume}\``,
        },
      },
      silent: {
        says: 'there is a repository, but Git is missing, does not trust it, or fails',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_STORE_VANISHED',
          why: () => 'there is a repository, but Git does not tell whether there was one',
          hint: ({ assume }) =>
            `see what \`git status\` says in that folder; where nobody can tell: \`${assume}\``,
        },
      },
    },
  },
  servers: {
    asked: 'the servers',
    by: ['first-use', 'on-demand'],
    answers: {
      'not-asked': yes('are not asked: `probe: false`'),
      'none-lives': yes('each refuses the connection, or something answers there that is not K3s'),
      lives: {
        says: 'K3s or RKE2 answers at one',
        verdict: 'no',
        stop: {
          code: 'K3SV_CLUSTER_ALIVE',
          why: (url) => `a server of K3s or RKE2 answers at ${url}`,
          hint: ({ name }) =>
            `adopt its token: \`k3s-vars adopt ${name} -i INVENTORY\` brings it home; by hand, \`k3s-vars token import ${name}\` takes the line of /var/lib/rancher/k3s/server/token (rke2: /var/lib/rancher/rke2/server/token) of that server`,
        },
      },
      unclear: {
        says: 'one does not answer in time, cannot be reached, has no known name, or answers 401, 403 or 5xx',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_CLUSTER_DOUBT',
          why: (found) => `whether K3s runs there already is not known: ${found}`,
          hint: ({ make }) => `see whether it runs there; if the cluster is new: \`${make}\``,
        },
      },
      unknown: {
        says: 'none is known',
        verdict: 'doubt',
        stop: {
          code: 'K3SV_CLUSTER_DOUBT',
          why: () =>
            'none of its servers is known, so nobody can be asked whether K3s runs there already',
          hint: ({ make }) =>
            `name them under hosts or endpoint, or run \`${make}\`, with -i INVENTORY where they stand in one`,
        },
      },
    },
  },
  project: {
    asked: 'the project',
    by: ['on-demand'],
    answers: {
      unset: yes("the role's variable has no value in the inventory"),
      set: {
        says: 'it has one',
        verdict: 'no',
        stop: {
          code: 'K3SV_STORE_ABSENT',
          why: (variable) => `${variable} has a value already`,
          hint: ({ name }) =>
            `adopt it with \`k3s-vars token import ${name} --from-inventory\`, then take it out of the inventory; a sample that no cluster ever had: just take it out`,
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, Question>>

interface Question {
  readonly asked: string
  readonly by: readonly Way[]
  readonly answers: Readonly<Record<string, Rule>>
}

export type QuestionId = keyof typeof MINTING_RULES

/** What one of them said. `detail` is what the messages name: a variable, a URL, a path. */
export type Answer = {
  readonly [Id in QuestionId]: {
    readonly question: Id
    readonly answer: keyof (typeof MINTING_RULES)[Id]['answers']
    readonly detail?: string
  }
}[QuestionId]

export function ruleOf(answer: Answer): Rule {
  const rules: Readonly<Record<string, Rule>> = MINTING_RULES[answer.question].answers
  return rules[answer.answer]!
}
