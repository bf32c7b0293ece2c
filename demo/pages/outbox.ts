/** Outbox: the mails that would have been sent. A list and one mail; new ones appear by themselves. */
import { announce, bdi, h } from '../dom.js';
import { icon } from '../icons.js';
import type { Mail, Outbox } from '../session.js';
import { pageHead, type Page } from './page.js';

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Where the link of a mail leads on this page: only its fragment counts. */
function hrefOf(mail: Mail): string | null {
  const link = mail.link;
  if (!link) return null;
  const hash = link.indexOf('#');
  return hash < 0 ? null : link.slice(hash);
}

function linkLabel(mail: Mail): string {
  return hrefOf(mail)?.startsWith('#invitation=') ? 'Open the invitation' : 'Confirm the address';
}

/** The text as it was written; the address of the link is one long word that a button below stands for. */
function textOf(mail: Mail): HTMLElement {
  const body = h('div', { class: 'mail-text', dir: 'auto' });
  for (const paragraph of mail.text.trim().split(/\n{2,}/)) {
    const p = h('p', {});
    const parts = mail.link ? paragraph.split(mail.link) : [paragraph];
    parts.forEach((part, index) => {
      if (index > 0) p.append(h('bdi', { class: 'mail-link', dir: 'ltr' }, mail.link));
      p.append(part);
    });
    body.append(p);
  }
  return body;
}

function reader(mail: Mail, narrowBack: boolean): HTMLElement {
  const href = hrefOf(mail);
  return h(
    'article',
    { class: 'card mail', 'aria-labelledby': 'mail-subject' },
    narrowBack ? h('a', { class: 'mail-back', href: '#/outbox' }, icon('back'), 'All mails') : null,
    h('header', {}, h('h2', { id: 'mail-subject', tabindex: '-1' }, mail.subject), h('p', { class: 'quiet' }, 'To ', bdi(mail.to, true)), h('p', { class: 'quiet' }, h('time', { datetime: new Date(mail.at).toISOString() }, bdi(clock.format(new Date(mail.at)))))),
    textOf(mail),
    href ? h('div', {}, h('a', { class: 'button button-primary', href }, linkLabel(mail))) : null,
  );
}

export function outboxPage(outbox: Outbox, chosen: string | undefined, signedIn: boolean): Page {
  const list = h('ul', { class: 'mails' });
  const detail = h('div', { class: 'mail-detail' });
  const body = h('div', { class: 'outbox', 'data-open': chosen !== undefined }, list, detail);
  const empty = h(
    'div',
    { class: 'card empty' },
    icon('mail', 'icon icon-20'),
    h('h2', {}, 'No mail yet'),
    h('p', { class: 'quiet' }, 'Invite somebody or change your email address: the mail that would be sent appears here.'),
    signedIn ? h('a', { class: 'button', href: '#/settings/team' }, 'Team Members') : null,
  );
  let shown = '';

  const draw = (): void => {
    const mails = [...outbox.mails].reverse();
    body.hidden = mails.length === 0;
    empty.hidden = mails.length > 0;
    const open = mails.find(({ id }) => id === chosen) ?? mails[0];
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    list.replaceChildren(
      ...mails.map((mail) =>
        h(
          'li',
          {},
          h(
            'a',
            { href: `#/outbox/${encodeURIComponent(mail.id)}`, 'aria-current': mail.id === open?.id ? 'true' : undefined },
            h('span', { class: 'strong' }, mail.subject),
            h('span', { class: 'quiet' }, bdi(mail.to, true)),
            h('span', { class: 'quiet' }, bdi(clock.format(new Date(mail.at)))),
          ),
        ),
      ),
    );
    if (focused !== null) list.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
    if (open && open.id !== shown) {
      shown = open.id;
      detail.replaceChildren(reader(open, chosen !== undefined));
    }
  };

  draw();
  const stop = outbox.subscribe(() => {
    draw();
    announce('A new mail is in the outbox.');
  });
  const content = [
    pageHead('Outbox', 'No mail leaves this demo. What would have been sent stands here.', signedIn ? null : h('a', { class: 'button', href: '#/sign-in' }, 'Sign in')),
    body,
    empty,
  ];
  return { title: 'Outbox', content, leave: stop, ...(signedIn ? {} : { layout: 'plain' as const }) };
}
