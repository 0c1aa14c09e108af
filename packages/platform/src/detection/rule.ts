import { z } from 'zod';
import { SEVERITIES } from '../signals/severity.ts';

/** Durations that Datadog's rules may have, in seconds. */
const DURATIONS = [0, 60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400] as const;
const duration = z
  .number()
  .refine(
    (seconds) => (DURATIONS as readonly number[]).includes(seconds),
    `must be one of ${DURATIONS.join(', ')}`,
  );

const query = z.object({
  /** Its name in conditions; a, b, c… by its place where it has none. */
  name: z.string().default(''),
  query: z.string(),
  aggregation: z.enum(['count', 'cardinality', 'max', 'sum']).default('count'),
  groupByFields: z.array(z.string().min(1)).max(8).default([]),
  /** What `cardinality` counts the different values of. */
  distinctFields: z.array(z.string().min(1)).max(8).default([]),
  /** What `max` and `sum` are taken of. */
  metric: z.string().nullish(),
  /** Whether an event without a value to group by counts, as `N/A`; otherwise it is left out. */
  hasOptionalGroupByFields: z.boolean().default(false),
  /** A further query that an event must match. */
  customQueryExtension: z.string().optional(),
});

/** A detection rule's definition in Datadog's shape. Fields that evaluation does not read are kept as they are. */
export const ruleDefinition = z.looseObject({
  name: z.string().min(1),
  message: z.string(),
  type: z.literal('application_security').default('application_security'),
  queries: z.array(query).min(1).max(10),
  cases: z
    .array(
      z.looseObject({
        name: z.string().default(''),
        condition: z.string().min(1),
        status: z.enum(SEVERITIES),
      }),
    )
    .min(1)
    .max(20),
  options: z.looseObject({
    detectionMethod: z.literal('threshold').default('threshold'),
    /** Seconds: the sliding window in which events are counted. */
    evaluationWindow: duration,
    /** Seconds that a signal stays open after events last triggered it. */
    keepAlive: duration,
    /** Seconds after which a signal is closed, whatever comes. */
    maxSignalDuration: duration,
    /** One level less severe where the env begins with staging, test or dev. */
    decreaseCriticalityBasedOnEnv: z.boolean().default(false),
  }),
  filters: z.array(z.object({ action: z.enum(['require', 'suppress']), query: z.string() })).default([]),
  tags: z.array(z.string()).default([]),
});

export type RuleDefinition = z.infer<typeof ruleDefinition>;
/** A definition as it is written, defaults left out. */
export type RuleDefinitionInput = z.input<typeof ruleDefinition>;
