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

const TO_ETC = '../../../../../../../../../../../../../etc';
const TO_DEV = '../../../../../../../../../../../../../dev';
const FILE = { rule: 'test-lfi', span: undefined };
const READ = { ...FILE, benign: 'hello.txt', answer: 'hello', attack: `${TO_ETC}/passwd`, loot: 'root:' };
const WRITTEN = {
  ...FILE,
  benign: 'written.txt',
  answer: 'written',
  attack: `${TO_DEV}/null`,
  loot: 'written',
};

export const FILE_SINKS = [
  ...of(
    [
      'readFile',
      'readFileSync',
      'readFilePromise',
      'readFileJoined',
      'readFileResolved',
      'readFileBytes',
      'open',
      'createReadStream',
    ],
    READ,
  ),
  ...of(['readFileUrl', 'readFileUrlLike'], { ...READ, attack: '/etc/passwd' }),
  ...of(['copyFile'], { ...READ, answer: 'copied', loot: 'copied' }),
  ...of(['readdir'], { ...READ, benign: '.', answer: 'hello.txt', attack: TO_ETC, loot: 'passwd' }),
  ...of(['writeFile', 'createWriteStream'], WRITTEN),
];

const URL = {
  benign: '127.0.0.1',
  answer: 'fetched',
  attack: '127.0.0.2',
  loot: 'fetched',
  rule: 'test-ssrf',
};

export const HTTP_SINKS = [
  ...of(
    [
      'httpGet',
      'httpWithoutOptions',
      'httpRerouted',
      'httpUrlLike',
      'httpHeaderList',
      'fetch',
      'fetchRequest',
    ],
    { ...URL, span: /^GET$/ },
  ),
  ...of(['httpRequest'], { ...URL, span: /^POST$/ }),
];
export const UNDICI_SINKS = [
  ...of(['undiciFetch', 'undiciStream'], { ...URL, span: /^GET$/ }),
  ...of(['undiciRequest'], { ...URL, span: /^PUT$/ }),
];

const SQLITE = { benign: 'ada', attack: "x' OR '1'='1", rule: 'test-sqli', span: /^SELECT$/ };

export const SQLITE_SINKS = [
  ...of(['nodeSqliteAll', 'betterSqliteAll'], { ...SQLITE, answer: 'engine', loot: 'compiler' }),
  ...of(['nodeSqliteExec', 'betterSqliteExec'], { ...SQLITE, answer: 'executed', loot: 'executed' }),
];
