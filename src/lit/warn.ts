const said = new Set<string>();

/** One console line for a mistake of the page's author: which tag, what is wrong, how to mend it. Never twice. */
export function warnOnce(tag: string, message: string): void {
  const line = `<${tag}> ${message}`;
  if (said.has(line)) return;
  said.add(line);
  console.warn(line);
}
