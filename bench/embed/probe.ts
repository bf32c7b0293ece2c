/** In the page, before its own scripts: when the form is there, and when a key shows in it. One for all pages; not by polling from outside. */
export interface Sight {
  /** Selectors, one for each tree: the first in the document, each next in the shadow root of what was found. */
  path: string[];
  /** What the field holds (or, where `press` is given, what the element says). */
  value: string;
  /** A page that has no field at first: what has to be clicked, and the field that comes by it. */
  press?: { target: string[]; field: string[] };
}

/** Milliseconds since performance.timeOrigin. */
export interface Figures {
  /** The field is visible and holds the person's value. */
  shown: number;
  /** The key that was pressed then stands in it. */
  usable: number;
  /** The sum of long tasks until then, and of what of each is over 50 ms. */
  longTasks: number;
  blocking: number;
  /** Bodies as they came (gzip), and requests, that had ended by then. */
  bytes: number;
  requests: number;
}

declare global {
  interface Window {
    /** What the bench answers: `type` by a key, `click x y` by a click, `done` by reading the figures. */
    benchReady: (what: string) => void;
    benchDone: Figures | undefined;
    benchField: () => HTMLInputElement | undefined;
    benchFigures: (until: number) => Pick<Figures, 'bytes' | 'requests'>;
  }
}

export function probe(sight: Sight): void {
  const tasks: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => { tasks.push(...list.getEntries()); });
  observer.observe({ type: 'longtask', buffered: true });
  const find = (path: string[]): HTMLElement | undefined => {
    let root: ParentNode | null = document;
    let found: HTMLElement | null = null;
    for (const selector of path) {
      found = root?.querySelector<HTMLElement>(selector) ?? null;
      root = found?.shadowRoot ?? null;
    }
    return found?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? found : undefined;
  };
  const middle = (element: Element): { x: number; y: number } => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const field = (): HTMLInputElement | undefined => {
    const found = find(sight.press?.field ?? sight.path);
    if (!(found instanceof HTMLInputElement) || found.disabled) return undefined;
    if (!sight.press) return found;
    // What folds may hide it by its height.
    const { x, y } = middle(found);
    return (found.getRootNode() as ShadowRoot).elementFromPoint(x, y) === found ? found : undefined;
  };
  window.benchField = field;
  window.benchFigures = (until) => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] as PerformanceResourceTiming[];
    const ended = entries.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= until);
    return { bytes: ended.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), requests: ended.length };
  };
  let shown = 0;
  let pressed = false;
  let focused: HTMLInputElement | undefined;
  const finish = (): void => {
    const usable = performance.now();
    tasks.push(...observer.takeRecords());
    const before = tasks.filter(({ startTime }) => startTime < usable);
    window.benchDone = {
      shown,
      usable,
      longTasks: before.reduce((sum, { duration }) => sum + duration, 0),
      blocking: before.reduce((sum, { duration }) => sum + duration - 50, 0),
      ...window.benchFigures(usable),
    };
    window.benchReady('done');
  };
  const look = (): void => {
    const there = find(sight.path);
    const says = there instanceof HTMLInputElement ? there.value : (there?.textContent ?? '');
    if (there && shown === 0 && says.includes(sight.value)) shown = performance.now();
    if (shown > 0 && sight.press && !pressed) {
      const target = find(sight.press.target);
      if (target) {
        pressed = true;
        const { x, y } = middle(target);
        window.benchReady(`click ${String(x)} ${String(y)}`);
      }
    }
    const target = shown > 0 ? field() : undefined;
    // A framework may have put another one in its place meanwhile.
    if (target && target !== focused) {
      focused = target;
      target.focus();
      window.benchReady('type');
    }
    if (target?.value.includes('~')) finish();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
