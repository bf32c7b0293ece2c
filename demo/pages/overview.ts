/** Overview: a few figures and a chart of a made-up shop. It greets the person by what the widgets' auth context knows. */
import { bar, lineChart } from '../chart.js';
import { bdi, h } from '../dom.js';
import { card, type Page } from './page.js';

export interface Greeting {
  name: string;
  organisation: string;
}

const number = new Intl.NumberFormat('en-GB');
const thousands = [312, 344, 361, 355, 338, 241, 228, 349, 372, 380, 391, 366, 262, 247, 384, 402, 411, 398, 387, 276, 259, 405, 431, 438, 427, 414, 298, 281, 442, 456];

function dayOf(index: number): string {
  const day = new Date();
  day.setDate(day.getDate() - (thousands.length - index));
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(day);
}

function figure(label: string, value: string, change: string): HTMLElement {
  return h('div', { class: 'figure' }, h('dt', {}, label), h('dd', { class: 'figure-value' }, bdi(value)), h('dd', { class: 'quiet' }, change));
}

const frequent = [
  ['product_viewed', 4_812_006],
  ['page_viewed', 3_620_418],
  ['cart_updated', 1_204_977],
  ['order_completed', 318_204],
  ['account_created', 41_560],
] as const;

const latest = [
  ['Audience “Lapsed collectors” synced to the mailing tool', '4 minutes ago'],
  ['Catalogue imported: 1,204 products, 3 changed', '26 minutes ago'],
  ['Charles Babbage published the dashboard “Workshop orders”', '2 hours ago'],
  ['Warehouse export finished without errors', '6 hours ago'],
] as const;

export function overviewPage(greeting: () => Greeting | null): Page {
  const lede = h('p', { class: 'lede' });
  const update = (): void => {
    const known = greeting();
    lede.replaceChildren(...(known ? ['Hello ', bdi(known.name), '. Here are the last 30 days of ', bdi(known.organisation), '.'] : ['The last 30 days.']));
  };
  update();
  const most = frequent[0][1];
  return {
    title: 'Overview',
    update,
    content: [
      h('div', { class: 'page-head' }, h('div', {}, h('h1', { tabindex: '-1' }, 'Overview'), lede)),
      h(
        'dl',
        { class: 'figures' },
        figure('People known', number.format(48_210), 'Up 3.1% on the 30 days before'),
        figure('Events received', '10.9 million', 'Up 8.4% on the 30 days before'),
        figure('Active audiences', '14', '2 more than 30 days ago'),
        figure('Failed deliveries', '0.03%', 'Down from 0.04%'),
      ),
      card(
        'Events received',
        h('p', { class: 'quiet' }, 'Thousands a day'),
        lineChart({
          summary: `Events received a day, in thousands, rising from ${thousands[0] ?? 0} to ${thousands[thousands.length - 1] ?? 0} over 30 days, lower at weekends.`,
          values: thousands,
          top: 480,
          labelOf: (value) => number.format(value),
          dayOf,
          days: [0, 10, 20, 29],
        }),
      ),
      h(
        'div',
        { class: 'halves' },
        card(
          'Most frequent events',
          h(
            'ul',
            { class: 'rank' },
            ...frequent.map(([name, count]) => h('li', {}, h('span', {}, h('code', { dir: 'ltr' }, name)), h('span', { class: 'quiet' }, bdi(number.format(count))), bar(count / most))),
          ),
        ),
        card('Latest activity', h('ul', { class: 'feed' }, ...latest.map(([what, when]) => h('li', {}, h('span', {}, what), h('span', { class: 'quiet' }, when))))),
      ),
    ],
  };
}

