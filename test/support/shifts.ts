import { frame } from './wait.js';

/** The sum of all layout shifts until stopped, those just after input included. */
export function watchShifts(): () => Promise<number> {
  let sum = 0;
  const add = (list: PerformanceEntryList): void => {
    for (const entry of list) sum += (entry as PerformanceEntry & { value: number }).value;
  };
  const observer = new PerformanceObserver((list) => { add(list.getEntries()); });
  observer.observe({ type: 'layout-shift', buffered: false });
  return async () => {
    await frame();
    await frame();
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  };
}
