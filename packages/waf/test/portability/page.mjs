/** A browser's page: has the verdicts worked out in the page and in a Web Worker, and posts both. */
import { answer } from './answer.mjs';

await answer('page');
new Worker('/web-worker.js', { type: 'module' });
