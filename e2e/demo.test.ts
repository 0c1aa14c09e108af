/** `wardline demo` as a person runs it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { freePorts } from '../examples/shop/run/index.ts';
import { root } from './harness.ts';

interface Run {
  child: ChildProcess;
  /** All that it has printed, on both streams. */
  output(): string;
  /** Resolves when it prints a text; rejects if it ends before. */
  prints(text: string): Promise<void>;
  ended: Promise<number | null>;
}

function demo(port: number, shopPort: number, data: string): Run {
  const main = join(root, 'packages/cli/dist/main.js');
  const child = spawn(
    process.execPath,
    [main, 'demo', '--port', String(port), '--shop-port', String(shopPort), '--data', data],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    output: () => output,
    ended,
    async prints(text) {
      let over = false;
      ended.then(() => (over = true));
      while (!output.includes(text)) {
        if (over) throw new Error(`The demo ended before it printed "${text}":\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** Ctrl-C, as a terminal sends it: to the whole process group. */
const interrupt = ({ child }: Run) => process.kill(-(child.pid as number), 'SIGINT');

describe('wardline demo', () => {
  const data = mkdtempSync(join(tmpdir(), 'wardline-demo-'));
  const started: Run[] = [];
  after(async () => {
    for (const run of started) if (run.child.exitCode === null) interrupt(run);
    await Promise.all(started.map(({ ended }) => ended));
    rmSync(data, { recursive: true, force: true });
    rmSync(`${data}-second`, { recursive: true, force: true });
  });
  const start = (...given: Parameters<typeof demo>) => {
    const run = demo(...given);
    started.push(run);
    return run;
  };

  it('shows what was seen and blocked, refuses a taken port, stops on Ctrl-C, and runs again', async () => {
    const [port, shopPort, otherPort] = (await freePorts(3)) as [number, number, number];
    const first = start(port, shopPort, data);
    await first.prints('Running until you press Ctrl-C');
    const said = first.output();
    assert.match(said, /SQL injection +succeeded, reported +blocked, reported/);
    assert.match(said, /shell injection +succeeded, reported +blocked, reported/);
    assert.doesNotMatch(said, /not reported/);
    assert.match(said, /critical +SQL injection exploited/);
    assert.match(said, new RegExp(`UI +http://127.0.0.1:${port}`));
    assert.match(said, /read in its trace: http:\S+\/traces\/[0-9a-f]{32}/);
    assert.match(said, /login +\S+@\S+ +\S+/);
    assert.match(said, /API key +[0-9a-f]{32}/);

    const second = start(port, otherPort, `${data}-second`);
    assert.equal(await second.ended, 1);
    assert.match(second.output(), new RegExp(`port ${port}`, 'i'));

    interrupt(first);
    assert.equal(await first.ended, 0);
    assert.match(first.output(), /Stopping/);

    const again = start(port, shopPort, data);
    await again.prints('Running until you press Ctrl-C');
    const key = /API key +(\S+)/;
    assert.equal(key.exec(again.output())?.[1], key.exec(said)?.[1], 'the same keys as before');
    interrupt(again);
    assert.equal(await again.ended, 0);
  });
});
