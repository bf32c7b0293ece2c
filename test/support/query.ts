/**
 * Finding things as people do: by role and name, through open shadow roots. No test names an internal class or id.
 */
import { until } from './wait.js';

export type Name = string | RegExp;

/** Every element below a root, shadow trees included, in document order. */
export function* everything(root: Node = document.body): Generator<Element> {
  if (root instanceof Element) {
    yield root;
    if (root.shadowRoot) yield* everything(root.shadowRoot);
  }
  for (const child of root.childNodes) yield* everything(child);
}

const IMPLICIT: Readonly<Record<string, string>> = {
  BUTTON: 'button', H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', H5: 'heading', H6: 'heading',
  SELECT: 'combobox', TEXTAREA: 'textbox', DIALOG: 'dialog', TABLE: 'table', TR: 'row', TH: 'columnheader', TD: 'cell', UL: 'list', OL: 'list', LI: 'listitem',
  OPTION: 'option', NAV: 'navigation', SUMMARY: 'button', FIELDSET: 'group',
};
const INPUTS: Readonly<Record<string, string>> = { checkbox: 'checkbox', radio: 'radio', search: 'searchbox' };

export function roleOf(element: Element): string | undefined {
  const explicit = element.getAttribute('role');
  if (explicit) return explicit;
  if (element instanceof HTMLInputElement) return INPUTS[element.type] ?? 'textbox';
  if (element instanceof HTMLAnchorElement) return element.hasAttribute('href') ? 'link' : undefined;
  if (element.tagName === 'SECTION') return element.hasAttribute('aria-labelledby') || element.hasAttribute('aria-label') ? 'region' : undefined;
  return IMPLICIT[element.tagName];
}

/** `display: contents` (slots, wrappers) has no box of its own, and hides nothing. */
const isDrawn = (element: Element): boolean => getComputedStyle(element).display === 'contents' || element.checkVisibility();

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

function textBelow(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  if (!(node instanceof Element)) return [...node.childNodes].map(textBelow).join('');
  if (node.getAttribute('aria-hidden') === 'true' || !isDrawn(node)) return '';
  if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.text ?? '';
  if (node instanceof HTMLSlotElement) {
    const assigned = node.assignedNodes();
    return (assigned.length > 0 ? assigned : [...node.childNodes]).map(textBelow).join('');
  }
  const below = [...(node.shadowRoot ?? node).childNodes].map(textBelow).join('');
  // Blocks stand apart for the eye and the ear; what is taken out of the flow to be hidden from the eye does not.
  const { display, position } = getComputedStyle(node);
  return display.startsWith('inline') || position === 'absolute' ? below : ` ${below} `;
}

/** What is shown and said inside: text that is on the screen, visually hidden words included, in reading order. */
export function shown(root: Node = document.body): string {
  return folded(textBelow(root));
}

/** The accessible name, as far as these widgets make one. */
export function nameOf(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  if (ids.length > 0) return folded(ids.map((id) => textBelow(root.getElementById(id) ?? document.createTextNode(''))).join(' '));
  const label = element.getAttribute('aria-label');
  if (label !== null) return folded(label);
  if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) return folded([...(element.labels ?? [])].map(textBelow).join(' '));
  if (element instanceof HTMLTableElement) return folded(textBelow(element.caption ?? document.createTextNode('')));
  return folded(textBelow(element));
}

/** What describes it: its hint and its error. */
export function descriptionOf(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  return folded((element.getAttribute('aria-describedby')?.split(/\s+/) ?? []).map((id) => textBelow(root.getElementById(id) ?? document.createTextNode(''))).join(' '));
}

const fits = (name: string, wanted: Name | undefined): boolean => wanted === undefined || (typeof wanted === 'string' ? name === wanted : wanted.test(name));

/** Everything of this role and name that is on the screen. */
export function all(role: string, name?: Name, root: Node = document.body): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of everything(root)) {
    if (element instanceof HTMLElement || element instanceof SVGElement) {
      if (roleOf(element) === role && element.checkVisibility() && fits(nameOf(element), name)) found.push(element as HTMLElement);
    }
  }
  return found;
}

function listOf(role: string, root: Node): string {
  const names = all(role, undefined, root).map(nameOf);
  return `no ${role} of that name on the screen, but: ${names.join(' | ') || 'none at all'}. Shown: ${shown(root).slice(0, 600)}`;
}

/** The one thing of this role and name. */
export function get(role: string, name?: Name, root: Node = document.body): HTMLElement {
  const [found, another] = all(role, name, root);
  if (!found) throw new Error(`"${String(name)}": ${listOf(role, root)}`);
  if (another) throw new Error(`"${String(name)}": more than one ${role} of that name is on the screen.`);
  return found;
}

/** Waits for the one thing of this role and name. */
export function find(role: string, name?: Name, root: Node = document.body): Promise<HTMLElement> {
  return until(() => {
    const found = all(role, name, root);
    return found.length === 1 ? found[0] : undefined;
  }, () => `"${String(name)}": ${listOf(role, root)}`);
}

/** Waits until nothing of this role and name is left. */
export async function gone(role: string, name?: Name, root: Node = document.body): Promise<void> {
  await until(() => all(role, name, root).length === 0, () => `the ${role} "${String(name)}" is still there`);
}

export function field(label: Name, root: Node = document.body): HTMLInputElement {
  const found = get('textbox', label, root);
  if (!(found instanceof HTMLInputElement)) throw new Error(`"${String(label)}" is no input.`);
  return found;
}

export async function findField(label: Name, root: Node = document.body): Promise<HTMLInputElement> {
  await find('textbox', label, root);
  return field(label, root);
}

/** Waits until this text is on the screen. */
export async function reads(text: Name, root: Node = document.body): Promise<void> {
  await until(() => (typeof text === 'string' ? shown(root).includes(text) : text.test(shown(root))), () => `"${String(text)}" in: ${shown(root).slice(0, 900)}`);
}

/** Where the focus is, through shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Waits until the focus is on the thing of this role and name. */
export async function focusOn(role: string, name: Name): Promise<void> {
  const is = (element: Element | null): boolean => element !== null && roleOf(element) === role && fits(nameOf(element), name);
  await until(() => is(focused()), () => {
    const now = focused();
    return `the focus on ${role} "${String(name)}"; it is on ${now ? `${roleOf(now) ?? now.tagName} "${nameOf(now).slice(0, 120)}"` : 'nothing'}`;
  });
}

/** Everything that stands in the tree in any form: text, attributes, values of fields. For "is not even in the page". */
export function written(root: Node = document.documentElement): string {
  const parts: string[] = [];
  for (const element of everything(root)) {
    for (const { name, value } of element.attributes) parts.push(`${name}=${value}`);
    if (element instanceof HTMLInputElement) parts.push(element.value);
    for (const tree of [element, element.shadowRoot]) {
      for (const child of tree?.childNodes ?? []) if (child.nodeType !== Node.ELEMENT_NODE) parts.push(child.textContent ?? '');
    }
  }
  return parts.join('\n');
}

/** The sentences at the top right, the oldest first. */
export function toasts(): string[] {
  for (const element of everything()) {
    if (element.getAttribute('part') === 'toasts') return [...element.children].map((toast) => shown(toast)).filter(Boolean);
  }
  return [];
}

/** What the live region of the document says. */
export function said(): string {
  return [...everything()].filter((element) => element.getAttribute('role') === 'status').map((element) => folded(element.textContent)).join(' ');
}
