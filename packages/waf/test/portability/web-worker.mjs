import { answer } from './answer.mjs';

await answer('worker');
