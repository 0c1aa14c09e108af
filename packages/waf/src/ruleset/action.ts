import { get, isScalar, type JsonObject, numberFrom, objectAt, stringAt } from './json.ts';
import type { Action } from './specification.ts';

type Parameters = Record<string, string | number | boolean>;

/** Actions that every ruleset can name without defining them. */
export const DEFAULT_ACTIONS: readonly Action[] = [
  {
    id: 'block',
    type: 'block_request',
    parameters: { status_code: 403, type: 'auto', grpc_status_code: 10 },
  },
  { id: 'stack_trace', type: 'generate_stack', parameters: {} },
  { id: 'extract_schema', type: 'generate_schema', parameters: {} },
  { id: 'monitor', type: 'monitor', parameters: {} },
];

const BLOCK = DEFAULT_ACTIONS[0]!;
/** Filled in at run time, so a ruleset cannot set them. */
const RESERVED_PARAMETERS = new Set(['security_response_id', 'stack_id']);
const NUMERIC_PARAMETERS = new Set(['status_code', 'grpc_status_code']);
const REDIRECT_STATUS = new Set([301, 302, 303, 307]);
const DEFAULT_REDIRECT_STATUS = 303;

/** Reads one element of `actions`. Types that the engine doesn't know pass through to the host. Throws a Fault. */
export function parseAction(element: JsonObject, id: string): Action {
  const type = stringAt(element, 'type');
  const parameters = parseParameters(objectAt(element, 'parameters'));
  if (type === 'block_request') return { id, type, parameters: { ...BLOCK.parameters, ...parameters } };
  if (type === 'redirect_request') return redirect(id, parameters);
  return { id, type, parameters };
}

/** A redirection that leads nowhere safe becomes a block: the rule wanted the request stopped. */
function redirect(id: string, parameters: Parameters): Action {
  const location = get(parameters, 'location');
  if (typeof location !== 'string' || !/^(?:https?:\/\/[^/]|\/)/i.test(location)) return { ...BLOCK, id };
  const status = numberFrom(get(parameters, 'status_code'));
  const allowed = status !== undefined && REDIRECT_STATUS.has(status);
  return {
    id,
    type: 'redirect_request',
    parameters: { ...parameters, status_code: allowed ? status : DEFAULT_REDIRECT_STATUS },
  };
}

/** Keeps scalars; a number in a string is taken as the number where the host expects one. */
function parseParameters(object: JsonObject): Parameters {
  const entries: [string, string | number | boolean][] = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (RESERVED_PARAMETERS.has(key)) continue;
    if (isScalar(value))
      entries.push([key, NUMERIC_PARAMETERS.has(key) ? (numberFrom(value) ?? value) : value]);
  }
  return Object.fromEntries(entries);
}
