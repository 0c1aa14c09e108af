/** Signals: what detection found, for people and their tools to search, read and triage. */
export { registerSignalRoutes, type SignalRouteDeps } from './routes.ts';
export type { SignalBody, SignalRow, SignalSample } from './signal.ts';
