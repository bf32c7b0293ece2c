/** The other pages of the made-up product: calm, short and consistent with one another. */
import { bar, spark } from '../chart.js';
import { bdi, h, type Child } from '../dom.js';
import { icon } from '../icons.js';
import { session } from '../session.js';
import { card, pageHead, table, twoLines, type Page } from './page.js';

const number = new Intl.NumberFormat('en-GB');
const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const count = (value: number): HTMLElement => bdi(number.format(value));

const stateIcons = { good: 'tick', wait: 'clock', off: 'circle' } as const;

function state(text: string, kind: keyof typeof stateIcons): HTMLElement {
  return h('span', { class: `state state-${kind}` }, icon(stateIcons[kind]), text);
}

function page(title: string, lede: Child, ...content: readonly Node[]): Page {
  return { title, content: [pageHead(title, lede), ...content] };
}

const audiences = (): Page =>
  page(
    'Audiences',
    'Groups of people who share something, kept up to date as events arrive.',
    table(
      'Audiences',
      [{ label: 'Audience' }, { label: 'People', kind: 'end' }, { label: 'Sent to', kind: 'minor' }, { label: 'State' }],
      [
        [twoLines('Lapsed collectors', 'No order for 180 days, two or more before'), count(3_482), 'Mailing tool', state('Up to date', 'good')],
        [twoLines('Workshop owners', 'Bought gears or card readers this year'), count(1_206), 'Mailing tool, Sales desk', state('Up to date', 'good')],
        [twoLines('Abandoned carts', 'Cart older than a day, above £200'), count(418), 'Mailing tool', state('Updating', 'wait')],
        [twoLines('Newsletter readers', 'Opened one of the last five letters'), count(12_940), 'Mailing tool', state('Up to date', 'good')],
        [twoLines('Schools and libraries', 'Address in the education list'), count(867), 'Sales desk', state('Up to date', 'good')],
      ],
    ),
  );

const events = (): Page =>
  page(
    'Events',
    'What your shop and your apps told us in the last 30 days.',
    table(
      'Events',
      [{ label: 'Event' }, { label: 'Received', kind: 'end' }, { label: 'Last 12 days', kind: 'minor' }, { label: 'Last seen' }],
      (
        [
          ['product_viewed', 4_812_006, [9, 11, 12, 12, 11, 7, 6, 12, 13, 13, 14, 13], 'Just now'],
          ['page_viewed', 3_620_418, [8, 9, 9, 10, 9, 6, 5, 10, 10, 11, 11, 10], 'Just now'],
          ['cart_updated', 1_204_977, [5, 6, 6, 6, 5, 3, 3, 6, 7, 7, 7, 6], '1 minute ago'],
          ['order_completed', 318_204, [4, 5, 5, 4, 5, 2, 2, 5, 5, 6, 6, 5], '3 minutes ago'],
          ['account_created', 41_560, [2, 3, 2, 3, 3, 1, 1, 3, 4, 3, 4, 4], '12 minutes ago'],
          ['support_requested', 2_114, [1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1], '48 minutes ago'],
        ] as const
      ).map(([name, received, days, seen]) => [h('code', { dir: 'ltr' }, name), count(received), spark(days), seen]),
    ),
  );

const dashboards = (): Page =>
  page(
    'Dashboards',
    'Shared with everybody in your organisation.',
    h(
      'ul',
      { class: 'tiles' },
      ...(
        [
          ['Workshop orders', 'Orders and returns by week', 'Charles Babbage', [5, 6, 6, 8, 7, 9, 9, 11, 10, 12, 12, 14]],
          ['Acquisition', 'Where new people come from', 'Ada Lovelace', [3, 4, 6, 5, 7, 6, 8, 8, 7, 9, 8, 10]],
          ['Retention', 'Who comes back, and after how long', 'Mary Somerville', [14, 12, 11, 10, 9, 9, 8, 8, 8, 7, 7, 7]],
          ['Letters', 'Opened, read, unsubscribed', 'Mary Somerville', [6, 7, 6, 8, 7, 7, 9, 8, 8, 9, 8, 9]],
        ] as const
      ).map(([name, what, who, values]) => h('li', { class: 'card tile' }, h('h2', {}, name), h('p', { class: 'quiet' }, what), spark(values, true), h('p', { class: 'quiet' }, 'By ', bdi(who)))),
    ),
  );

