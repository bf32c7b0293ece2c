/** What a page is to the shell, and the parts that pages share. */
import { h, type Child } from '../dom.js';

export interface Page {
  title: string;
  content: readonly Node[];
  /** `plain`: no navigation round it, as nobody is signed in. */
  layout?: 'plain';
  /** Called when the auth context changed. */
  update?: () => void;
  /** Called when another page takes its place. */
  leave?: () => void;
}

export function pageHead(title: string, lede?: Child, ...actions: readonly Child[]): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h('div', {}, h('h1', { tabindex: '-1' }, title), lede ? h('p', { class: 'lede' }, lede) : null),
    ...actions,
  );
}

let headings = 0;

/** A card with its heading. */
export function card(heading: string, ...children: readonly Child[]): HTMLElement {
  const id = `card-${++headings}`;
  return h('section', { class: 'card', 'aria-labelledby': id }, h('h2', { id }, heading), ...children);
}

export interface Column {
  label: string;
  /** `end`: figures. `minor`: left out where the page is narrow. */
  kind?: 'end' | 'minor';
}

/** A table that stacks its rows where the page is narrow; roles are spelt out because a changed `display` takes them away. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Child[])[]): HTMLElement {
  return h(
    'div',
    { class: 'card card-flush' },
    h(
      'table',
      { class: 'table', role: 'table' },
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...columns.map(({ label, kind }) => h('th', { role: 'columnheader', scope: 'col', class: kind }, label)))),
      h(
        'tbody',
        { role: 'rowgroup' },
        ...rows.map((cells) =>
          h(
            'tr',
            { role: 'row' },
            ...cells.map((cell, index) => {
              const column = columns[index];
              return index === 0
                ? h('th', { role: 'rowheader', scope: 'row' }, cell)
                : h('td', { role: 'cell', class: column?.kind, 'data-label': column?.label }, h('span', {}, cell));
            }),
          ),
        ),
      ),
    ),
  );
}

/** A name with a quiet second line. */
export function twoLines(first: Child, second: Child): HTMLElement {
  return h('span', { class: 'two-lines' }, h('span', { class: 'strong' }, first), h('span', { class: 'quiet' }, second));
}

/** A page of one message, in the middle. */
export function messagePage(title: string, sentence: Child, ...actions: readonly Child[]): Page {
  return {
    title,
    layout: 'plain',
    content: [h('div', { class: 'gate' }, h('h1', { tabindex: '-1' }, title), h('p', { class: 'lede' }, sentence), actions.length > 0 ? h('div', { class: 'gate-actions' }, ...actions) : null)],
  };
}
