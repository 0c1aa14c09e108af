import type { Severity } from '../../api/client.ts';
import { severityName } from '../../components/severity.tsx';
import { duration } from '../../lib/time.ts';
import type { Node } from '../../lib/waterfall.ts';
import { ServiceMark, useShade } from './service-mark.tsx';

/** Beyond this depth rows are no longer indented further: their names must stay in view. */
const DEEPEST_INDENT = 14;

interface RowProps {
  node: Node;
  /** Nanoseconds of the whole trace. */
  total: number;
  top: number;
  isFolded: boolean;
  isSelected: boolean;
  /** How severe the attack on this span is, if there is one. */
  pin: Severity | undefined;
  onSelect: () => void;
  onFold: () => void;
}

/** One span of the waterfall: its place in the tree, and its time. The tree handles the keys. */
export function WaterfallRow({ node, total, top, isFolded, isSelected, pin, onSelect, onFold }: RowProps) {
  const { span, depth, start, end, children, index } = node;
  const took = duration(span.duration);
  const left = (start / total) * 100;
  const width = ((end - start) / total) * 100;
  const shade = useShade(span.service);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
    <div
      role="treeitem"
      id={`span-${index}`}
      className="waterfall-row"
      aria-level={depth + 1}
      aria-selected={isSelected}
      aria-expanded={children.length > 0 ? !isFolded : undefined}
      style={{ top }}
      onClick={onSelect}
    >
      <div className="waterfall-name" style={{ paddingLeft: Math.min(depth, DEEPEST_INDENT) * 12 }}>
        {children.length > 0 ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; arrow keys fold
          // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; arrow keys fold
          <span
            className="waterfall-caret"
            data-folded={isFolded || undefined}
            onClick={(event) => {
              event.stopPropagation();
              onFold();
            }}
          />
        ) : (
          <span className="waterfall-leaf" />
        )}
        <ServiceMark service={span.service} />
        <span className="visually-hidden">{span.service} </span>
        <span className="waterfall-label" title={`${span.service}: ${labelOf(node)}`}>
          {labelOf(node)}
        </span>
        {span.error === 1 && <span className="tag">error</span>}
      </div>
      <div className="waterfall-time">
        <span
          className="waterfall-bar"
          data-shade={shade}
          style={{ left: `${left}%`, width: `max(2px, ${width}%)` }}
        />
        <span className="waterfall-took" style={{ left: `calc(${left + width}% + 6px)` }}>
          {took}
        </span>
        {pin !== undefined && (
          <span className="waterfall-pin" data-severity={pin} style={{ left: `${left}%` }}>
            <span className="visually-hidden"> attack, {severityName(pin).toLowerCase()}</span>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="M6 0 12 6 6 12 0 6z" />
            </svg>
          </span>
        )}
      </div>
    </div>
  );
}

/** What the span did: a request's route, a statement, or its name. */
function labelOf({ span }: Node): string {
  return span.type === 'web' || span.type === 'db' ? span.resource || span.name : span.name;
}
