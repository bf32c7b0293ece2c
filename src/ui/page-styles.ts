/**
 * The look of a part of a widget that stands in the page's own tree, where the page's rules reach it: the sheets that its shadow root wears, made over
 * so that they reach that part alone and win over whatever the page says. Tokens, colours and fonts need nothing: they are inherited through the slot.
 */

/** An attribute of the part; nothing outside it is meant. */
export const MARK = 'data-uf-light';

/**
 * What is important in a layer wins over everything that is in none, however specific and important. Among what is important, the first layer wins:
 * what the sheets call important, the rest of them, and under them what undoes the page's.
 */
const LAYERS = ['important', 'rest', 'page'].map((name) => `uf-light.${name}`);
const [IMPORTANT = '', REST = '', PAGE = ''] = LAYERS;

/** Back to what the browser makes of the tags. What an attribute says (the path of an icon, `dir`) stays, while what the page says of it goes. */
const UNDONE = `&, & *, & *::before, & *::after { all: revert !important; direction: revert-layer !important; unicode-bidi: revert-layer !important; }
  & path { d: revert-layer !important; }
  & { display: block !important; min-inline-size: 0 !important; container: uf / inline-size !important; }`;

const within = (layer: string, rules: string): string => `@layer ${layer} { [${MARK}] { ${rules} } }`;

/** By the sheet of the shadow root that it was made of. */
const made = new WeakMap<CSSStyleSheet, CSSStyleSheet>();
const ours = new WeakSet<CSSStyleSheet>();
const wearers = new WeakMap<DocumentOrShadowRoot, Set<object>>();
let undoing: CSSStyleSheet | undefined;

/** Declarations of a rule: those that are important, or the others. */
function declarations({ style }: CSSStyleRule, important: boolean): string[] {
  // As text: a shorthand with a token in it has no longhands to read.
  return style.cssText.split(';').map((one) => one.trim()).filter((one) => one !== '' && one.endsWith('!important') === important).map((one) => (important ? one : `${one} !important`));
}

/** The rules as they stand inside of the part. */
function rewrite(rules: CSSRuleList, important: boolean): string {
  return Array.from(rules, (rule) => {
    if (rule instanceof CSSStyleRule) {
      const { selectorText } = rule;
      // What these say is inherited.
      if (selectorText === '.root' || selectorText.includes(':host')) return '';
      const said = declarations(rule, important);
      return said.length === 0 ? '' : `${selectorText.replaceAll('.root', '&')} { ${said.join('; ')} }`;
    }
    if (rule instanceof CSSGroupingRule) {
      const inner = rewrite(rule.cssRules, important);
      return inner === '' ? '' : `${rule.cssText.slice(0, rule.cssText.indexOf('{'))} { ${inner} }`;
    }
    return '';
  }).join('\n');
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer ${LAYERS.join(', ')};\n${text}`);
  ours.add(sheet);
  return sheet;
}

function madeOver(sheet: CSSStyleSheet): CSSStyleSheet {
  const rules = sheet.cssRules;
  const frames = Array.from(rules).filter((rule) => rule instanceof CSSKeyframesRule);
  const text = [...frames.map(({ cssText }) => cssText), within(IMPORTANT, rewrite(rules, true)), within(REST, rewrite(rules, false))].join('\n');
  // Names of keyframes are the page's, too.
  const named = (all: string, { name }: CSSKeyframesRule): string => all.replace(new RegExp(`(@keyframes |animation[^;}]*[ :])${name}\\b`, 'g'), `$1uf-light-${name}`);
  return sheetOf(frames.reduce(named, text));
}

/** Gives a part of a widget its look, in the tree that it stands in: of the sheets of its shadow root, which may be more each time. */
export function wearOnPage(part: Element, tree: DocumentOrShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  wearers.set(tree, (wearers.get(tree) ?? new Set()).add(part));
  undoing ??= sheetOf(within(PAGE, UNDONE));
  const all = sheets.map((sheet) => {
    const over = made.get(sheet) ?? madeOver(sheet);
    made.set(sheet, over);
    return over;
  });
  for (const sheet of [undoing, ...all]) if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets.push(sheet);
}

/** The part leaves the tree; the last one takes the sheets along. */
export function takeOff(part: Element, tree: DocumentOrShadowRoot): void {
  const parts = wearers.get(tree);
  parts?.delete(part);
  if (parts?.size === 0) tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((sheet) => !ours.has(sheet));
}
