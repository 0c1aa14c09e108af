import type { State } from '../state/state.ts';
import { DEFAULT_RULES, type DefaultRule } from './default-rules.ts';

/**
 * Brings the default rules into the state. A rule that people have edited keeps their definition, and every rule keeps
 * whether it is enabled; the others get the definition of the version that is shipped, if that is newer.
 */
export async function seedDefaultRules(
  state: State,
  rules: readonly DefaultRule[] = DEFAULT_RULES,
): Promise<void> {
  await state.transaction(async (query) => {
    for (const { id, version, definition } of rules)
      await query(SEED, [id, version, JSON.stringify(definition)]);
  });
}

const SEED = `
INSERT INTO detection_rules (id, is_default, definition, default_version, default_definition)
VALUES ($1, true, $3::jsonb, $2, $3::jsonb)
ON CONFLICT (id) DO UPDATE SET
  definition = CASE WHEN detection_rules.definition = detection_rules.default_definition
                    THEN excluded.definition ELSE detection_rules.definition END,
  version = detection_rules.version +
            CASE WHEN detection_rules.definition = detection_rules.default_definition
                  AND detection_rules.definition <> excluded.definition THEN 1 ELSE 0 END,
  default_version = excluded.default_version,
  default_definition = excluded.default_definition,
  updated_at = now()
WHERE detection_rules.is_default AND detection_rules.default_version < excluded.default_version`;
