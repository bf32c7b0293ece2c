/** What this host needs instead of a framework: elements from code, never from strings, so that a strict CSP and Trusted Types hold. */

export type Child = Node | string | number | false | null | undefined;
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

function appendChildren(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  appendChildren(element, children);
  return element;
}

export function s<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  appendChildren(element, children);
  return element;
}

/** The element of a selector that the page is known to have. */
export function find<Found extends Element>(selector: string, type: new () => Found): Found {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The host page has no "${selector}".`);
  return element;
}

/** Text of somebody else (a name, an address), kept apart from the direction of the sentence round it. */
export function bdi(text: string, ltr = false): HTMLElement {
  return h('bdi', { dir: ltr ? 'ltr' : undefined }, text);
}

/** Says a sentence to a screen reader without moving the focus. */
export function announce(sentence: string): void {
  const announcer = document.getElementById('announcer');
  if (announcer) announcer.textContent = sentence;
}
