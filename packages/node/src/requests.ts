/** How the agent reads a request, for tools that are to see what it sees. */
export { parseCookies } from './instrument/request/cookies.ts';
export { parseBody } from './instrument/request/parse-body.ts';
export { parseQuery, queryOf } from './instrument/request/query.ts';
