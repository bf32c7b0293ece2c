/** What `inspect` finds of a page: what axe's rules depend on, as short keys, and what is cut off. */
export interface Inspection {
  /** Elements, attributes, and which of them are visible. */
  markup: string;
  /** Colours, backgrounds and sizes of text of all that is visible. */
  colours: string;
  /** Boxes of all that is visible. */
  places: string;
  /** Sentences on what does not fit. */
  cut: string[];
}

export interface PageTools {
  /** Every element of the page outside Storybook's own, through open shadow roots. */
  everything: () => Element[];
  inspect: () => Promise<Inspection>;
  /** Text of twice the size (WCAG 1.4.4) in the spacing of WCAG 1.4.12, in every shadow root; or as it was. */
  enlarge: (on: boolean) => void;
}

/** Runs in the page, and leaves its tools there: it uses nothing from outside itself. */
export function inspect(): void {
  const tools = globalThis as unknown as PageTools;
  const styles = new CSSStyleSheet();
  styles.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');

  const below = (root: ParentNode): Element[] =>
    [...root.children].flatMap((element) => [element, ...(element.shadowRoot ? below(element.shadowRoot) : []), ...below(element)]);
  tools.everything = () => [...document.body.children].filter((element) => !element.matches('script, style, #storybook-docs, [class^="sb-"]')).flatMap((element) => [element, ...(element.shadowRoot ? below(element.shadowRoot) : []), ...below(element)]);

  tools.enlarge = (on) => {
    document.documentElement.style.fontSize = on ? '200%' : '';
    for (const root of [document, ...tools.everything().flatMap(({ shadowRoot }) => shadowRoot ?? [])]) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((sheet) => sheet !== styles), ...(on ? [styles] : [])];
    }
  };

  /** A short key for a long text (FNV-1a, twice 32 bits). */
  const keyOf = (text: string): string => {
    let [one, two] = [0x811c9dc5, 0x1000193];
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      one = Math.imul(one ^ code, 0x1000193);
      two = Math.imul(two ^ code, 0x85ebca6b) ^ (two >>> 13);
    }
    return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}`;
  };

  const parentOf = (element: Element): Element | null => element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
  const closest = (start: Element, fits: (element: Element) => boolean): Element | undefined => {
    for (let element: Element | null = start; element; element = parentOf(element)) if (fits(element)) return element;
    return undefined;
  };
  const named = (element: Element): string => `<${element.localName}${element.className && typeof element.className === 'string' ? ` class="${element.className.trim()}"` : ''}>`;

  /** Words that are cut off by a box or the window, or that lie on other words. */
  const cutOff = (elements: readonly Element[]): string[] => {
    const found = new Set<string>();
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) found.add(`reflow: ${wide} px wider than the window`);
    const words: { text: string; box: DOMRect; layer: Element | undefined; holder: Element }[] = [];
    for (const holder of elements) {
      // Hidden from the eye on purpose, or what only its own box shows.
      if (closest(holder, (element) => getComputedStyle(element).clipPath !== 'none' || element instanceof HTMLSelectElement || element instanceof SVGElement)) continue;
      // A table that scrolls by itself, with the keyboard too, is no loss of words (WCAG 1.4.10 leaves tables their two dimensions).
      if (closest(holder, (element) => element instanceof HTMLElement && element.tabIndex === 0 && element.matches('[role=region]') && getComputedStyle(element).overflowX === 'auto' && element.scrollWidth > element.clientWidth)) continue;
      for (const node of holder.childNodes) {
        if (!(node instanceof Text) || node.data.trim() === '') continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = node.data.trim().slice(0, 40);
        const layer = closest(holder, (element) => element.matches('dialog, [popover]') || ['fixed', 'sticky', 'absolute'].includes(getComputedStyle(element).position));
        for (const box of range.getClientRects()) {
          if (box.width === 0) continue;
          words.push({ text, box, layer, holder });
          if (box.left < -1 || box.right > window.innerWidth + 1) found.add(`"${text}" reaches out of the window: ${Math.round(box.left)} to ${Math.round(box.right)}`);
          // What floats over the page, like a menu, leaves the frame that it stands in; a box that clips still cuts it off.
          let floats = false;
          closest(holder, (element) => {
            const style = getComputedStyle(element);
            const edge = element.getBoundingClientRect();
            const clips = style.overflowX !== 'visible' && style.overflowX !== 'auto';
            const frame = clips || (!floats && element.matches('button, [part~=card], [part~=notice], [part~=toast], dialog, td, th'));
            if (style.display !== 'inline' && style.display !== 'contents' && frame && (box.left < edge.left - 1 || box.right > edge.right + 1)) found.add(`"${text}" reaches out of ${named(element)} by ${Math.round(Math.max(edge.left - box.left, box.right - edge.right))} px`);
            floats ||= style.position === 'absolute';
            if (element.matches('button') && (box.top < edge.top - 1 || box.bottom > edge.bottom + 1)) found.add(`"${text}" is higher than ${named(element)}`);
            return element.matches('dialog, [popover]') || style.position === 'fixed';
          });
        }
      }
    }
    words.forEach((one, index) => {
      for (const other of words.slice(index + 1)) {
        if (one.layer !== other.layer || one.holder === other.holder) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Line boxes of neighbouring lines may share a few pixels without their letters doing so.
        if (across > 2 && down > Math.min(one.box.height, other.box.height) / 3) found.add(`"${one.text}" lies on "${other.text}"`);
      }
    });
    return [...found];
  };

  tools.inspect = async () => {
    // Two frames: container queries and resize observers have answered.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.all(document.getAnimations().filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime))).map((one) => one.finished.catch(() => undefined)));
    const [markup, colours, places]: [string[], string[], string[]] = [[], [], []];
    const visible: Element[] = [];
    for (const element of tools.everything()) {
      const seen = element.checkVisibility({ visibilityProperty: true });
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
      const text = [...element.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');
      markup.push(`${element.localName} ${attributes} ${String(seen)} ${text}`);
      if (!seen) continue;
      visible.push(element);
      const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
      colours.push([color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, textDecorationLine].join(' '));
      const { x, y, width, height } = element.getBoundingClientRect();
      places.push([x, y, width, height].map(Math.round).join(' '));
    }
    return { markup: keyOf(markup.join('\n')), colours: keyOf(colours.join('\n')), places: keyOf(places.join('\n')), cut: cutOff(visible) };
  };
}
