/** The host's own forms: real labels, real autocomplete, errors in words beside the field. */
import { SettingsError } from '../src/contract/index.js';
import { h, type Attributes, type Child } from './dom.js';
import { icon } from './icons.js';

export interface Field {
  root: HTMLElement;
  input: HTMLInputElement;
  /** Says what is wrong, or takes it back. */
  fail: (sentence: string | null) => void;
}

let fields = 0;

export function field(label: string, attributes: Attributes, hint?: string): Field {
  const id = `field-${++fields}`;
  const input = h('input', { ...attributes, id, class: attributes['class'] ?? 'input' });
  const hintElement = hint ? h('p', { class: 'hint', id: `${id}-hint` }, hint) : null;
  const error = h('p', { class: 'error', id: `${id}-error`, hidden: true });
  const fail = (sentence: string | null): void => {
    error.hidden = sentence === null;
    error.replaceChildren(...(sentence === null ? [] : [icon('warning'), h('span', {}, sentence)]));
    if (sentence === null) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
    const described = [hintElement?.id, sentence === null ? undefined : error.id].filter((part) => part !== undefined).join(' ');
    if (described) input.setAttribute('aria-describedby', described);
    else input.removeAttribute('aria-describedby');
  };
  fail(null);
  input.addEventListener('input', () => {
    fail(null);
  });
  const control = attributes['type'] === 'password' ? h('div', { class: 'affix' }, input, showButton(input)) : input;
  return { root: h('div', { class: 'field' }, h('label', { for: id }, label), control, hintElement, error), input, fail };
}

function showButton(input: HTMLInputElement): HTMLButtonElement {
  const button = h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Show password', 'aria-pressed': 'false' }, icon('eye'));
  button.addEventListener('click', () => {
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
    button.replaceChildren(icon(show ? 'eyeOff' : 'eye'));
  });
  return button;
}

/** A form that stays busy, once, until `submit` is done; `submit` says by itself what went wrong. */
export function form(submitLabel: string, submit: () => Promise<void>, ...children: readonly Child[]): HTMLFormElement {
  const button = h('button', { class: 'button button-primary button-wide', type: 'submit' }, submitLabel);
  // Sent past this handler, as some password managers do, nothing typed stands in an address.
  const element = h('form', { class: 'form', method: 'post', novalidate: true }, ...children, button);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    // Password managers recognise passwords in fields of that type alone.
    for (const shown of element.querySelectorAll<HTMLElement>('[aria-pressed=true]')) shown.click();
    button.setAttribute('aria-disabled', 'true');
    void submit().finally(() => {
      button.removeAttribute('aria-disabled');
    });
  });
  return element;
}

/** A failure that belongs to no field. */
export function failure(): { root: HTMLElement; say: (sentence: string | null) => void } {
  const root = h('div', { role: 'alert' });
  return {
    root,
    say: (sentence) => {
      root.replaceChildren(...(sentence === null ? [] : [h('p', { class: 'notice notice-danger' }, icon('warning'), h('span', {}, sentence))]));
    },
  };
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function wait(seconds: number | undefined): string {
  if (seconds === undefined) return 'Wait a moment';
  return seconds < 90 ? `Wait ${plural(Math.ceil(seconds), 'second', 'seconds')}` : `Wait ${plural(Math.ceil(seconds / 60), 'minute', 'minutes')}`;
}

export function triesLeft(error: SettingsError): string {
  if (error.attemptsLeft === undefined) return '';
  return error.attemptsLeft === 0 ? ' No tries left for now.' : ` ${plural(error.attemptsLeft, 'try', 'tries')} left.`;
}

/** The sentence for a failure that no form treats by itself. */
export function sentenceFor(thrown: unknown): string {
  if (!SettingsError.is(thrown)) return 'Something went wrong on our side. Try again.';
  switch (thrown.kind) {
    case 'rate-limited':
      return `Too many tries. ${wait(thrown.retryAfter)}, then try again.`;
    case 'offline':
      return 'You are offline. Nothing was sent.';
    case 'unavailable':
      return `The server did not answer. ${wait(thrown.retryAfter)}, then try again.`;
    default:
      return 'Something went wrong on our side. Try again.';
  }
}
