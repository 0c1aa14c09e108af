import type { Action } from '../ruleset/specification.ts';
import type { WafEvent } from '../types.ts';

const STACK = 'generate_stack';
const REDIRECT = 'redirect_request';
const BLOCK = 'block_request';

/** What a match asks the host to do. */
export interface ActionRequest {
  /** Ids of actions, of which some may be undefined. */
  readonly onMatch: readonly string[];
  /** An exclusion's `on_match`: takes the place of blocking and `monitor`. */
  readonly override: string | undefined;
}

export interface ResolvedActions {
  /** Parameters by type, for the host. */
  actions: Record<string, Record<string, unknown>>;
  /** For each request, what its event reports: the actions, and the ids of stacks and blocks. */
  reports: { onMatch: string[]; ids: Pick<WafEvent, 'stack_id' | 'security_response_id'> }[];
}

type Actions = ReadonlyMap<string, Action>;

export function isBlocking(action: Action | undefined): boolean {
  return action?.type === BLOCK || action?.type === REDIRECT;
}

/** Actions of which one excludes the other: a request is either stopped or watched. */
export function isModal(action: Action | undefined): boolean {
  return isBlocking(action) || action?.type === 'monitor';
}

/**
 * Unites what the matches of one run ask for: one action of a type, the first; a redirection rather than a block; one
 * id for all stacks and one for all blocks, which `newId` gives. Undefined actions are reported but have no effect.
 */
export function resolveActions(
  requests: readonly ActionRequest[],
  defined: Actions,
  newId: () => string,
): ResolvedActions {
  const effective = requests.map((request) => effectiveIds(request, defined));
  const chosen = new Map<string, Action>();
  for (const id of effective.flat()) {
    const action = defined.get(id);
    if (action && !chosen.has(action.type)) chosen.set(action.type, action);
  }
  if (chosen.has(REDIRECT)) chosen.delete(BLOCK);

  const isStack = (action: Action | undefined) => action?.type === STACK;
  const types = [...chosen.values()];
  const blockId = types.some(isBlocking) && { security_response_id: newId() };
  const stackId = types.some(isStack) && { stack_id: newId() };
  return {
    actions: Object.fromEntries(
      types
        .filter(({ type }) => type !== 'monitor')
        .map((action) => [
          action.type,
          isStack(action) ? { ...stackId } : { ...action.parameters, ...(isBlocking(action) && blockId) },
        ]),
    ),
    reports: effective.map((onMatch) => {
      const named = onMatch.map((id) => defined.get(id));
      return {
        onMatch,
        ids: { ...(named.some(isStack) && stackId), ...(named.some(isBlocking) && blockId) },
      };
    }),
  };
}

function effectiveIds({ onMatch, override }: ActionRequest, defined: Actions): string[] {
  if (override === undefined || !isModal(defined.get(override))) return [...onMatch];
  return [override, ...onMatch.filter((id) => !isModal(defined.get(id)))];
}
