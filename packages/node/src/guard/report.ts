import { type Attributes, SpanKind, trace } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import { TRACER_NAME } from '../context/our-tracer.ts';
import type { RequestState } from '../context/request.ts';

/**
 * Writes the request's events and stacks on its entry span. Called after each check that found something; `blocks` says
 * whether that check asks for a block.
 */
export function reportEvents(state: RequestState, blocks: boolean): void {
  const attributes: Attributes = {
    [ATTRIBUTE.appsecEvent]: true,
    [ATTRIBUTE.appsecTriggers]: JSON.stringify({ triggers: state.events }),
  };
  if (state.stacks.length > 0) attributes[ATTRIBUTE.appsecStack] = JSON.stringify(state.stacks);
  if (!state.ended) {
    state.span.setAttributes(attributes);
    return;
  }
  // The response is out, or the client is gone, but the handler still runs. What it does must not go unseen.
  const late = trace
    .getTracer(TRACER_NAME)
    .startSpan('appsec after response', { kind: SpanKind.INTERNAL, attributes }, state.context);
  if (blocks) late.setAttribute(ATTRIBUTE.appsecBlocked, true);
  late.end();
  state.events.length = 0;
  state.stacks.length = 0;
}

/** Notes on the entry span that the request was answered by a block, or that it could not be any more. */
export function reportBlock(state: RequestState): void {
  state.span.setAttribute(ATTRIBUTE.appsecBlocked, true);
  if (state.blockFailed) state.span.setAttribute(ATTRIBUTE.appsecBlockFailed, true);
}

/** Writes what the WAF did for the request on its entry span. Called once, when the request is over. */
export function reportWaf(state: RequestState): void {
  const waf = state.agent.waf();
  const mode = state.agent.mode();
  if (waf === undefined || mode === 'off') return;
  const attributes: Attributes = {
    [ATTRIBUTE.appsecEnabled]: true,
    [ATTRIBUTE.appsecMode]: mode,
    [ATTRIBUTE.appsecWafDuration]: Math.round(state.wafDuration),
  };
  if (waf.rulesVersion !== undefined) attributes[ATTRIBUTE.appsecRulesVersion] = waf.rulesVersion;
  if (state.wafTimeouts > 0) attributes[ATTRIBUTE.appsecWafTimeouts] = state.wafTimeouts;
  if (state.truncated !== undefined) {
    attributes[ATTRIBUTE.appsecTruncated] = JSON.stringify(state.truncated);
  }
  state.span.setAttributes(attributes);
}
