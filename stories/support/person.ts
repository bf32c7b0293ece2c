/** What a person does with a story: finds things by role and label, through open shadow roots, and waits for what follows. */

/** Milliseconds after which a story that does not get there is called broken. */
const PATIENCE = 10_000;

/** How a role looks in the widgets' own markup. */
const roles = {
  alertdialog: 'dialog[open][role=alertdialog]',
  button: 'button:not([role])',
  checkbox: 'input[type=checkbox]',
  combobox: 'select',
  dialog: 'dialog[open]:not([role])',
  link: 'a[href]',
  radio: 'input[type=radio]',
  tab: '[role=tab]',
  textbox: 'input:not([type=checkbox], [type=radio])',
} as const;
type Role = keyof typeof roles;

/** A tree and every open shadow root in it. */
function rootsOf(tree: ParentNode): ParentNode[] {
  const inner = [...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return [tree, ...inner.flatMap(rootsOf)];
}

function words(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** What is read of an element: without its icons and initials. */
function readOf(element: Element): string {
  return [...element.childNodes]
    .map((node) => (node instanceof Element && node.ariaHidden !== 'true' ? readOf(node) : node instanceof Text ? node.data : ''))
    .join('');
}

function nameOf(element: Element): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  const root = element.getRootNode();
  const label =
    element.getAttribute('aria-label') ??
    (labelledBy !== null && root instanceof ShadowRoot ? root.getElementById(labelledBy)?.textContent : undefined) ??
    (element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0]?.textContent : readOf(element));
  return words(label);
}

/** What `look` finds, as soon as it does. */
function when<Found>(canvas: ParentNode, what: string, look: () => Found | undefined): Promise<Found> {
  return new Promise((resolve, reject) => {
    const observer = new MutationObserver(check);
    const limit = setTimeout(() => {
      settle(() => {
        reject(new Error(`The story waits in vain for ${what}.`));
      });
    }, PATIENCE);
    function settle(answer: () => void): void {
      observer.disconnect();
      clearTimeout(limit);
      answer();
    }
    function check(): void {
      const found = look();
      if (found !== undefined) {
        settle(() => {
          resolve(found);
        });
        return;
      }
      // Again for all: a change may have brought a shadow root that is not watched yet.
      for (const root of rootsOf(canvas)) observer.observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
    }
    check();
  });
}

/** Waits for the element of this role and name that can be used. Of a button the name may say more after a comma: "Save details, Your details". */
export function find(canvas: ParentNode, role: Role, name: string): Promise<HTMLElement> {
  return when(canvas, `the ${role} "${name}"`, () =>
    rootsOf(canvas)
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>(`${roles[role]}:not([inert] *)`)])
      .find((element) => element.checkVisibility() && (nameOf(element) === name || nameOf(element).startsWith(`${name},`)) && element.ariaDisabled !== 'true'),
  );
}

/** Waits until a text can be read; placeholders and values are no text. */
export function see(canvas: ParentNode, text: string): Promise<Element> {
  return when(canvas, `the text "${text}"`, () => {
    for (const root of rootsOf(canvas)) {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (parent?.checkVisibility() && words(texts.currentNode.nodeValue).includes(text)) return parent;
      }
    }
    return undefined;
  });
}

export async function press(canvas: ParentNode, role: Role, name: string): Promise<void> {
  const element = await find(canvas, role, name);
  element.focus();
  element.click();
}

/** Types over what stands in a field, and goes on to the next. */
export async function type(canvas: ParentNode, name: string, text: string): Promise<void> {
  const field = await find(canvas, 'textbox', name);
  if (!(field instanceof HTMLInputElement)) throw new TypeError(`"${name}" is no input.`);
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text, inputType: 'insertText' }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Chooses in a native select, by the option's value. */
export async function choose(canvas: ParentNode, name: string, value: string): Promise<void> {
  const select = await find(canvas, 'combobox', name);
  if (!(select instanceof HTMLSelectElement)) throw new TypeError(`"${name}" is no select.`);
  select.focus();
  select.value = value;
  for (const kind of ['input', 'change']) select.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

/** Chooses a file, as a person does in the browser's own dialog. */
export async function chooseFile(canvas: ParentNode, file: File): Promise<void> {
  const input = await when(canvas, 'a field for a file', () => rootsOf(canvas).flatMap((root) => [...root.querySelectorAll<HTMLInputElement>('input[type=file]')])[0]);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** For `beforeEach` of a story in which somebody closes the browser's question for a passkey. */
export function giveUpPasskeys(): () => void {
  const giveUp = { configurable: true, value: () => Promise.reject(new DOMException('The operation was cancelled.', 'NotAllowedError')) };
  Object.defineProperties(navigator.credentials, { create: giveUp, get: giveUp });
  return () => {
    Reflect.deleteProperty(navigator.credentials, 'create');
    Reflect.deleteProperty(navigator.credentials, 'get');
  };
}

/** The network goes; {@link comeBack} brings it back. */
export function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  dispatchEvent(new Event('offline'));
}

/** For `beforeEach` of a story that goes offline: the next story is online again. */
export function comeBack(): () => void {
  return () => {
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
  };
}

/** For `beforeEach` of a story in which the browser refuses to copy. */
export function refuseCopying(): () => void {
  const { clipboard } = navigator;
  const refuse = (event: Event): void => {
    event.stopImmediatePropagation();
  };
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
  addEventListener('copy', refuse, true);
  return () => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    removeEventListener('copy', refuse, true);
  };
}
