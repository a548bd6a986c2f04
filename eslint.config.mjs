import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rules that need no types, so that the whole tree is read in seconds; types are tsc's, imports between rooms dependency-cruiser's. */
export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', 'libs/contracts/src/gen/', '**/.gdtx/', '**/coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      // The compiler says this better, and knows what Node brings along.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-throw-literal': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['services/dashboard/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Tests may show a thing at length, and take JSON answers as they come.
    files: ['**/*.test.ts', '**/test/**/*.ts', 'libs/testing/**'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    // These talk to a person in a terminal.
    files: ['infra/**', 'libs/publisher/**', '*.mjs'],
    rules: { 'no-console': 'off' },
  },
);
