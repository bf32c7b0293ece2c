/** Safari has none: https://webkit.org/b/164193 */
const whenIdle = (globalThis as { requestIdleCallback?: (then: () => void) => void }).requestIdleCallback ?? setTimeout;

/**
 * Resolves once what was just drawn is on the screen, and what a person did to it meanwhile was answered; soon, where no frames come (a hidden
 * page, a frame out of sight). What a person does not wait for waits for it: files asked for while the first data is drawn would cost more
 * time than the drawing.
 */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 200);
    requestAnimationFrame(() => { whenIdle(() => { resolve(); }); });
  });
}
