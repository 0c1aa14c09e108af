/** A worker thread of Node.js, Deno and Bun: the same as `process.mjs`, but in the thread. */
import process from 'node:process';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { verdicts } from './verdicts.mjs';

if (isMainThread) {
  const { default: data } = await import(process.argv[2], { with: { type: 'json' } });
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  worker.on('message', (text) => console.log(text));
} else {
  parentPort.postMessage(JSON.stringify(verdicts(workerData)));
}
