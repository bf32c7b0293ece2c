/** Small charts as inline SVG: geometry in attributes, colours from the sheet, words beside it in HTML. */
import { h, s } from './dom.js';

const width = 600;
const height = 160;

/** A line over days. The picture is one image with one sentence; the figures stand in a table for whoever cannot see it. */
export function lineChart(options: {
  summary: string;
  values: readonly number[];
  top: number;
  labelOf: (value: number) => string;
  dayOf: (index: number) => string;
  days: readonly number[];
}): HTMLElement {
  const { values, top, labelOf, dayOf } = options;
  const x = (index: number): number => (index / (values.length - 1)) * width;
  const y = (value: number): number => height - (value / top) * height;
  const line = values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const steps = [top, (top * 2) / 3, top / 3, 0];

  const drawing = s(
    'svg',
    { class: 'chart-drawing', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': options.summary },
    ...steps.map((step) => s('path', { class: step === 0 ? 'chart-base' : 'chart-grid', d: `M0 ${y(step)}H${width}` })),
    s('path', { class: 'chart-area', d: `${line}L${width} ${height}L0 ${height}Z` }),
    s('path', { class: 'chart-line', d: line }),
  );
  return h(
    'div',
    { class: 'chart', dir: 'ltr' },
    h('div', { class: 'chart-y', 'aria-hidden': 'true' }, ...steps.map((step) => h('span', {}, labelOf(step)))),
    drawing,
    h('div', { class: 'chart-x', 'aria-hidden': 'true' }, ...options.days.map((day) => h('span', {}, dayOf(day)))),
    h(
      'div',
      { class: 'visually-hidden' },
      h(
        'table',
        {},
        h('caption', {}, 'Events received, by day'),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Day'), h('th', { scope: 'col' }, 'Events, in thousands'))),
        h('tbody', {}, ...values.map((value, index) => h('tr', {}, h('th', { scope: 'row' }, dayOf(index)), h('td', {}, labelOf(value))))),
      ),
    ),
  );
}

/** One bar, from 0 to 1, for the eye only: the figure stands beside it. */
export function bar(share: number): SVGSVGElement {
  return s(
    'svg',
    { class: 'bar', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    s('rect', { class: 'bar-track', width: 100, height: 1 }),
    s('rect', { class: 'bar-fill', width: Math.round(share * 100), height: 1 }),
  );
}

/** A row of columns the size of a word, or as wide as its place. */
export function spark(values: readonly number[], stretched = false): SVGSVGElement {
  const top = Math.max(...values);
  return s(
    'svg',
    { class: 'spark', viewBox: `0 0 ${values.length * 5 - 2} 20`, preserveAspectRatio: stretched ? 'none' : undefined, 'aria-hidden': 'true', focusable: 'false' },
    ...values.map((value, index) => {
      const size = Math.max(1, (value / top) * 20);
      return s('rect', { x: index * 5, y: 20 - size, width: 3, height: size });
    }),
  );
}
