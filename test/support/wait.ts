/** Milliseconds after which a test gives up; long, because machines under load are slow, and never waited out by a test that passes. */
const PATIENCE = 8000;

/** One frame: what was asked for is drawn, focus and queries have settled. */
export function frame(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      done();
    });
  });
}

/**
 * Looks at every frame until there is something to find; answers it.
 * @param what the sentence of the failure, and what to look at when it fails
 */
export async function until<Found>(look: () => Found | undefined | null | false, what: string | (() => string)): Promise<Found> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > end) throw new Error(`Waited in vain: ${typeof what === 'string' ? what : what()}`);
    await frame();
  }
}

/** Waits until an assertion holds; fails with the assertion's own words. */
export async function eventually(assertion: () => void): Promise<void> {
  let last: unknown;
  try {
    await until(() => {
      try {
        assertion();
        return true;
      } catch (error) {
        last = error;
        return false;
      }
    }, 'an assertion');
  } catch {
    throw last;
  }
}

/** The next event of this type. */
export function next<Type extends keyof HTMLElementEventMap>(target: EventTarget, type: Type): Promise<HTMLElementEventMap[Type]> {
  return new Promise((resolve) => {
    // The map says what an event of this name is.
    target.addEventListener(type, (event) => { resolve(event as HTMLElementEventMap[Type]); }, { once: true });
  });
}
