/** The main thread of Node.js, Deno and Bun: takes the URL of the rulesets and requests, prints the verdicts. */
import process from 'node:process';
import { verdicts } from './verdicts.mjs';

const { default: data } = await import(process.argv[2], { with: { type: 'json' } });
console.log(JSON.stringify(verdicts(data)));
