import type { Attributes } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import type { Addresses } from '../../guard/check.ts';
import type { SpanDescription } from '../engine/sink.ts';

const MAX_QUERY_LENGTH = 4096;

/** The systems, as OpenTelemetry and the ruleset format both name them. */
export type DatabaseSystem = 'postgresql' | 'sqlite';

/** What the WAF looks at before a statement runs. */
export function statementAddresses(text: unknown, system: DatabaseSystem): Addresses[] {
  if (typeof text !== 'string' || text === '') return [];
  return [{ 'server.db.statement': text, 'server.db.system': system }];
}

/**
 * The span of a statement (OpenTelemetry semantic conventions, database client spans). Literals are left out of the
 * text unless values are bound, in which case the text is the program's own.
 */
export function statementSpan(
  text: string,
  system: DatabaseSystem,
  hasBoundValues: boolean,
  others: Attributes = {},
): SpanDescription {
  const shown = text.slice(0, MAX_QUERY_LENGTH);
  const operation = /^[\s(]*([a-z]+)/i.exec(shown)?.[1]?.toUpperCase();
  const attributes: Attributes = {
    ...others,
    [ATTRIBUTE.dbSystem]: system,
    [ATTRIBUTE.dbQuery]: hasBoundValues ? shown : withoutLiterals(shown),
  };
  if (operation !== undefined) attributes[ATTRIBUTE.dbOperation] = operation;
  const namespace = attributes[ATTRIBUTE.dbNamespace];
  return { name: [operation ?? system, namespace].filter(Boolean).join(' '), attributes };
}

/** A statement with `?` for each string and number. Linear: no alternative can begin where another has. */
export function withoutLiterals(text: string): string {
  return text.replace(/'(?:[^']|'')*(?:'|$)|\b\d[\w.]*/g, '?');
}
