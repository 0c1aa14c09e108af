import type { Action } from '../ruleset/specification.ts';

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
  /** For each request, what its event reports. */
  reports: { onMatch: string[]; stackId: string | undefined; securityResponseId: string | undefined }[];
}

type Actions = ReadonlyMap<string, Action>;

export function isBlocking(action: Action | undefined): boolean {
  return action?.type === 'block_request' || action?.type === 'redirect_request';
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
    if (action !== undefined && !chosen.has(action.type)) chosen.set(action.type, action);
  }
  if (chosen.has('redirect_request')) chosen.delete('block_request');

  const types = [...chosen.values()];
  const securityResponseId = types.some(isBlocking) ? newId() : undefined;
  const stackId = chosen.has('generate_stack') ? newId() : undefined;
  const actions: [string, Record<string, unknown>][] = types
    .filter((action) => action.type !== 'monitor')
    .map((action) => {
      if (isBlocking(action)) {
        return [action.type, { ...action.parameters, security_response_id: securityResponseId }];
      }
      return [
        action.type,
        action.type === 'generate_stack' ? { stack_id: stackId } : { ...action.parameters },
      ];
    });

  return {
    actions: Object.fromEntries(actions),
    reports: effective.map((onMatch) => ({
      onMatch,
      stackId: onMatch.some((id) => defined.get(id)?.type === 'generate_stack') ? stackId : undefined,
      securityResponseId: onMatch.some((id) => isBlocking(defined.get(id))) ? securityResponseId : undefined,
    })),
  };
}

function effectiveIds({ onMatch, override }: ActionRequest, defined: Actions): string[] {
  if (override === undefined || !isModal(defined.get(override))) return [...onMatch];
  return [override, ...onMatch.filter((id) => !isModal(defined.get(id)))];
}
