import type { SecurityEvent } from '@wardline/telemetry';
import {
  eventReader,
  type FieldReference,
  parseQuery,
  type Query,
  QuerySyntaxError,
  reference,
  toPredicate,
} from '../search/index.ts';
import { compareSeverity, type Severity } from '../signals/severity.ts';
import { type Condition, ConditionSyntaxError, parseCondition } from './condition.ts';
import { type RuleDefinition, ruleDefinition } from './rule.ts';

/** A row of `detection_rules`. */
export interface StoredRule {
  id: string;
  version: number;
  is_default: boolean;
  default_version: number | null;
  definition: unknown;
}

/** A rule whose queries and conditions have been read. */
export interface CompiledRule {
  id: string;
  version: number;
  isDefault: boolean;
  defaultVersion: number | null;
  definition: RuleDefinition;
  queries: readonly CompiledQuery[];
  /** The most severe first; of equal severity in the rule's order. */
  cases: readonly { name: string; text: string; status: Severity; condition: Condition }[];
  groupBy: readonly FieldReference[];
  optionalGroups: boolean;
  /** Whether an event could change what the rule finds. */
  concerns(event: SecurityEvent): boolean;
}

export interface CompiledQuery {
  name: string;
  query: Query;
  aggregation: RuleDefinition['queries'][number]['aggregation'];
  distinct: readonly FieldReference[];
  metric: FieldReference | undefined;
}

/** A rule that can't be evaluated; the message names the part at fault. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly code = 'rule_invalid';
}

/** Reads a rule. Throws RuleError. */
export function compileRule(stored: StoredRule): CompiledRule {
  const parsed = ruleDefinition.safeParse(stored.definition);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new RuleError(`${issue.path.join('.')}: ${issue.message}`);
  }
  const definition = parsed.data;
  const filters = definition.filters.map((filter, index): Query => {
    const query = read(`filters.${index}.query`, filter.query);
    return filter.action === 'require' ? query : { kind: 'not', operand: query };
  });
  const queries = definition.queries.map((query, index): CompiledQuery => {
    const at = `queries.${index}`;
    const extension = query.customQueryExtension;
    const operands = [
      read(`${at}.query`, query.query),
      ...(extension ? [read(`${at}.customQueryExtension`, extension)] : []),
      ...filters,
    ];
    const needsMetric = query.aggregation === 'max' || query.aggregation === 'sum';
    if (needsMetric && !query.metric) throw new RuleError(`${at}.metric: ${query.aggregation} needs a field`);
    if (query.aggregation === 'cardinality' && query.distinctFields.length === 0)
      throw new RuleError(`${at}.distinctFields: cardinality needs a field`);
    return {
      name: queryName(query.name, index),
      query: operands.length === 1 ? operands[0]! : { kind: 'and', operands },
      aggregation: query.aggregation,
      distinct: query.distinctFields.map((field) => reference(field)),
      metric: needsMetric ? reference(query.metric!) : undefined,
    };
  });
  const names = queries.map((query) => query.name);
  if (new Set(names).size < names.length) throw new RuleError('queries: two have the same name');
  const predicates = queries.map((query) =>
    attempt('queries', () => toPredicate(query.query, eventReader, 0)),
  );
  return {
    id: stored.id,
    version: stored.version,
    isDefault: stored.is_default,
    defaultVersion: stored.default_version,
    definition,
    queries,
    cases: definition.cases
      .map(({ name, condition, status }, index) => ({
        name,
        text: condition,
        status,
        condition: attempt(`cases.${index}.condition`, () => parseCondition(condition, names)),
      }))
      .sort((a, b) => compareSeverity(b.status, a.status)),
    groupBy: groupByOf(definition).map((field) => reference(field)),
    optionalGroups: definition.queries.every((query) => query.hasOptionalGroupByFields),
    concerns: (event) => predicates.some((predicate) => predicate(event)),
  };
}

/** All queries of a rule group by the same fields, so that their results can stand side by side in a condition. */
function groupByOf(definition: RuleDefinition): readonly string[] {
  const [first, ...others] = definition.queries;
  const fields = new Set(first!.groupByFields);
  for (const [index, { groupByFields }] of others.entries()) {
    if (groupByFields.length !== fields.size || !groupByFields.every((field) => fields.has(field)))
      throw new RuleError(`queries.${index + 1}.groupByFields: must be the same as the first query's`);
  }
  return [...fields];
}

/** Datadog's names for queries that have none: a, b, c… */
export function queryName(name: string, index: number): string {
  return name === '' ? String.fromCharCode('a'.charCodeAt(0) + index) : name;
}

const read = (part: string, query: string): Query => attempt(part, () => parseQuery(query));

function attempt<T>(part: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof QuerySyntaxError || error instanceof ConditionSyntaxError)
      throw new RuleError(`${part}: ${error.message}`);
    throw error;
  }
}
