import type { Signal } from '../../api/client.ts';

const FIELDS: Readonly<Record<string, (signal: Signal) => readonly string[]>> = {
  service: ({ services }) => services,
  env: ({ envs }) => envs,
  host: ({ hosts }) => hosts,
  '@workflow.rule.name': ({ rule }) => [rule.name],
  '@appsec.type': ({ types }) => types,
  '@http.client_ip': ({ ips }) => ips,
  '@http.method': ({ methods }) => methods,
  '@http.route': ({ routes }) => routes,
  '@usr.login': ({ users }) => users,
};

/** The values that signals have, by the field that finds them; what a query may be completed with. */
export function knownValues(signals: readonly Signal[]): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(FIELDS).map(([field, valuesOf]) => [
      field,
      [...new Set(signals.flatMap(valuesOf))].sort(),
    ]),
  );
}
