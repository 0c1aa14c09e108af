import type { WafResult } from '@wardline/waf';
import type { RequestState } from '../context/request.ts';
import { attributeValue } from './attribute-value.ts';
import { type Block, blockOf } from './block.ts';
import { swallow } from './faults.ts';
import { reportEvents } from './report.ts';
import { takeStack } from './stack.ts';

export type Addresses = Record<string, unknown>;

/** A rule matched; with a block where it is to be stopped. */
export interface Verdict {
  readonly block: Block | undefined;
}

/**
 * Microseconds that one check may take. The clock also runs while the process waits for the processor, which on a busy
 * machine, or at a container's limit, is longer than any check takes by itself; a check that is cut short sees nothing.
 * What bounds the work itself are the sizes that the rules look at.
 */
const TIMEOUT = 50_000;

/** Bounds of what one request collects: a flood of matches must not become a flood of data. */
const MAX_EVENTS = 64;
const MAX_STACKS = 4;
const MAX_VERDICTS = 256;

/**
 * Gives the WAF a request's inputs as they become known; they stay known to its later checks. Returns the block that
 * is to be answered, or undefined. Only block mode blocks: in monitor mode a match of the block list is reported like any
 * other. Never throws. On the request path.
 */
export function checkInputs(state: RequestState, addresses: Addresses): Block | undefined {
  try {
    const waf = state.agent.waf();
    if (waf === undefined || state.agent.mode() === 'off') return undefined;
    const known: Addresses = {};
    let any = false;
    for (const address in addresses) {
      if (!waf.knownAddresses.has(address) || addresses[address] === undefined) continue;
      known[address] = addresses[address];
      any = true;
    }
    if (!any) return undefined;
    state.verdicts.clear();
    state.waf ??= waf.newContext();
    return settle(state, state.waf.run(known, { timeout: TIMEOUT }));
  } catch (error) {
    swallow(state.agent, 'guard.check', error);
    return undefined;
  }
}

/**
 * Checks a sink's argument against the request's inputs before the sink runs. Returns what a rule said of it, or
 * undefined. The same argument is looked at once until another input becomes known; its verdict holds. Never throws. On
 * the request path.
 */
export function checkSink(state: RequestState, addresses: Addresses): Verdict | undefined {
  try {
    const waf = state.agent.waf();
    // Without a WAF context no input that a rule reads has come in, so no argument can have come from one.
    if (waf === undefined || state.waf === undefined || state.agent.mode() === 'off') return undefined;
    let key = '';
    for (const address in addresses) {
      if (!waf.knownAddresses.has(address)) continue;
      const value = addresses[address];
      key += `${address}\0${Array.isArray(value) ? value.join('\0') : String(value)}\0\0`;
    }
    if (key === '') return undefined;
    if (state.verdicts.has(key)) return state.verdicts.get(key);
    const result = state.waf.run({}, { ephemeral: addresses, timeout: TIMEOUT });
    const block = settle(state, result);
    const verdict = result.events.length > 0 || block !== undefined ? { block } : undefined;
    if (state.verdicts.size >= MAX_VERDICTS) state.verdicts.clear();
    state.verdicts.set(key, verdict);
    return verdict;
  } catch (error) {
    swallow(state.agent, 'guard.check', error);
    return undefined;
  }
}

function settle(state: RequestState, result: WafResult): Block | undefined {
  state.wafDuration += result.duration;
  if (result.timedOut) state.wafTimeouts++;
  if (result.truncated !== undefined) {
    state.truncated ??= {};
    for (const [limit, count] of Object.entries(result.truncated)) {
      state.truncated[limit] = (state.truncated[limit] ?? 0) + count;
    }
  }
  for (const name in result.attributes) {
    state.span.setAttribute(name, attributeValue(result.attributes[name]));
  }
  const block = state.agent.mode() === 'block' ? blockOf(result.actions) : undefined;
  if (result.events.length > 0 && state.events.length < MAX_EVENTS) {
    const stackId = result.actions.generate_stack?.stack_id;
    if (typeof stackId === 'string' && state.stacks.length < MAX_STACKS)
      state.stacks.push(takeStack(stackId));
    state.events.push(...result.events.slice(0, MAX_EVENTS - state.events.length));
    reportEvents(state, block !== undefined);
  }
  return block;
}
