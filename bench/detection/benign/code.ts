/** Source code in many languages, SQL, shell, and what programs print. */
import { Random } from '../../waf/random.ts';
import { userAgents } from './browsers.ts';
import { filesOf, type SourceFile } from './packages.ts';
import { docComments, markdownBlocks, paragraphs, spread, textOfHtml, wordyLines } from './text.ts';

/** By language: how many files at most, so that no language drowns the others. */
const LANGUAGES: readonly [RegExp, number][] = [
  [/(?<!\.min|bundle)\.[cm]?js$/, 700],
  [/(?<!\.d)\.tsx?$|\.d\.ts$/, 300],
  [/\.py$/, 150],
  [/\.(c|cc|cpp|h|m|mm)$/, 250],
  [/\.(java|kt|swift|rb|go|rs|php|cs|gradle)$/, 200],
  [/\.(sh|bash|zsh|bats|cmd|ps1)$/, 150],
  [/\.(css|scss|less)$/, 60],
  [/\.(ya?ml|toml|gypi?|proto|xml|plist|ini)$/, 120],
];

function sourceFiles(): SourceFile[] {
  const all = filesOf(/./);
  return LANGUAGES.flatMap(([pattern, limit]) =>
    spread(
      all.filter(({ path }) => pattern.test(path)),
      limit,
    ),
  );
}

/** Line by line, as a review quotes them. */
export function sourceLines(): string[] {
  return sourceFiles().flatMap((file) => spread(wordyLines(file.read()), 40));
}

/** What blank lines separate, of at most 40 lines. */
export function sourceBlocks(): string[] {
  return sourceFiles().flatMap((file) =>
    spread(paragraphs(file.read()), 25).map((block) => block.split('\n').slice(0, 40).join('\n')),
  );
}

/** The samples of CodeMirror's modes, in some 90 languages: whole, and block by block. */
export function languageSamples(): string[] {
  return filesOf(/\/mode\/.*\/index\.html$/, ['codemirror']).flatMap((file) =>
    [...file.read().matchAll(/<textarea[^>]*>([\s\S]*?)<\/textarea>/g)].flatMap(([, inner]) => {
      const sample = unescapeHtml(inner!);
      return [sample.trim(), ...paragraphs(sample), ...wordyLines(sample)];
    }),
  );
}

function unescapeHtml(html: string): string {
  return html.replace(/&(?:lt|gt|quot|amp);/g, (entity) => textOfHtml(entity));
}

/** Fenced blocks of documentation and of comments, in one of these languages. */
function fenced(languages: RegExp): string[] {
  const markdown = filesOf(/\.(md|markdown)$/i).map((file) => file.read());
  const comments = filesOf(/\.d\.[cm]?ts$/).flatMap((file) => docComments(file.read()));
  return [...markdown, ...comments.filter((text) => text.includes('```'))].flatMap((text) =>
    markdownBlocks(text).flatMap(({ language, text: code }) =>
      language && languages.test(language) ? [code] : [],
    ),
  );
}

