// Who may import whom (ARCHITECTURE.md), and the type-aware rules that catch lost promises.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TESTS = ['src/**/*.test.ts', 'src/**/*.test.tsx'];

/** Matches a folder of another process as a relative path reaches it: `../../main/x`. */
const folder = (/** @type {string} */ names) => `^(\\.\\./)+(src/)?(${names})(/|$)`;

const electron = {
  regex: '^electron(/|$|-log|-store)',
  message: 'Electron lives in src/main/electron and src/preload alone.',
};
const otherProcess = (/** @type {string} */ names) => ({
  regex: folder(names),
  message: 'Another process: talk through the contract in src/shared.',
});
const rendererAlias = { regex: '^@renderer/', message: 'The window is another process.' };
const requests = {
  regex: '(^|/)contract/requests(\\.ts)?$',
  allowTypeImports: true,
  message: 'zod stays out of the window: import types only.',
};

/**
 * @param {string} name @param {string[]} files @param {object[]} patterns @param {string[]} [ignores]
 * @returns {import('eslint').Linter.Config}
 */
const boundary = (name, files, patterns, ignores = []) => ({
  name: `boundary/${name}`,
  files,
  ignores: [...TESTS, ...ignores],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const FEATURES = [
  'generations',
  'references',
  'library',
  'settings',
  'keychain',
  'hosting',
  'connections',
  'practice',
  'spend',
  'diagnostics',
  'about',
];
const TOOLS = ['ark', 'ffmpeg', 'files', 'database', 'log'];
const MAIN_FOREIGN = [otherProcess('renderer|preload|gateway'), rendererAlias];

/** A main folder may reach none of the siblings named. */
const notSiblings = (/** @type {string[]} */ names, /** @type {string} */ message) => ({
  regex: `^\\.\\./(\\.\\./)*(main/)?(${names.join('|')})(/|$)`,
  message,
});

/** Which TypeScript project holds the files of a folder, so that each file is typed as it is compiled. */
const typed = (
  /** @type {string} */ project,
  /** @type {string[]} */ files,
  /** @type {string[]} */ ignores = [],
) => ({
  files,
  ignores,
  languageOptions: {
    parserOptions: { project: [`./tsconfig.${project}.json`], tsconfigRootDir: import.meta.dirname },
  },
});

export default defineConfig(
  { ignores: ['out/', 'dist/', '.runtime/', 'coverage/', 'demo-out/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // Stores and ports here are records of functions, written as methods, that use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-undef': 'off',
    },
  },
  typed('shared', ['src/shared/**/*.ts'], TESTS),
  typed('main', ['src/main/**/*.ts'], TESTS),
  typed('preload', ['src/preload/**/*.ts'], TESTS),
  typed('gateway', ['src/gateway/**/*.ts'], TESTS),
  typed('renderer', ['src/renderer/**/*.ts', 'src/renderer/**/*.tsx'], TESTS),
  typed('tests', [...TESTS, 'tests/**/*.ts', 'bench/**/*.ts']),
  typed('scripts', ['*.config.ts']),

  boundary(
    'shared',
    ['src/shared/**/*.ts'],
    [
      { regex: '^(?!zod$|zod/|\\.{1,2}/|@shared/)', message: 'shared imports only zod and itself.' },
      otherProcess('main|renderer|preload|gateway'),
    ],
  ),
  boundary(
    'preload',
    ['src/preload/**/*.ts'],
    [otherProcess('main|renderer|gateway'), rendererAlias, requests],
  ),
  boundary(
    'gateway',
    ['src/gateway/**/*.ts'],
    [
      electron,
      otherProcess('main|renderer|preload'),
      rendererAlias,
      {
        regex: '^(@shared|(\\.\\./)+shared)/(?!domain/models(\\.ts)?$)',
        message: 'The gateway imports nothing of ours but shared/domain/models.ts.',
      },
    ],
  ),

  boundary('main', ['src/main/**/*.ts'], [electron, ...MAIN_FOREIGN], ['src/main/electron/**']),
  boundary('main-electron', ['src/main/electron/**/*.ts'], MAIN_FOREIGN),
  boundary(
    'main-ipc',
    ['src/main/ipc/**/*.ts'],
    [
      electron,
      ...MAIN_FOREIGN,
      notSiblings(['electron'], 'ipc is plain Node: the transport is given to it.'),
    ],
  ),
  ...FEATURES.map((name) =>
    boundary(
      `main-${name}`,
      [`src/main/${name}/**/*.ts`],
      [
        electron,
        ...MAIN_FOREIGN,
        notSiblings(
          [...FEATURES.filter((other) => other !== name), 'electron', 'ipc', 'index'],
          'Features do not import each other: take what is needed in the constructor.',
        ),
      ],
    ),
  ),
  ...TOOLS.map((name) =>
    boundary(
      `main-${name}`,
      [`src/main/${name}/**/*.ts`],
      [
        name === 'log' ? { ...electron, regex: '^electron(/|$|-store)' } : electron,
        ...MAIN_FOREIGN,
        notSiblings(
          // How a file gets safely onto a disk is every tool's business.
          [
            ...FEATURES,
            ...TOOLS.filter((other) => other !== name && other !== 'files'),
            'electron',
            'ipc',
            'index',
          ],
          'ark, ffmpeg, files, database and log import only shared and files.',
        ),
      ],
    ),
  ),

  {
    files: ['src/renderer/**/*.ts', 'src/renderer/**/*.tsx'],
    ...reactHooks.configs.flat.recommended,
    rules: {
      ...reactHooks.configs.flat.recommended.rules,
      // Says only that React's compiler, which is not used here, would skip the virtual grid.
      'react-hooks/incompatible-library': 'off',
    },
  },
  boundary(
    'renderer',
    ['src/renderer/**/*.ts', 'src/renderer/**/*.tsx'],
    [
      electron,
      { regex: '^node:', message: 'The window has no Node.' },
      otherProcess('main|preload|gateway'),
      requests,
    ],
  ),
  boundary(
    'renderer-screens',
    ['src/renderer/screens/**/*.{ts,tsx}'],
    [
      electron,
      { regex: '^node:', message: 'The window has no Node.' },
      otherProcess('main|preload|gateway'),
      requests,
      {
        regex: '^@renderer/app(/|$)|^(\\.\\./)+app(/|$)',
        message: 'app shows screens, not the other way round.',
      },
    ],
  ),
  boundary(
    'renderer-stores',
    ['src/renderer/stores/**/*.{ts,tsx}'],
    [
      electron,
      { regex: '^node:', message: 'The window has no Node.' },
      otherProcess('main|preload|gateway'),
      requests,
      {
        regex: '^@renderer/(app|screens|components)(/|$)|^(\\.\\./)+(app|screens|components)(/|$)',
        message: 'Stores know no picture.',
      },
    ],
  ),
  boundary(
    'renderer-components',
    ['src/renderer/components/**/*.{ts,tsx}'],
    [
      electron,
      { regex: '^node:', message: 'The window has no Node.' },
      otherProcess('main|preload|gateway'),
      requests,
      {
        regex: '^@renderer/(app|screens|stores|client)(/|$)|^(\\.\\./)+(app|screens|stores|client)(/|$)',
        message: 'Components know no store and no client: props only.',
      },
    ],
  ),

  // TypeScript knows the globals of scripts better than a list would.
  { files: ['scripts/**/*.{mjs,cjs}', '*.config.js'], rules: { 'no-undef': 'off' } },
);
