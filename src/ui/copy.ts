/**
 * Copies a text, and never fails silently: the async clipboard, else the old command, else the text is selected
 * so that a key press copies it (plain http pages and frames without permission have no clipboard).
 * @param source the element that shows the text
 * @returns whether the text is on the clipboard; if not, it is selected
 */
export async function copyText(text: string, source: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused or missing: the next way needs no permission.
  }
  const selection = getSelection();
  // Not by a range: WebKit takes none that lies in a shadow tree.
  selection?.selectAllChildren(source);
  const written: { value?: true } = {};
  const write = (event: ClipboardEvent): void => {
    if (!event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    written.value = true;
  };
  document.addEventListener('copy', write, { capture: true, once: true });
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way left where the async clipboard is refused
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', write, { capture: true });
  }
  if (written.value) selection?.removeAllRanges();
  return written.value ?? false;
}
