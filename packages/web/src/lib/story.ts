/** What an attack did in a request, in the order in which it happened. */
import type { Span } from '../api/client.ts';
import { ANONYMOUS, type Attack, frameText, type Place } from './attacks.ts';
import { commonStretches } from './highlight.ts';
import { addressName, typeName } from './names.ts';
import { duration } from './time.ts';

export interface Step {
  kind: 'input' | 'code' | 'sink' | 'outcome';
  title: string;
  /** Shown in monospace below the title. */
  detail: string;
  /** What of the detail is the attacker's. */
  marks: string[];
}

/** Own frames that are named; between the request and the sink there are seldom more. */
const MOST_FRAMES = 3;

/** Input → functions → query or command → outcome. `span` is the service-entry span that carries the attack. */
export function story(span: Span, attack: Attack): Step[] {
  const { input, sink, frames } = attack;
  const own = frames.filter(({ inApp }) => inApp).slice(0, MOST_FRAMES);
  const steps: Step[] = [];
  if (input) {
    const key = input.keyPath === '' ? '' : ` ${input.keyPath}`;
    const from = span.meta['client.address'] ?? span.meta['http.client_ip'];
    steps.push({
      kind: 'input',
      title: `${from ?? 'A client'} sent the ${addressName(input.address)}${key} to ${span.service}`,
      detail: input.value,
      marks: attack.highlight,
    });
  }
  // The outermost function comes first in time.
  for (const frame of [...own].reverse()) {
    const name = frame.function === ANONYMOUS ? 'An unnamed function' : frame.function;
    const title = `${name} ${frame === own[0] ? 'handed it to the call' : 'passed it on'}`;
    steps.push({ kind: 'code', title, detail: frameText(frame), marks: [] });
  }
  if (sink) {
    const verb = attack.blocked ? 'It was about to become' : 'It became';
    steps.push({
      kind: 'sink',
      title: `${verb} part of the ${addressName(sink.address)}`,
      detail: sink.value,
      marks: marksIn(sink, attack),
    });
  }
  steps.push(outcome(span, attack));
  return steps;
}

/** Shorter stretches are alike by chance. */
const LEAST_STRETCH = 6;

/**
 * What of the input stands in the sink's argument: the whole of it or, where the agent has masked literals of the
 * argument, the stretches between them.
 */
export function marksIn(sink: Place, { input, highlight }: Attack): string[] {
  const argument = sink.value.toLowerCase();
  const whole = [input?.value ?? '', ...highlight];
  const marks = whole.filter((mark) => mark.length > 1 && argument.includes(mark.toLowerCase()));
  return marks.length > 0
    ? [...new Set(marks)]
    : commonStretches(input?.value ?? '', sink.value, LEAST_STRETCH);
}

function outcome(span: Span, attack: Attack): Step {
  const status = span.meta['http.response.status_code'] ?? span.meta['http.status_code'];
  const answer =
    status === undefined
      ? `${span.service} took ${duration(span.duration)}`
      : `${span.service} answered ${status} after ${duration(span.duration)}`;
  const failed = span.error === 1 || Number(status) >= 500;
  const title = attack.blocked
    ? `Blocked${attack.sink ? ' before it ran' : ' at the door'}`
    : attack.isExploit
      ? failed
        ? 'It ran, and the request failed'
        : 'It ran: nothing stopped it'
      : `Reported, not blocked: no dangerous call was reached by this ${typeName(attack.type)} attempt`;
  return { kind: 'outcome', title, detail: answer, marks: [] };
}
