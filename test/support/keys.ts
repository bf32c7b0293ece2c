import { executeServerCommand, sendMouse } from '@web/test-runner-commands';

type Keystroke = { readonly type: string } | { readonly press: string } | { readonly down: string } | { readonly up: string };

/** Real keys: the browser decides what they do. */
const strike = (...strokes: readonly Keystroke[]): Promise<unknown> => executeServerCommand('real-keys', strokes);

export async function keys(...names: readonly string[]): Promise<void> {
  for (const press of names) await strike({ press });
}

async function shortcut(modifier: string, key: string): Promise<void> {
  await strike({ down: modifier }, { press: key }, { up: modifier });
}

export async function shiftTab(): Promise<void> {
  await shortcut('Shift', 'Tab');
}

export async function controlC(): Promise<void> {
  await shortcut('Control', 'c');
}

/** Picks all from the last box on to the one with the focus. */
export async function shiftSpace(): Promise<void> {
  await shortcut('Shift', 'Space');
}

/** Types where the focus is. */
export async function typeHere(text: string): Promise<void> {
  if (text !== '') await strike({ type: text });
}

/** Puts the text in the place of what stands in the field, key by key. */
export async function type(field: HTMLElement, text: string): Promise<void> {
  field.focus();
  if (field instanceof HTMLInputElement && field.value !== '') {
    field.select();
    await keys('Delete');
  }
  await typeHere(text);
}

/** As a password manager or a paste does it: all at once. For texts too long to type. */
export function fill(field: HTMLInputElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertFromPaste' }));
}

/** Presses a button, link, tab or checkbox with the keyboard. */
export async function press(target: HTMLElement): Promise<void> {
  target.focus();
  await keys(target instanceof HTMLInputElement ? 'Space' : 'Enter');
}

/** Presses the mouse with Shift held, where the share of the target's width and height says: 0.5 is its middle. */
export async function shiftClick(target: Element, share = 0.5): Promise<void> {
  target.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = target.getBoundingClientRect();
  await strike({ down: 'Shift' });
  await sendMouse({ type: 'click', position: [Math.round(left + width * share), Math.round(top + height * share)] });
  await strike({ up: 'Shift' });
}
