/** The little Markdown that rules' messages are written in. It never makes links or markup: values of requests stand in it. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] };

/** Reads headings (`## …`), lists (`1. …`, `- …`) and paragraphs; `%%%`, which Datadog puts around a message, is left out. */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let last: Block | undefined;
  const begin = <T extends Block>(block: T): T => {
    blocks.push(block);
    return block;
  };
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line === '%%%') {
      last = undefined;
      continue;
    }
    const heading = /^#{1,6} (.*)$/.exec(line);
    const item = /^(?:(\d{1,4})\.|[-*]) (.*)$/.exec(line);
    if (heading) {
      blocks.push({ kind: 'heading', text: heading[1]! });
      last = undefined;
    } else if (item) {
      const ordered = item[1] !== undefined;
      if (last?.kind !== 'list' || last.ordered !== ordered)
        last = begin({ kind: 'list', ordered, items: [] });
      last.items.push(item[2]!);
    } else if (last?.kind === 'paragraph') last.text += ` ${line}`;
    else if (last?.kind === 'list') last.items.push(`${last.items.pop()} ${line}`);
    else last = begin({ kind: 'paragraph', text: line });
  }
  return blocks;
}
