const CANDIDATES = 'a[href], button, input, select, textarea, [tabindex]';

/**
 * What the libraries for focus traps do (focus-trap, and those of Radix, Headless UI and MUI), at their strictest: Tab goes round among what they see,
 * which ends at shadow roots; a focus or a press outside is taken back; Escape closes.
 */
export function trapFocus(container: HTMLElement): void {
  let last: HTMLElement | undefined;
  const seen = (): HTMLElement[] => [...container.querySelectorAll<HTMLElement>(CANDIDATES)].filter((one) => one.tabIndex >= 0);
  const inside = (event: Event): boolean => event.target instanceof Node && container.contains(event.target);
  const listen = (type: string, listener: (event: Event) => void): void => {
    document.addEventListener(type, listener, true);
  };
  listen('focusin', (event) => {
    if (inside(event)) {
      last = event.target as HTMLElement;
      return;
    }
    event.stopImmediatePropagation();
    (last ?? seen()[0])?.focus();
  });
  for (const type of ['mousedown', 'touchstart', 'click']) {
    listen(type, (event) => {
      if (inside(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
  }
  listen('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Tab') return;
    const all = seen();
    const goal = event.shiftKey ? (event.target === all[0] ? all.at(-1) : undefined) : event.target === all.at(-1) ? all[0] : undefined;
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') container.remove();
  });
  seen()[0]?.focus();
}
