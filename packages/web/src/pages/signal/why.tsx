import { Link } from 'wouter';
import type { Signal } from '../../api/client.ts';
import { quoteValue } from '../../lib/query-facets.ts';
import { count } from '../../lib/time.ts';

/** The rule, its case that held, and what its queries had counted. */
export function WhyItFired({ signal }: { signal: Signal }) {
  const { rule, queries } = signal;
  const search = new URLSearchParams({ query: `@workflow.rule.name:${quoteValue(rule.name)}` });
  return (
    <>
      <dl className="facts">
        <dt>Rule</dt>
        <dd>
          <Link href={`/signals?${search}`}>{rule.name}</Link> <code className="muted">{rule.id}</code>{' '}
          <span className="muted">version {rule.version}</span>
        </dd>
        <dt>Case</dt>
        <dd>
          {signal.case.name !== '' && <span>{signal.case.name}: </span>}
          <code>{signal.case.condition}</code>
        </dd>
      </dl>
      <table className="queries" aria-label="Queries of the rule">
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col" className="number">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {queries.map((query) => (
            <tr key={query.name}>
              <td>
                <code className="query-name">{query.name}</code>
                <span className="muted">
                  {query.aggregation}
                  {query.distinctFields.length > 0 && ` of ${query.distinctFields.join(', ')}`}
                  {query.groupByPaths.length > 0 && ` by ${query.groupByPaths.join(', ')}`}
                </span>
                <pre>{query.query || '*'}</pre>
              </td>
              <td className="number">{count(query.aggregationDetails.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
