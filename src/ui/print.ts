/** Twice the id: nothing of the page's own is stronger. */
const PAPER = '#uf-paper#uf-paper';
const STRONG = `:not(${PAPER})`;

/** Everything of the page stays off the paper, what stands in its top layer too: that falls with the elements it stands in. */
const RULES = `
  @media not print { ${PAPER} { display: none !important; } }
  @media print {
    body > ${STRONG}${STRONG}, html${STRONG}::before, html${STRONG}::after, body${STRONG}::before, body${STRONG}::after { display: none !important; }
    html${STRONG}, html body${STRONG} { all: revert !important; background: none !important; color: #000 !important; visibility: visible !important; }
    ${PAPER}, ${PAPER} * { all: revert !important; }
    ${PAPER} { font: 12pt/1.5 system-ui, sans-serif !important; }
    ${PAPER} ol { columns: 2 !important; font: 14pt/2 ui-monospace, monospace !important; }
    ${PAPER} li { break-inside: avoid !important; }
  }
`;

/** Milliseconds in which a browser that prints has begun to. */
const PATIENCE = 1000;

/**
 * Prints something of ours alone: nothing else of the page on the paper, no other window, no inline style. It stands in the page's
 * own body, unseen, only while the printer asks for it.
 * @returns takes it away at once
 */
export function printAlone(...content: Node[]): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  const page = document.createElement('div');
  page.id = 'uf-paper';
  page.append(...content);
  const clear = (): void => {
    clearTimeout(timer);
    removeEventListener('beforeprint', begun);
    removeEventListener('afterprint', clear);
    page.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
  // A frame that may open no dialogs (sandbox without allow-modals) prints nothing, and says nothing.
  const timer = setTimeout(clear, PATIENCE);
  const begun = (): void => {
    clearTimeout(timer);
  };
  addEventListener('beforeprint', begun);
  addEventListener('afterprint', clear);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(page);
  print();
  return clear;
}
