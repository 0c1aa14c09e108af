import type { Logger } from 'pino';
import type { State } from '../state/state.ts';
import { type CompiledRule, compileRule, RuleError, type StoredRule } from './compile-rule.ts';

type Row = StoredRule & { updated_at: Date };

/** `rule` is undefined where it can't be read. */
interface Entry {
  stamp: string;
  rule: CompiledRule | undefined;
}

/** The enabled rules of the state, compiled anew only where they have changed. */
export class RuleSet {
  readonly #state: State;
  readonly #log: Pick<Logger, 'error'>;
  #entries = new Map<string, Entry>();

  constructor(state: State, log: Pick<Logger, 'error'>) {
    this.#state = state;
    this.#log = log;
  }

  /** The rules as they were last loaded. */
  get rules(): CompiledRule[] {
    return [...this.#entries.values()].flatMap(({ rule }) => (rule ? [rule] : []));
  }

  /** Loads the rules. One that can't be read is logged, once for each of its versions, and left out. */
  async load(): Promise<void> {
    const rows = await this.#state.query<Row>(
      `SELECT id, version, is_default, default_version, definition, updated_at
       FROM detection_rules WHERE enabled ORDER BY id`,
    );
    const entries = new Map<string, Entry>();
    for (const row of rows) {
      const stamp = `${row.version} ${row.updated_at.getTime()}`;
      const known = this.#entries.get(row.id);
      entries.set(row.id, known?.stamp === stamp ? known : { stamp, rule: this.#compile(row) });
    }
    this.#entries = entries;
  }

  #compile(row: Row): CompiledRule | undefined {
    try {
      return compileRule(row);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.#log.error({ rule: row.id, err: error }, 'detection rule left out: it is invalid');
      return undefined;
    }
  }
}
