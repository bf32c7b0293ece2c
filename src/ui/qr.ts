import { create } from 'qrcode';
import { html, type TemplateResult } from 'lit';

/** Loaded only when MFA set-up opens. Modules around the code, which scanners need (ISO/IEC 18004 section 6.3.8). */
const QUIET = 4;
/** Whole pixels a module: edges stay sharp. */
const PIXELS = 5;

/**
 * A QR code as inline SVG: `data:` images are blocked under a strict CSP.
 * @param text what to encode; error correction level M
 * @returns draws it, with its accessible name
 */
export function qrCode(text: string): (label: string) => TemplateResult {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * QUIET;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      let run = 1;
      while (column + run < modules.size && modules.get(row, column + run)) run++;
      path += `M${String(column + QUIET)} ${String(row + QUIET)}h${String(run)}v1h-${String(run)}z`;
      column += run;
    }
  }
  return (label) => html`<svg role="img" aria-label=${label} width=${side * PIXELS} height=${side * PIXELS} viewBox="0 0 ${side} ${side}"><path d=${path}></path></svg>`;
}
