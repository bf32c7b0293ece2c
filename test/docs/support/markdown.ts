/** A fenced block of a Markdown file. */
export interface Block {
  language: string;
  /** What stands behind the language: the name of a file. */
  file: string | undefined;
  text: string;
  /** For people: where it is. */
  line: number;
}

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^```(\S*)(?: (\S+))?$/.exec(line);
    if (!fence) {
      if (open) open.text += `${line}\n`;
    } else if (open) {
      blocks.push(open);
      open = undefined;
    } else open = { language: fence[1] ?? '', file: fence[2], text: '', line: index + 1 };
  }
  if (open) throw new Error(`The block of line ${open.line} never ends.`);
  return blocks;
}