/** Statements of documentation, migrations, and drivers' and query builders' sources. */
export function sql(): string[] {
  const statement =
    /(["'`])((?:select|insert|update|delete|create|alter|drop|with|grant|begin|set)\b(?:(?!\1)[\s\S]){12,2000})\1/gi;
  const quoted = filesOf(/\.([cm]?[jt]s|md)$/, [
    'graphile-worker',
    'knex',
    'kysely',
    'mysql',
    'pg-promise',
  ]).flatMap((file) => [...file.read().matchAll(statement)].map(([, , text]) => text!));
  return [...fenced(/sql/), ...filesOf(/\.sql$/).flatMap((file) => paragraphs(file.read())), ...quoted];
}

/** Sessions and scripts of documentation, block by block and line by line, and scripts. */
export function shell(): string[] {
  const blocks = fenced(/^(sh|bash|shell|zsh|console|shellsession|bat|cmd|powershell|ps1)$/);
  const scripts = filesOf(/\.(sh|bash|bats|zsh|cmd|ps1)$|\/bin\/n$/).map((file) => file.read());
  return [
    ...blocks,
    ...blocks.flatMap(wordyLines),
    ...scripts.flatMap(paragraphs),
    ...scripts.flatMap(wordyLines),
  ];
}

export function stylesheets(): string[] {
  return [
    ...filesOf(/\.(css|scss|less)$/).flatMap((file) => paragraphs(file.read())),
    ...fenced(/^(css|scss|less)$/),
  ];
}

/** HTML and templates of documentation. */
export function markup(): string[] {
  return [...fenced(/^(html|xml|vue|svelte|hbs|handlebars|pug|jsx|tsx)$/)];
}

interface Place {
  file: string;
  name: string;
  line: number;
  code: string;
}

/** Functions that are there, with the lines that they begin at. */
function places(files: readonly SourceFile[], definition: RegExp): Place[] {
  return files.flatMap((file) =>
    file
      .read()
      .split('\n')
      .flatMap((code, index) => {
        const name = definition.exec(code)?.[1];
        return name === undefined ? [] : [{ file: file.path, name, line: index + 1, code: code.trim() }];
      }),
  );
}

/** Messages of errors that programs throw. */
function messages(): string[] {
  return filesOf(/(?<!\.min)\.[cm]?js$/).flatMap((file) =>
    [...file.read().matchAll(/Error\((['"`])((?:(?!\1).){8,200})\1/g)].map(([, , text]) => text!),
  );
}

/** As Node.js, Python and Java print them, of real functions and messages. */
export function stackTraces(): string[] {
  const random = new Random(40);
  const errors = spread(messages(), 1500);
  const scripts = places(filesOf(/(?<!\.min)\.[cm]?js$/), /(?:function|async) (\w+)\s*\(/);
  const python = places(filesOf(/\.py$/), /def (\w+)\(/);
  const java = places(filesOf(/\.java$/), /(?:public|private|protected) [\w<>[\] ]+ (\w+)\(/);
  const some = (from: Place[]) => Array.from({ length: 4 + random.below(8) }, () => random.pick(from));
  return errors.map((message, i) => {
    if (i % 3 === 0) {
      const frames = some(python).map(
        (p) =>
          `  File "/usr/lib/python3/dist-packages/${p.file}", line ${p.line}, in ${p.name}\n    ${p.code}`,
      );
      return `Traceback (most recent call last):\n${frames.join('\n')}\nValueError: ${message}`;
    }
    if (i % 3 === 1) {
      const frames = some(java).map((p) => {
        const name = p.file.slice(p.file.lastIndexOf('/') + 1, -'.java'.length);
        return `\tat com.getcapacitor.${name}.${p.name}(${name}.java:${p.line})`;
      });
      return `java.lang.IllegalStateException: ${message}\n${frames.join('\n')}\nCaused by: java.lang.NullPointerException`;
    }
    const frames = some(scripts).map(
      (p) => `    at ${p.name} (/srv/app/node_modules/${p.file}:${p.line}:${1 + random.below(80)})`,
    );
    return `${random.pick(['TypeError', 'Error', 'RangeError'])}: ${message}\n${frames.join('\n')}\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;
  });
}

/** Lines as pino, nginx and syslog write them, as they are sent to a collector. */
export function logs(): string[] {
  const random = new Random(41);
  const agents = userAgents();
  const paths = filesOf(/\.(js|css|html|png)$/).map(({ path }) => `/${path}`);
  return spread(messages(), 3000).map((message, i) => {
    const path = random.pick(paths);
    const agent = random.pick(agents);
    if (i % 3 === 0) {
      return `203.0.113.${random.below(256)} - - [02/Jan/2026:10:${10 + random.below(50)}:07 +0000] "GET ${path}?page=${random.below(9)} HTTP/1.1" 200 ${random.below(90_000)} "https://shop.example.com/" "${agent}"`;
    }
    if (i % 3 === 1)
      return `Jan  2 10:${10 + random.below(50)}:07 web-${random.below(9)} app[${random.below(30_000)}]: error: ${message} (${path})`;
    return JSON.stringify({
      level: 50,
      time: 1767348000000 + i,
      pid: 7,
      hostname: 'web-1',
      req: { method: 'GET', url: path, headers: { 'user-agent': agent } },
      err: { type: 'Error', message, stack: `Error: ${message}\n    at ${path}:${i}:7` },
      msg: message,
    });
  });
}
