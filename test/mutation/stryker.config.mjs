// `npm run mutation`: changes the code in small ways and runs the unit tests that reach the change. A change that no test
// notices is shown; CONTRIBUTING.md has the last counts. One folder alone: `npm run mutation -- --mutate 'src/token/**/*.ts'`.
import { readFileSync } from 'node:fs'

const { jest } = JSON.parse(readFileSync('package.json', 'utf8'))
const unit = jest.projects.find(({ displayName }) => displayName === 'unit')

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/token/**/*.ts', 'src/vault/**/*.ts', 'src/store/**/*.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    config: {
      ...unit,
      testMatch: ['token', 'vault', 'store', 'custody', 'role', 'inventory'].map(
        (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
      ),
    },
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Text of messages is for people; tests hold it where it matters.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: [
    '.cache',
    'dist',
    'examples',
    'test/mutation',
    'test/scenarios',
    'test/bench',
    'test/fuzz',
  ],
  tempDirName: '.cache/mutation',
  allowEmpty: false,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  timeoutMS: 30_000,
}
