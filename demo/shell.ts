/** The host's own shell: navigation, the narrow top bar, the demo's controls. Nothing here knows of the widgets. */
import { find, h } from './dom.js';
import { brandMark, icon, type IconName } from './icons.js';
import { direction, directions, language, languages, setDirection, setLanguage, setTheme, theme, themes } from './preferences.js';
import { session, type Outbox } from './session.js';

interface Entry {
  name: string;
  label: string;
  icon: IconName;
}

const entries: readonly Entry[] = [
  { name: 'overview', label: 'Overview', icon: 'overview' },
  { name: 'audiences', label: 'Audiences', icon: 'audiences' },
  { name: 'events', label: 'Events', icon: 'events' },
  { name: 'dashboards', label: 'Dashboards', icon: 'dashboards' },
  { name: 'catalogue', label: 'Catalogue', icon: 'catalogue' },
  { name: 'integrations', label: 'Integrations', icon: 'integrations' },
];
const helpEntry: Entry = { name: 'help', label: 'Help and docs', icon: 'help' };

const hrefOf = (name: string): string => (name === 'overview' ? '#/' : `#/${name}`);

function navLink(entry: Entry): HTMLElement {
  return h('li', {}, h('a', { class: 'nav-link', href: hrefOf(entry.name), 'data-page': entry.name }, icon(entry.icon), entry.label));
}

function choice<Value extends string>(legend: string, name: string, values: readonly Value[], labels: Readonly<Record<Value, string>>, current: Value, choose: (value: Value) => void): HTMLElement {
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', {}, legend),
    h(
      'div',
      { class: 'choice-row' },
      ...values.map((value) => {
        const input = h('input', { type: 'radio', name, value, checked: value === current });
        input.addEventListener('change', () => {
          choose(value);
        });
        return h('label', {}, input, h('span', {}, labels[value]));
      }),
    ),
  );
}

/** Each language under its own name, as a person looks for it. */
function languageChoice(): HTMLElement {
  const select = h(
    'select',
    { id: 'demo-language', autocomplete: 'off' },
    ...languages.map((value) => h('option', { value, lang: value, selected: value === language() }, new Intl.DisplayNames([value], { type: 'language' }).of(value) ?? value)),
  );
  select.addEventListener('change', () => {
    find(`.choice input[name=direction][value=${setLanguage(select.value)}]`, HTMLInputElement).checked = true;
  });
  return h('div', { class: 'choice' }, h('label', { for: select.id }, 'Language of the settings'), select);
}

function startOverDialog(startOver: () => Promise<void>): HTMLDialogElement {
  const keep = h('button', { class: 'button', type: 'button' }, 'Keep it');
  const over = h('button', { class: 'button button-danger', type: 'button' }, 'Start over');
  const dialog = h(
    'dialog',
    { class: 'dialog', role: 'alertdialog', 'aria-labelledby': 'start-over-title', 'aria-describedby': 'start-over-text' },
    h('h2', { id: 'start-over-title' }, 'Start over?'),
    h('p', { id: 'start-over-text' }, 'Everything you changed in this demo goes back to how it was: people, keys, passwords, mails. Ada is signed in again.'),
    h('div', { class: 'dialog-foot' }, keep, over),
  );
  keep.addEventListener('click', () => {
    dialog.close();
  });
  over.addEventListener('click', () => {
    over.setAttribute('aria-disabled', 'true');
    void startOver();
  });
  return dialog;
}

function outboxLink(outbox: Outbox): HTMLElement {
  const mails = h('span', { class: 'count' });
  const count = (): void => {
    const number = outbox.mails.length;
    mails.textContent = String(number);
    mails.hidden = number === 0;
  };
  count();
  outbox.subscribe(count);
  return h('a', { class: 'nav-link', href: '#/outbox', 'data-page': 'outbox' }, 'Outbox', mails);
}

function startOverButton(startOver: () => Promise<void>): HTMLElement {
  const dialog = startOverDialog(startOver);
  document.body.append(dialog);
  const over = h('button', { class: 'nav-link', type: 'button' }, 'Start over');
  over.addEventListener('click', () => {
    dialog.showModal();
  });
  return over;
}

function demoControls(): HTMLElement {
  const { outbox, startOver } = session;
  return h(
    'details',
    { class: 'demo' },
    h('summary', { class: 'nav-link' }, icon('sliders'), 'Demo', icon('chevron', 'icon demo-chevron')),
    h(
      'div',
      { class: 'demo-body' },
      choice('Theme', 'theme', themes, { light: 'Light', dark: 'Dark', auto: 'Auto' }, theme(), setTheme),
      languageChoice(),
      choice('Direction', 'direction', directions, { ltr: 'LTR', rtl: 'RTL' }, direction(), setDirection),
      outbox || startOver ? h('div', {}, outbox ? outboxLink(outbox) : null, startOver ? startOverButton(startOver) : null) : null,
    ),
  );
}

export interface Shell {
  /** Marks where the person is, and closes the narrow navigation. */
  arrive: (page: string, layout: 'full' | 'plain') => void;
}

export function buildShell(): Shell {
  const toggle = find('.side-toggle', HTMLButtonElement);
  const nav = find('.side-nav', HTMLElement);
  const foot = find('.side-foot', HTMLElement);
  const main = find('.main', HTMLElement);
  const side = find('.side', HTMLElement);

  toggle.append(icon('menu', 'icon icon-menu'), icon('close', 'icon icon-close'));
  find('.brand-mark', HTMLElement).append(brandMark());
  find('a[href="#/billing"]', HTMLAnchorElement).prepend(icon('billing'));
  nav.append(h('ul', {}, ...entries.map(navLink)), h('ul', { class: 'nav-last' }, navLink(helpEntry)));
  foot.append(demoControls());

  const open = (wanted: boolean): void => {
    side.classList.toggle('is-open', wanted);
    toggle.setAttribute('aria-expanded', String(wanted));
    main.inert = wanted;
  };
  toggle.addEventListener('click', () => {
    open(toggle.getAttribute('aria-expanded') !== 'true');
  });
  side.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || toggle.getAttribute('aria-expanded') !== 'true') return;
    open(false);
    toggle.focus();
  });
  nav.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('a')) open(false);
  });
  matchMedia('(min-width: 56rem)').addEventListener('change', () => {
    open(false);
  });
  find('.skip', HTMLAnchorElement).addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });

  const demo = find('.demo', HTMLDetailsElement);
  // Where nobody is signed in the demo's controls hang from the top bar: they close as a menu does.
  const closeDemo = (): void => {
    if (document.body.dataset['layout'] === 'plain') demo.open = false;
  };
  demo.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !demo.open || document.body.dataset['layout'] !== 'plain') return;
    closeDemo();
    demo.querySelector('summary')?.focus();
  });
  addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !demo.contains(event.target)) closeDemo();
  });

  return {
    arrive(page, layout) {
      open(false);
      if (document.body.dataset['layout'] !== layout) demo.open = false;
      document.body.dataset['layout'] = layout;
      for (const link of side.querySelectorAll<HTMLElement>('[data-page]')) {
        if (link.dataset['page'] === page) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
}
