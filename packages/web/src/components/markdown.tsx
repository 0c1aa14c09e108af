import { parseMarkdown } from '../lib/markdown.ts';

/** A rule's message: headings, paragraphs and lists, all else as text. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {parseMarkdown(text).map((block, index) => {
        const key = `${index}`;
        if (block.kind === 'heading') return <h4 key={key}>{block.text}</h4>;
        if (block.kind === 'paragraph') return <p key={key}>{block.text}</p>;
        const items = block.items.map((item) => <li key={item}>{item}</li>);
        return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
      })}
    </div>
  );
}
