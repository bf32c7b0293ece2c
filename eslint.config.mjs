import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
// @ts-expect-error -- has no types
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** In a template (or a stylesheet string): what a strict CSP blocks, or what makes markup of data. */
const templateBans = [
  [String.raw`/\sstyle\s*=/`, 'a style attribute is blocked by a strict CSP: use a class, or a custom property through CSSOM'],
  [String.raw`/<style[\s>]/i`, 'a <style> element is blocked by a strict CSP: use static styles'],
  [String.raw`/<script[\s>]/i`, 'no script in a template'],
  [String.raw`/\s\.(inner|outer)HTML\s*=/i`, 'data is text: no .innerHTML binding'],
  [String.raw`/\ssrcdoc\s*=/i`, 'data is text: no srcdoc'],
  [String.raw`/\son[a-z]+\s*=/i`, 'an inline handler is blocked by a strict CSP: use @event'],
].map(([pattern, message]) => ({
  selector: `TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=${pattern}]`,
  message: `W1: ${message}.`,
}));

const htmlOfStrings = 'innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|srcdoc';

/**
 * Data is text (rule W1 of the security model).
 * @type {import('eslint').Linter.RulesRecord}
 */
const w1 = {
  'no-eval': 'error',
  'no-implied-eval': 'off', // the typed version below knows more
  '@typescript-eslint/no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-script-url': 'error',
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: String.raw`^lit(-html)?/(directives/)?(unsafe-|style-map|static|directives/(unsafe|style-map))`,
          message: 'W1: data is text, and styleMap is lost under a strict CSP.',
        },
        { regex: '^(lit|@lit)', importNames: ['unsafeCSS', 'unsafeHTML', 'unsafeSVG', 'unsafeStatic', 'styleMap'], message: 'W1: data is text.' },
      ],
    },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: `MemberExpression[property.name=/^(${htmlOfStrings})$/]`, message: 'W1: data is text.' },
    { selector: `MemberExpression[property.value=/^(${htmlOfStrings})$/]`, message: 'W1: data is text.' },
    { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", message: 'W1: data is text.' },
    { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value=/^(style|on.*|srcdoc)$/i]", message: 'W1: blocked by a strict CSP.' },
    ...templateBans,
  ],
};

// By hand: the plugin's own set is for the old configuration format. Left out: a ban on emoji, one on @change of selects
// (meant for pages that navigate on change), and one on redundant roles: a table whose rows stack in a narrow container loses
// its roles unless they are written out.
/** @type {import('eslint').Linter.RulesRecord} */
const litA11yRules = Object.fromEntries(
  Object.keys(litA11y.rules)
    .filter((rule) => !['accessible-emoji', 'no-invalid-change-handler', 'no-redundant-role'].includes(rule))
    .map((rule) => [`lit-a11y/${rule}`, 'error']),
);

/**
 * Beyond the recommended: what has bitten others.
 * @type {import('eslint').Linter.RulesRecord}
 */
const litRules = Object.fromEntries(
  [
    'attribute-names',
    'lifecycle-super',
    'no-native-attributes',
    'no-this-assign-in-render',
    'no-useless-template-literals',
    'prefer-nothing',
    'prefer-static-styles',
    'quoted-expressions',
    'value-after-constraints',
  ].map((rule) => [`lit/${rule}`, 'error']),
);

export default defineConfig(
  globalIgnores(['dist/', 'storybook-static/', 'artifacts/', 'coverage/', 'examples/', 'src/frameworks/', 'bench/embed/peers/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-console': 'error',
      // TypeScript knows the globals, of .mjs files too (checkJs).
      'no-undef': 'off',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // Numbers in a template literal are fine; anything else is a mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `interface MyEventMap extends X {}` is how a global map is joined.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // An empty string often means "none" as well.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Asks for the `!` that no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // record['key'] says that the key may be missing.
      '@typescript-eslint/dot-notation': 'off',
      // Private names are #private; an unused argument says so with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts', 'demo/**/*.ts', 'stories/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    rules: { ...litRules, ...litA11yRules, ...w1 },
  },
  // Plain JavaScript, where every JSON is `any`: tsc checks its types (checkJs).
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  // The one place that speaks to the host's developer.
  { files: ['src/lit/warn.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/**', 'test/**', '*.mjs', '*.ts', 'stories/.storybook/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:test's describe() and it() return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' }] }],
      // expect(x).to.be.true
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
