// The layers of src/ stand here as a table, so that the linter holds what CONTRIBUTING.md promises: imports point one way,
// and each third-party package is imported by exactly one file.
import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { layeredImports } from './src/build/lint-imports.js'

/** What everybody may import. */
const BASE = ['errors', 'secret', 'token-pair', 'token-environment', 'store-spec', 'shell-word']
/** What everybody may import who has to do with processes and the time they take. */
const PROCESS = [...BASE, 'limiter', 'environment', 'interrupt']

/** Folder, or file directly in src/ → what it may import from, besides itself. */
const LAYERS = {
  // The base.
  errors: [],
  secret: [],
  'token-pair': [],
  'store-spec': [],
  'shell-word': [],
  'yaml-types': [],
  finding: ['errors'],
  limiter: [],
  interrupt: [],
  'token-environment': [],
  environment: ['token-environment'],
  printable: [],
  'source-position': [],
  'format-error': ['errors', 'printable', 'source-position'],
  // Pure.
  role: BASE,
  token: [...BASE, 'finding', 'yaml-types', 'role'],
  yaml: [...BASE, 'yaml-types'],
  document: [...BASE, 'token', 'yaml'],
  inventory: [...BASE, 'role', 'token', 'config'],
  authority: [...BASE, 'yaml'],
  // Adapters.
  files: PROCESS,
  config: [...BASE, 'environment', 'role', 'token', 'yaml', 'files'],
  vault: [...PROCESS, 'files'],
  store: [...PROCESS, 'document', 'files'],
  kubernetes: [...PROCESS, 'files', 'yaml'],
  cluster: [...PROCESS, 'role', 'token', 'config'],
  // What the entry points share.
  lifecycle: [
    ...PROCESS,
    'finding',
    'role',
    'token',
    'config',
    'document',
    'vault',
    'store',
    'cluster',
    'inventory',
    'authority',
    'kubernetes',
  ],
  'ansible-files': [...PROCESS, 'yaml-types', 'files', 'vault', 'yaml'],
  'ansible-play': [...PROCESS, 'role', 'token', 'yaml', 'files'],
  scan: [...PROCESS, 'finding', 'role', 'token', 'yaml', 'files', 'vault', 'ansible-files'],
  // Entry points.
  source: [
    ...PROCESS,
    'format-error',
    'files',
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
    ...PROCESS,
    'finding',
    'format-error',
    'printable',
    'yaml-types',
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
    'authority',
    'kubernetes',
    'lifecycle',
    'ansible-files',
    'ansible-play',
    'scan',
    'source',
  ],
  // Not part of the program.
  build: [
    'errors',
    'environment',
    'finding',
    'role',
    'token',
    'document',
    'config',
    'document',
    'lifecycle',
    'scan',
    'source',
    'cli',
  ],
}

/** Package → the one file that imports it. */
const PACKAGES = {
  'ansible-vault': 'src/vault/engine.ts',
  'js-yaml': 'src/yaml/read.ts',
  yaml: 'src/yaml/tree.ts',
  yargs: 'src/cli/parser.ts',
  ajv: 'src/build/validator.ts',
  '@grpc/grpc-js': 'src/store/etcd/channel.ts',
  '@bufbuild/protobuf': 'src/store/etcd/messages.ts',
  esbuild: 'src/build/bundle.ts',
  prettier: 'src/build/generate.ts',
  typescript: 'src/build/lint-imports.js',
}

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.cache/',
      'src/config/validate.cjs',
      'test/mutation/stryker.config.mjs',
      'test/mutation/node_modules/',
      'test/scan/corpus/',
      'examples/**/scratch/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'src/build/*.{js,cjs}'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
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
  {
    files: ['src/**/*.{ts,mts,cts,js,mjs,cjs}'],
    plugins: {
      k3s_vars: {
        rules: {
          imports: layeredImports({
            root: import.meta.dirname,
            layers: LAYERS,
            packages: PACKAGES,
          }),
        },
      },
    },
    rules: { 'k3s_vars/imports': 'error' },
  },
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
    files: [
      'src/build/**',
      'test/bench/**',
      'test/fuzz/**',
      'test/support/matrix.ts',
      'test/support/k3s-record.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.{js,cjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/build/*.cjs', 'test/support/world/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { __dirname: false, module: false, process: false, require: false },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
