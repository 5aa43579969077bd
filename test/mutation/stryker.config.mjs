// One part of `npm run mutation`, which run.ts tells.
import { readFileSync } from 'node:fs'

const { sources, tests } = JSON.parse(process.env.MUTATION_PART)
const { jest } = JSON.parse(readFileSync('package.json', 'utf8'))
const unit = jest.projects.find(({ displayName }) => displayName === 'unit')

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: sources.map((source) => `src/${source}.ts`),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    config: {
      ...unit,
      testMatch: [`<rootDir>/test/${tests}.test.ts`],
      setupFiles: ['<rootDir>/test/mutation/few-runs.ts'],
    },
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  // Text of messages is for people; tests hold it where it matters.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: [
    '.cache',
    'dist',
    'examples',
    'test/mutation/node_modules',
    'test/scenarios',
    'test/bench',
    'test/fuzz',
  ],
  tempDirName: '.cache/mutation',
  allowEmpty: false,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // A busy machine takes seconds to start Jest again, and a change that is only slow must not count as noticed.
  timeoutMS: 15_000,
  // Jest keeps what each run loaded, and slows down as that grows.
  maxTestRunnerReuse: 20,
}
