// The layers of src/ stand here as a table, so that the linter holds what CONTRIBUTING.md promises: imports point one way,
// and each third-party package is imported by exactly one file.
import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** Folder → the folders that it may import from, besides its own and the base files errors.ts, secret.ts, limiter.ts and child-environment.ts. */
const LAYERS = {
  // Pure.
  role: [],
  token: ['role'],
  yaml: [],
  document: ['yaml'],
  inventory: ['role', 'token', 'config'],
  // Adapters.
  files: [],
  config: ['role', 'token', 'yaml', 'files'],
  vault: ['files'],
  store: ['document', 'files'],
  cluster: ['role', 'config'],
  // What the entry points share.
  lifecycle: ['role', 'token', 'config', 'document', 'vault', 'store', 'cluster', 'inventory'],
  'ansible-files': ['files', 'vault', 'yaml'],
  scan: ['role', 'token', 'yaml', 'files', 'vault', 'ansible-files'],
  // Entry points.
  source: [
    'role',
    'token',
    'config',
    'document',
    'vault',
    'store',
    'inventory',
    'cluster',
    'lifecycle',
  ],
  cli: [
    'role',
    'token',
    'yaml',
    'document',
    'files',
    'config',
    'vault',
    'store',
    'inventory',
    'cluster',
    'lifecycle',
    'ansible-files',
    'scan',
    'source',
  ],
}

/** Package → the one file that imports it. */
const PACKAGES = {
  'ansible-vault': 'src/vault/engine.ts',
  'js-yaml': 'src/yaml/read.ts',
  yaml: 'src/yaml/tree.ts',
  yargs: 'src/cli/parser.ts',
  ajv: 'src/build/validator.ts',
  esbuild: 'src/build/bundle.ts',
}

const packageRule = (allowed) => ({
  regex: `^(?:${Object.keys(PACKAGES)
    .filter((name) => name !== allowed)
    .join('|')})(?:/|$)`,
  message: 'this package has one importer; see PACKAGES in eslint.config.js',
})

const layerRule = (folder) => {
  const closed = Object.keys(LAYERS).filter(
    (other) => other !== folder && !LAYERS[folder].includes(other),
  )
  return {
    regex: `^(?:\\.\\./)+(?:${closed.join('|') || 'nothing'})/`,
    message: `src/${folder} may import only from ${['errors', 'secret', 'limiter', 'child-environment', ...LAYERS[folder]].join(', ')}; see LAYERS in eslint.config.js`,
  }
}

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.cache/',
      'src/config/validate.cjs',
      'test/mutation/stryker.config.mjs',
      'test/mutation/node_modules/',
      'examples/**/scratch/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'exit',
          message: 'cuts a piped document short; set process.exitCode',
        },
        { object: 'Math', property: 'random', message: 'use node:crypto' },
      ],
    },
  },
  { files: ['src/**/*.ts'], rules: restrict([packageRule(undefined)]) },
  ...Object.keys(LAYERS).map((folder) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: restrict([packageRule(undefined), layerRule(folder)]),
  })),
  ...Object.entries(PACKAGES).map(([name, file]) => {
    const folder = file.split('/')[1]
    return {
      files: [file],
      rules: restrict([packageRule(name), ...(folder in LAYERS ? [layerRule(folder)] : [])]),
    }
  }),
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      // A row of a table of cases has as many columns as it needs.
      'max-params': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['src/build/**', 'test/bench/**', 'test/fuzz/**', 'test/support/matrix.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
)
