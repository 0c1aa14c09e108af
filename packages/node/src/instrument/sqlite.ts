import type { Agent } from '../init/agent.ts';
import type { PackageHook } from './engine/package-hook.ts';
import { type Sink, wrapSink, wrapSinks } from './engine/sink.ts';
import { synchronous } from './engine/styles.ts';
import { type Callable, imitate, wrapMethod } from './engine/wrap.ts';
import { statementAddresses, statementSpan } from './request/sql.ts';

/** A prepared statement of `better-sqlite3` or `node:sqlite`, each of which has its text under its own name. */
interface Statement {
  source?: unknown;
  sourceSQL?: unknown;
}

/** Runs statements at once, as they are given. */
const EXEC: Sink = {
  method: 'exec',
  style: synchronous,
  examine: ({ args }) => statementAddresses(args[0], 'sqlite'),
  span: ({ args }) => (typeof args[0] === 'string' ? statementSpan(args[0], 'sqlite', false) : undefined),
};

/** Preparing is when the text is known; what a statement does with its bound values is as it was meant. */
const PREPARE: Sink = {
  method: 'prepare',
  style: synchronous,
  examine: ({ args }) => statementAddresses(args[0], 'sqlite'),
};

/** What runs a prepared statement. Rows that are iterated come one by one, after the call. */
const STATEMENT_SINKS: readonly Sink[] = ['run', 'get', 'all', 'iterate'].map((method) => ({
  method,
  style: synchronous,
  span: ({ self, args }) => {
    const { source, sourceSQL } = self as Statement;
    const text = source ?? sourceSQL;
    return typeof text === 'string' ? statementSpan(text, 'sqlite', args.length > 0) : undefined;
  },
}));

/** `better-sqlite3`; the prototype of its statements is native, and had from the first of them. */
export const betterSqlite3: PackageHook = {
  name: 'better-sqlite3',
  majors: [8, 9, 10, 11, 12, 13],
  patch(exports, agent) {
    const prototype = (exports as { prototype?: { prepare?: unknown } }).prototype;
    if (typeof prototype?.prepare !== 'function') return false;
    let statementsHooked = false;
    wrapMethod(prototype, 'prepare', (original) => {
      const prepare: Callable = function (...args) {
        const statement = Reflect.apply(original, this, args) as object;
        if (!statementsHooked) wrapSinks(agent, Object.getPrototypeOf(statement) as object, STATEMENT_SINKS);
        statementsHooked = true;
        return statement;
      };
      return wrapSink(agent, imitate(prepare, original), PREPARE);
    });
    wrapSinks(agent, prototype, [EXEC]);
    return true;
  },
};

/**
 * `node:sqlite`, where the runtime has it (Node 22.13 and later). `import` of a builtin cannot be seen, so it is loaded
 * here, without the warning that it is experimental: that is for whoever uses it.
 */
export function hookNodeSqlite(agent: Agent): void {
  const sqlite = withoutWarnings(() => process.getBuiltinModule?.('node:sqlite'));
  if (sqlite === undefined) return;
  wrapSinks(agent, sqlite.DatabaseSync.prototype, [EXEC, PREPARE]);
  wrapSinks(agent, sqlite.StatementSync.prototype, STATEMENT_SINKS);
}

function withoutWarnings<T>(run: () => T): T {
  const { emitWarning } = process;
  try {
    process.emitWarning = () => {};
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}
