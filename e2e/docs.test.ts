/** What the Markdown files say works as written: links, flags of the command, and examples, taken from the files. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { root, startTestPlatform, type TestPlatform } from './harness.ts';

const run = promisify(execFile);

const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /(?:^|\/)(?:node_modules|dist|wardline-data)$/.test(path),
}).sort();
const text = (page: string) => readFileSync(join(root, page), 'utf8');

interface Block {
  page: string;
  language: string;
  code: string;
}

const blocksOf = (page: string): Block[] =>
  [...text(page).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    page,
    language,
    code,
  }));
const blocks = pages.flatMap(blocksOf);
const prose = (page: string) => text(page).replace(/^```.*?^```$/gms, '');
const withoutCode = (page: string) => prose(page).replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

describe('links in Markdown', () => {
  const links = pages.flatMap((page) =>
    [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({
      page,
      target: match[1] as string,
    })),
  );

  it('lead to files and headings that are there', () => {
    const broken = links.filter(({ page, target }) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(file)) return true;
      if (anchor === undefined) return false;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)];
      return !headings.some((match) => anchorOf(match[1] as string) === anchor);
    });
    assert.ok(links.length > 20);
    assert.deepEqual(broken, []);
  });
});

describe('commands in the docs', () => {
  const help = async (...command: string[]) =>
    (await run(process.execPath, [join(root, 'packages/cli/dist/main.js'), ...command, '--help'])).stdout;
  const flagsIn = (code: string) => [...code.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => flag);

  it('have the flags that they are shown with', async () => {
    const lines = blocks.flatMap(({ page, code }) =>
      code
        .replaceAll('\\\n', ' ')
        .split('\n')
        .flatMap((line) => {
          const [, command = '', rest = ''] =
            /(?:^|\s)wardline (?:-- )?(up|demo|gate|keys \w+|rules \w+)\b(.*)$/.exec(line) ?? [];
          return command === '' ? [] : [{ page, command, flags: flagsIn(rest) }];
        }),
    );
    assert.ok(lines.some(({ command, flags }) => command === 'gate' && flags.length > 0));
    for (const { page, command, flags } of lines) {
      const known = flagsIn(await help(...command.split(' ')));
      for (const flag of flags) assert.ok(known.includes(flag), `${page}: wardline ${command} ${flag}`);
    }
  });

  const described: [page: string, command: string[], pattern: RegExp][] = [
    ['docs/getting-started.md', ['up'], /^\| `(--[a-z-]+)` \| ([^|]+) \|/gm],
    ['docs/gates.md', ['gate'], /`(--[a-z-]+)/g],
  ];
  for (const [page, command, pattern] of described) {
    it(`have the flags and defaults that ${page} tells of`, async () => {
      const output = (await help(...command)).replace(/\s+/g, ' ');
      const found = [...prose(page).matchAll(pattern)];
      assert.ok(found.length > 0);
      for (const [, flag = '', given] of found) {
        assert.ok(flagsIn(output).includes(flag), flag);
        if (given === undefined) continue;
        const value = given.replaceAll('`', '').trim();
        const [description = ''] = new RegExp(`${flag} <.*?default: "?([^")]*)`).exec(output) ?? [];
        assert.ok(description.endsWith(value), `${flag} ${value}`);
      }
    });
  }

  it('are targets of make and scripts of npm', () => {
    const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/getting-started.md']) {
      for (const [, target] of text(page).matchAll(/(?:^|`)make ([a-z0-9]+)/gm)) {
        assert.match(makefile, new RegExp(`^${target}:.*## `, 'm'), `${page}: make ${target}`);
      }
      for (const [, script = ''] of text(page).matchAll(/npm run ([\w:]+)/g)) {
        assert.ok(script in scripts, `${page}: npm run ${script}`);
      }
    }
  });
});

describe('examples of the API in the docs', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const environment = () => ({
    ...process.env,
    WARDLINE_URL: platform.url,
    WARDLINE_API_KEY: platform.credentials.apiKey,
    WARDLINE_APP_KEY: platform.credentials.applicationKey,
    API_KEY: platform.credentials.apiKey,
    APP_KEY: platform.credentials.applicationKey,
  });
  const here = (code: string) =>
    code
      .replaceAll('http://127.0.0.1:7070', platform.url)
      .replaceAll('127.0.0.1:7070', new URL(platform.url).host);

  const curls = blocks.filter(({ code }) => code.startsWith('curl '));
  it('are there to be tried', () => {
    const from = new Set(curls.map(({ page }) => page));
    for (const page of ['docs/api.md', 'docs/gates.md', 'packages/platform/README.md']) {
      assert.ok(from.has(page), page);
    }
  });
  for (const { page, code } of curls) {
    it(`are answered: curl in ${page}`, async () => {
      // jq may not be there; what it would be given is looked at instead.
      const script = here(code).replace(/ \| jq .*/, '');
      const { stdout } = await run('bash', ['-c', script], { env: environment() });
      const answer = JSON.parse(stdout) as { data?: unknown; errors?: string[] };
      assert.equal(answer.errors, undefined);
      assert.ok(answer.data);
    });
  }

  it("are answered: Datadog's client in docs/api.md", async () => {
    const example = blocksOf('docs/api.md').find(({ code }) => code.includes('@datadog/datadog-api-client'));
    assert.ok(example);
    // In the repository, where the client is installed.
    const file = join(root, 'e2e', `.docs-example-${process.pid}.mjs`);
    writeFileSync(file, `${here(example.code)}\nconsole.log(JSON.stringify(data));\n`);
    try {
      const { stdout } = await run(process.execPath, [file], { env: environment() });
      assert.deepEqual(JSON.parse(stdout), []);
    } finally {
      rmSync(file);
    }
  });

  it('are answered: the gate in docs/gates.md', async () => {
    const [example] = blocksOf('docs/gates.md');
    const command = example?.code.split('\n').find((line) => line.startsWith('wardline gate'));
    assert.ok(command);
    const script = command.replace('wardline', '"$0" "$1"');
    const main = join(root, 'packages/cli/dist/main.js');
    const { stdout } = await run('bash', ['-c', script, process.execPath, main], { env: environment() });
    assert.match(stdout, /No signals/);
  });

  it('are the routes that docs/api.md lists', async () => {
    const calls = [...prose('docs/api.md').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => {
      const paths = cell.match(/\/[^`\s]+/g) ?? [];
      return paths.flatMap((path) =>
        (cell.match(/\b[A-Z]{3,}\b/g) ?? []).map((method) => ({ method, path })),
      );
    });
    assert.ok(calls.length >= 20);
    const { apiKey, applicationKey } = platform.credentials;
    for (const { method, path } of calls) {
      const response = await fetch(`${platform.url}${path.replace(/\{\w+\}/, '192.0.2.1')}`, {
        method,
        headers: {
          'dd-api-key': apiKey,
          'dd-application-key': applicationKey,
          ...(method !== 'GET' && { 'content-type': 'application/json' }),
        },
        ...(method !== 'GET' && { body: '{}' }),
      });
      const answer = await response.text();
      assert.notEqual(answer, '{"errors":["Not found"]}', `${method} ${path}`);
      assert.ok(response.status < 500, `${method} ${path} answered ${response.status}`);
    }
  });
});
