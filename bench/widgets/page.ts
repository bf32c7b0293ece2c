/** The page under measurement: one widget on a world of a size that its address names, and the delays of what a person does. */
import { operationNames, SettingsError } from '@userflux/settings/contract';
import '../../src/define/all.js';
import type { Answer, Question } from './protocol.js';

declare global {
  interface Window {
    /** Milliseconds between an input and the moment at which its handlers began, by the step that was under way. */
    delays: Record<string, number[]>;
    /** The same until the next frame was painted, as Interaction to Next Paint has it; what is shorter than 16 ms is not reported. */
    paints: Record<string, number[]>;
    step: string;
    countElements: () => number;
    inside: (selector: string) => HTMLElement | null;
  }
}

const query = new URLSearchParams(location.search);
const widget = query.get('widget') === 'keys' ? 'uf-api-keys' : 'uf-team';
const worker = new Worker(new URL('./backend.ts', import.meta.url), { type: 'module', name: `${query.get('widget') ?? 'team'} ${query.get('rows') ?? '100'}` });
const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: SettingsError) => void }>();
let last = 0;

worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
  const asked = waiting.get(data.id);
  waiting.delete(data.id);
  if ('kind' in data) asked?.reject(new SettingsError(data.kind));
  else asked?.resolve(data.output);
});

const ask = (operation: Question['operation']) => (input: unknown, options: { idempotencyKey?: string | undefined; ifMatch?: string | undefined }) =>
  new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    const question: Question = { id: last, operation, input, idempotencyKey: options.idempotencyKey, ifMatch: options.ifMatch };
    worker.postMessage(question);
  });

window.delays = {};
window.paints = {};
window.step = 'load';
const note = (figures: Record<string, number[]>, value: number): void => void (figures[window.step] ??= []).push(value);
for (const type of ['keydown', 'pointerdown', 'click']) addEventListener(type, (event) => { note(window.delays, performance.now() - event.timeStamp); }, { capture: true });
// Of the Event Timing API, which TypeScript's DOM does not know yet.
const options: PerformanceObserverInit & { durationThreshold: number } = { type: 'event', durationThreshold: 16, buffered: true };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if ('interactionId' in entry && Number(entry.interactionId) > 0) note(window.paints, entry.duration);
}).observe(options);

/** The elements of the document, open shadow trees included. */
function count(root: Document | ShadowRoot): number {
  let elements = 0;
  for (const element of root.querySelectorAll('*')) elements += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
  return elements;
}
window.countElements = () => count(document);
window.inside = (selector) => document.querySelector(widget)?.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

const element = document.createElement(widget);
// Each operation takes and answers what its row says, which this one function for all of them cannot.
element.adapter = { name: 'worker', operations: Object.fromEntries(operationNames.map((operation) => [operation, ask(operation)])) };
document.body.append(element);
