/**
 * Resolves once what was just drawn is on the screen; soon, where no frames come (a hidden page, a frame out of sight). What a person does not
 * wait for waits for it: files asked for while the first data is drawn would cost more time than the drawing.
 */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 200);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
