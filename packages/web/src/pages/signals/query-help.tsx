import { Empty } from '../../components/empty.tsx';

const EXAMPLES: readonly (readonly [query: string, means: string])[] = [
  ['env:production service:orders', 'both'],
  ['status:(critical OR high)', 'either'],
  ['-@workflow.triage.state:archived', 'not'],
  ['@http.client_ip:203.0.113.*', 'wildcards: * and ?'],
  ['CIDR(@http.client_ip, 203.0.113.0/24)', 'a range of addresses'],
  ['@http.route:"/orders/:id"', 'exactly this value'],
  ['@workflow.events_matched:>=100', 'numbers: >, >=, <, <=, [1 TO 5]'],
  ['@usr.login:*', 'any value'],
];

/** The query language by example, for when a query could not be read. */
export function QueryHelp() {
  return (
    <Empty title="The query cannot be read">
      <p>The fault is marked below the query. This is what queries look like:</p>
      <dl className="query-examples">
        {EXAMPLES.map(([query, means]) => (
          <div key={query}>
            <dt>
              <code>{query}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </Empty>
  );
}
