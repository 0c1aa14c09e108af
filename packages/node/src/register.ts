import { init } from './index.ts';

// What `node --import @wardline/node/register` and `node -r @wardline/node/register` load, before the application.
init();
