/** Bodies of APIs: JSON as programs send it, and GraphQL of real clients. */
import { filesOf, readPackageFile } from './packages.ts';
import { paragraphs } from './text.ts';

/** Packages' manifests, as a registry gets them. */
export function manifests(): string[] {
  return filesOf(/\/package\.json$/).flatMap((file) => asJson(file.read()));
}

/** Small JSON files of all sorts: configurations, locales, schemas, data. */
export function documents(): string[] {
  return filesOf(/(?<!package|\.min)\.json$/).flatMap((file) => {
    if (file.path.includes('datasets-spam-assassin')) return [];
    const text = file.read();
    return text.length < 8000 ? asJson(text) : [];
  });
}

/** In one line, if it is an object. */
function asJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [JSON.stringify(value)]
      : [];
  } catch {
    // Some are templates or test data on purpose.
    return [];
  }
}

/** The operations of Linear's client and of Shopify's, with the fragments that they use. */
export function graphqlOperations(): string[] {
  const linear = readPackageFile('@linear/sdk/dist/index.mjs').toString('utf8');
  const shopify = filesOf(/\.graphql$/, ['shopify-buy']).map((file) => file.read());
  const documents = [...linear.matchAll(/TypedDocumentString\(`([\s\S]*?)`/g)].map(([, text]) =>
    text!.trim(),
  );
  return [...documents, ...shopify].filter((text) => text !== '' && !text.includes('${'));
}

/** As clients post them, with variables of the kinds that they have. */
export function graphqlBodies(): string[] {
  return graphqlOperations().map((query, i) =>
    JSON.stringify({
      ...(/(?:query|mutation) (\w+)/.test(query) && {
        operationName: /(?:query|mutation) (\w+)/.exec(query)![1],
      }),
      query,
      variables: {
        first: 50,
        after: i % 2 === 0 ? null : 'Y3Vyc29yOnYyOpHOAAE=',
        filter: { team: { key: { eq: 'ENG' } } },
      },
    }),
  );
}

/** As clients send them in the query, without the line ends. */
export function graphqlGets(): string[] {
  return graphqlOperations().map((query) => query.replace(/\s+/g, ' ').slice(0, 4000));
}

/** Types as tools upload them, definition by definition. */
export function graphqlTypes(): string[] {
  return filesOf(/\.(graphql|gql)$/).flatMap((file) => paragraphs(file.read()));
}
