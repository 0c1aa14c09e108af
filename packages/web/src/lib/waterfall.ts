/** A trace as a tree of spans, and where each of them stands in time. */
import type { Span } from '../api/client.ts';

/** A span in its place. `start` and `end` in nanoseconds from the beginning of the trace. */
export interface Node {
  /** Its place in the order of the whole tree; it does not change when branches fold. */
  index: number;
  span: Span;
  depth: number;
  start: number;
  end: number;
  /** Nanoseconds in which none of its children ran. */
  selfTime: number;
  children: Node[];
  parent: Node | undefined;
}

export interface Waterfall {
  /** Depth first, siblings by their start. */
  nodes: Node[];
  /** Nanoseconds from the first start to the last end; never 0. */
  duration: number;
  /** In the order in which the trace reached them. */
  services: ServiceShare[];
}

export interface ServiceShare {
  service: string;
  spans: number;
  /** Nanoseconds that its spans spent on their own; over all services they may be more than the trace took. */
  selfTime: number;
  /** Of all services' own time, 0 to 1. */
  share: number;
}

/** Lays out a trace. Spans whose parent is missing stand at the top; a ring of parents is cut open. */
export function layOut(spans: readonly Span[]): Waterfall {
  const first = spans.reduce((least, span) => Math.min(least, span.startTime), Number.POSITIVE_INFINITY);
  const all = [...spans].sort((a, b) => a.startTime - b.startTime).map((span) => newNode(span, first));
  const byId = new Map<string, Node>();
  for (const node of all) if (!byId.has(node.span.spanIDHex)) byId.set(node.span.spanIDHex, node);
  const roots: Node[] = [];
  for (const node of all) {
    const parent = node.span.parentIDHex === '' ? undefined : byId.get(node.span.parentIDHex);
    if (parent === undefined || parent === node) roots.push(node);
    else {
      node.parent = parent;
      parent.children.push(node);
    }
  }
  const nodes = depthFirst(roots);
  if (nodes.length < all.length) {
    // Rings hang on no root: each is cut at its earliest span.
    const reached = new Set(nodes);
    for (const node of all) {
      if (reached.has(node)) continue;
      if (node.parent) node.parent.children = node.parent.children.filter((child) => child !== node);
      node.parent = undefined;
      for (const found of depthFirst([node])) {
        reached.add(found);
        nodes.push(found);
      }
    }
  }
  for (const [index, node] of nodes.entries()) {
    node.index = index;
    node.selfTime = selfTime(node);
  }
  const duration = nodes.reduce((most, node) => Math.max(most, node.end), 1);
  return { nodes, duration, services: serviceShares(nodes) };
}

/** The nodes that are not below a folded one, in order. */
export function visibleNodes(nodes: readonly Node[], folded: ReadonlySet<number>): Node[] {
  if (folded.size === 0) return [...nodes];
  const visible: Node[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (node.depth > hiddenBelow) continue;
    visible.push(node);
    hiddenBelow = folded.has(node.index) && node.children.length > 0 ? node.depth : Number.POSITIVE_INFINITY;
  }
  return visible;
}

/** Which rows to draw: those in view, and `margin` more at both ends. Half open. */
export function rowsInView(
  view: { top: number; height: number; rowHeight: number; rows: number },
  margin = 10,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(view.top / view.rowHeight) - margin);
  const to = Math.min(view.rows, Math.ceil((view.top + view.height) / view.rowHeight) + margin);
  return { from: Math.min(from, view.rows), to: Math.max(to, 0) };
}

/** Round times for an axis, from 0 up to the duration, at most `most` steps; nanoseconds. */
export function ticks(duration: number, most: number): number[] {
  const rough = duration / Math.max(1, most);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? magnitude * 10;
  const result: number[] = [];
  for (let index = 0; index * step <= duration; index++) result.push(index * step);
  return result;
}

function newNode(span: Span, first: number): Node {
  const start = span.startTime - first;
  const end = start + span.duration;
  return { index: 0, span, depth: 0, start, end, selfTime: span.duration, children: [], parent: undefined };
}

function depthFirst(roots: readonly Node[]): Node[] {
  const nodes: Node[] = [];
  const stack = [...roots].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    node.depth = node.parent === undefined ? 0 : node.parent.depth + 1;
    nodes.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index]!);
  }
  return nodes;
}

/** Children may overlap each other and outlive their parent; what counts is the time in which none of them ran. */
function selfTime({ start, end, children }: Node): number {
  let covered = 0;
  let until = start;
  for (const child of children) {
    const from = Math.max(child.start, until);
    const to = Math.min(child.end, end);
    if (to > from) {
      covered += to - from;
      until = to;
    }
  }
  return end - start - covered;
}

function serviceShares(nodes: readonly Node[]): ServiceShare[] {
  const byService = new Map<string, ServiceShare>();
  let total = 0;
  for (const { span, selfTime } of nodes) {
    const entry = byService.get(span.service) ?? { service: span.service, spans: 0, selfTime: 0, share: 0 };
    entry.spans++;
    entry.selfTime += selfTime;
    total += selfTime;
    byService.set(span.service, entry);
  }
  for (const entry of byService.values()) entry.share = total === 0 ? 0 : entry.selfTime / total;
  return [...byService.values()];
}
