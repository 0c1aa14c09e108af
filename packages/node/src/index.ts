export { init, type Wardline } from './init/init.ts';
export type { InitOptions } from './init/options.ts';
export { appsec } from './sdk/index.ts';