const catalogue = (): Page =>
  page(
    'Catalogue',
    '1,204 products, imported 26 minutes ago.',
    table(
      'Products',
      [{ label: 'Product' }, { label: 'Number', kind: 'minor' }, { label: 'Price', kind: 'end' }, { label: 'State' }],
      (
        [
          ['Difference Engine No. 2', 'Assembled, 8,000 parts', 'DE-0002', 68_000, true],
          ['Mill, four-function', 'Replacement part', 'AE-0114', 7_450, true],
          ['Punched cards, 500', 'Pasteboard, 80 × 240 mm', 'PC-0500', 38.5, true],
          ['Brass figure wheel', '50 mm, engraved 0 to 9', 'FW-0050', 12.9, true],
          ['Card reader, walnut', 'With bell', 'CR-0007', 1_180, false],
        ] as const
      ).map(([name, what, id, price, live]) => [twoLines(name, what), bdi(id, true), bdi(money.format(price)), live ? state('In stock', 'good') : state('On order', 'wait')]),
    ),
  );

const integrations = (): Page =>
  page(
    'Integrations',
    'Where your data comes from and where it goes.',
    h(
      'ul',
      { class: 'tiles' },
      ...(
        [
          ['Shop', 'Source', 'Orders, carts and product views from your online shop.', true],
          ['Mobile app', 'Source', 'Events from the app for iOS and Android.', true],
          ['Mailing tool', 'Destination', 'Audiences, refreshed every 15 minutes.', true],
          ['Warehouse', 'Destination', 'A nightly export of everything you own.', true],
          ['Sales desk', 'Destination', 'Audiences as lists for the people who call.', true],
          ['Webhooks', 'Destination', 'Any event to an address of yours.', false],
        ] as const
      ).map(([name, kind, what, on]) =>
        h('li', { class: 'card tile' }, h('div', { class: 'tile-head' }, h('h2', {}, name), h('span', { class: 'quiet' }, kind)), h('p', { class: 'quiet' }, what), on ? state('Connected', 'good') : state('Not connected', 'off')),
      ),
    ),
    h('p', { class: 'after' }, 'A source needs a key of yours: ', h('a', { href: '#/settings/api-keys' }, 'API Keys'), ' in your account settings.'),
  );

function question(asked: string, ...answer: readonly Child[]): HTMLElement {
  return h('details', { class: 'question' }, h('summary', {}, h('span', {}, asked), icon('chevron')), h('p', {}, ...answer));
}

const help = (): Page =>
  page(
    'Help and docs',
    'Short answers to what people ask first.',
    h(
      'div',
      { class: 'card card-flush' },
      question('How do I send the first event?', 'Create an Integration API Key under ', h('a', { href: '#/settings/api-keys' }, 'API Keys'), ', give it to your server or SDK, and send an event with a name and a person. It appears under Events within a minute.'),
      question('Who can see our API keys?', 'Owners and admins, after a one-time code from their authenticator app. Set yours up under ', h('a', { href: '#/settings/account' }, 'Your Account'), '.'),
      question('How do I invite a colleague?', 'Under ', h('a', { href: '#/settings/team' }, 'Team Members'), ' choose New Invitation. The link in its mail is valid for seven days.', ...(session.outbox ? [' In this demo it arrives in the ', h('a', { href: '#/outbox' }, 'outbox'), '.'] : [])),
      question('How long do you keep events?', 'Thirteen months. Older events are removed every night and stay in your own warehouse, if you export to one.'),
    ),
  );

const billing = (): Page =>
  page(
    'Usage and billing',
    'This month, up to yesterday.',
    card(
      'Growth plan',
      h('p', { class: 'quiet' }, '15 million events a month, ', bdi('£640'), ' a month, billed yearly.'),
      h(
        'ul',
        { class: 'rank' },
        h('li', {}, h('span', {}, 'Events'), h('span', { class: 'quiet' }, '10.9 of 15 million'), bar(10.9 / 15)),
        h('li', {}, h('span', {}, 'People'), h('span', { class: 'quiet' }, '48,210 of 100,000'), bar(0.482)),
        h('li', {}, h('span', {}, 'Dashboards'), h('span', { class: 'quiet' }, '4 of 20'), bar(0.2)),
      ),
    ),
    h('p', { class: 'after' }, 'Invoices carry the name under ', h('a', { href: '#/settings/company' }, 'Company Details'), '.'),
  );

export const productPages: Readonly<Record<string, () => Page>> = { audiences, events, dashboards, catalogue, integrations, help, billing };
