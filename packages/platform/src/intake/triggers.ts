import { z } from 'zod';

/** Triggers of one span that become events; a request that matches more rules is described well enough by these. */
const MAX_TRIGGERS = 256;

const Location = z.object({
  address: z.string().catch(''),
  key_path: z.array(z.union([z.string(), z.number()])).catch([]),
  value: z.string().catch(''),
});

const Parameter = z.object({
  address: z.string().optional(),
  key_path: z.array(z.union([z.string(), z.number()])).catch([]),
  value: z.string().catch(''),
  /** Of an exploit detector: the input that stands in the sink's argument. */
  params: Location.optional().catch(undefined),
  highlight: z.array(z.string()).catch([]),
});

const Match = z.object({
  operator: z.string().catch(''),
  parameters: z.array(Parameter).catch([]),
});

const Trigger = z.object({
  rule: z.object({
    id: z.string(),
    name: z.string().catch(''),
    tags: z.record(z.string(), z.unknown()).catch({}),
    on_match: z.array(z.string()).catch([]),
  }),
  rule_matches: z.array(Match).catch([]),
  stack_id: z.string().optional().catch(undefined),
  security_response_id: z.string().optional().catch(undefined),
});
export type Trigger = z.infer<typeof Trigger>;

export interface ParsedTriggers {
  /** Each with the JSON that it came as. */
  triggers: { trigger: Trigger; json: string }[];
  /** Whether the text, or one of its triggers, is not what it should be. */
  malformed: boolean;
}

/**
 * Parses `{"triggers":[…]}`, Datadog's shape (`WafEvent` of `@wardline/waf`). A trigger needs a rule with an id; what
 * else is missing or of another type counts as empty. Never throws.
 */
export function parseTriggers(text: string): ParsedTriggers {
  const list = parseList(text);
  if (!list) return { triggers: [], malformed: true };
  const triggers: ParsedTriggers['triggers'] = [];
  let malformed = list.length > MAX_TRIGGERS;
  for (const item of list.slice(0, MAX_TRIGGERS)) {
    const parsed = Trigger.safeParse(item);
    if (parsed.success) triggers.push({ trigger: parsed.data, json: JSON.stringify(item) });
    else malformed = true;
  }
  return { triggers, malformed };
}

function parseList(text: string): unknown[] | undefined {
  try {
    const { triggers } = JSON.parse(text) as { triggers?: unknown };
    return Array.isArray(triggers) ? triggers : undefined;
  } catch {
    return undefined;
  }
}
