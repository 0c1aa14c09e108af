/** An input that is harmless to a sink of `test/apps/sinks.cjs`, and one that takes it over. */
export interface SinkCase {
  name: string;
  benign: string;
  /** In the answer to the benign input. */
  answer: string;
  attack: string;
  /** In the answer to the attack, where it succeeds. */
  loot: string;
  rule: string;
  /** Name of the client or internal span of the sink, where it has one. */
  span: RegExp | undefined;
}

const of = (names: readonly string[], shared: Omit<SinkCase, 'name'>): SinkCase[] =>
  names.map((name) => ({ name, ...shared }));

export const SHELL_SINKS = of(
  ['exec', 'execWithOptions', 'execPromise', 'execEvents', 'execSync', 'spawnShell', 'spawnSyncShell'],
  {
    benign: 'hello',
    answer: 'hello',
    attack: 'hello; echo owned-$((6*7))',
    loot: 'owned-42',
    rule: 'test-shi',
    span: /^exec echo$/,
  },
);

export const PROGRAM_SINKS = [
  ...of(['execFile', 'execFilePromise', 'execFileSync', 'spawn', 'spawnSync'], {
    benign: 'echo',
    answer: 'ran',
    attack: '/bin/echo',
    loot: 'ran',
    rule: 'test-cmdi',
    span: /^exec (\/bin\/)?echo$/,
  }),
  ...of(['fork'], {
    benign: 'child.cjs',
    answer: 'forked',
    attack: './child.cjs',
    loot: 'forked',
    rule: 'test-cmdi',
    span: /^exec (\.\/)?child\.cjs$/,
  }),
];

export const PG_SINKS = of(
  [
    'poolPromise',
    'poolCallback',
    'clientPromise',
    'clientCallback',
    'clientConfig',
    'clientPrepared',
    'clientSubmittable',
  ],
  {
    benign: 'ada',
    answer: 'engine',
    attack: "x' OR '1'='1",
    loot: 'compiler',
    rule: 'test-sqli',
    span: /^SELECT postgres$/,
  },
);
