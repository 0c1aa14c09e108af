import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { severityOf } from '../../lib/attacks.ts';
import { count, duration } from '../../lib/time.ts';
import { type Node, rowsInView, ticks, visibleNodes, type Waterfall } from '../../lib/waterfall.ts';
import type { Pinned } from './page.tsx';
import { treeMove } from './tree-keys.ts';
import { useViewport } from './use-viewport.ts';
import { WaterfallRow } from './waterfall-row.tsx';

/** Pixels; the style sheet says the same. */
const ROW_HEIGHT = 26;

interface WaterfallProps {
  waterfall: Waterfall;
  attacks: readonly Pinned[];
  selected: number;
  onSelect: (index: number) => void;
}

/** The spans as a tree over time. Only the rows in view are drawn, so that thousands of spans cost no more than some. */
export function WaterfallView({ waterfall, attacks, selected, onSelect }: WaterfallProps) {
  const { nodes, duration: total } = waterfall;
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => visibleNodes(nodes, folded), [nodes, folded]);
  const pins = useMemo(() => {
    const byNode = new Map<number, ReturnType<typeof severityOf>>();
    // The worst come first.
    for (const { node, attack } of attacks)
      if (!byNode.has(node.index)) byNode.set(node.index, severityOf(attack));
    return byNode;
  }, [attacks]);
  const tree = useRef<HTMLDivElement>(null);
  const { top, height } = useViewport(tree);
  const { from, to } = rowsInView({ top, height, rowHeight: ROW_HEIGHT, rows: rows.length });
  const position = rows.findIndex(({ index }) => index === selected);

  useEffect(() => {
    const element = tree.current;
    if (!element || position < 0) return;
    const [start, end] = [position * ROW_HEIGHT, (position + 1) * ROW_HEIGHT];
    if (start < element.scrollTop) element.scrollTop = start;
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
  }, [position]);

  const setFold = (node: Node, fold: boolean) => {
    const next = new Set(folded);
    if (fold) next.add(node.index);
    else next.delete(node.index);
    setFolded(next);
    // What is selected stays in sight.
    if (fold && isBelow(nodes[selected], node)) onSelect(node.index);
  };
  // Selected from elsewhere: what it stands below opens.
  useEffect(() => {
    if (position >= 0) return;
    setFolded((before) => {
      const open = new Set(before);
      for (let node = nodes[selected]?.parent; node; node = node.parent) open.delete(node.index);
      return open;
    });
  }, [position, selected, nodes]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const move = treeMove(event.key, rows, position, folded, pageRows);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'go') onSelect(move.node.index);
    else setFold(move.node, move.kind === 'fold');
  };

  return (
    <section className="waterfall" aria-label="Waterfall">
      <div className="waterfall-head">
        <span>
          {count(rows.length)}
          {rows.length < nodes.length && ` of ${count(nodes.length)}`} spans
        </span>
        <div className="waterfall-axis" aria-hidden="true">
          {ticks(total, 5).map((time) => (
            <span key={time} style={{ left: `${(time / total) * 100}%` }}>
              {time === 0 ? '0' : duration(time)}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={tree}
        className="waterfall-tree"
        role="tree"
        aria-label="Spans"
        tabIndex={0}
        aria-activedescendant={position >= from && position < to ? `span-${selected}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="waterfall-rows" role="none" style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(from, to).map((node, offset) => (
            <WaterfallRow
              key={node.index}
              node={node}
              total={total}
              top={(from + offset) * ROW_HEIGHT}
              isFolded={folded.has(node.index)}
              isSelected={node.index === selected}
              pin={pins.get(node.index)}
              onSelect={() => onSelect(node.index)}
              onFold={() => setFold(node, !folded.has(node.index))}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

function isBelow(node: Node | undefined, other: Node): boolean {
  for (let parent = node?.parent; parent; parent = parent.parent) if (parent === other) return true;
  return false;
}
