/** Bodies of APIs: JSON as programs send it, and GraphQL of real clients. */
import { filesOf, readPackageFile } from './packages.ts';
import { spread } from './text.ts';

/** Packages' manifests, as a registry gets them. */
export function manifests(): string[] {
  return filesOf(/\/package\.json$/).flatMap((file) => {
    const manifest = parse(file.read());
    return manifest === undefined ? [] : [JSON.stringify(manifest)];
  });
}

/** Objects of JSON files of all sorts, as large as a request's body: configurations, locales, schemas, records. */
export function documents(): string[] {
  const files = filesOf(/(?<!package)\.json$/).filter(({ path }) => !path.includes('datasets-spam-assassin'));
  return files.flatMap(({ path }) => spread(records(parse(readPackageFile(path).toString('utf8'))), 300));
}

/** Objects within a value that are neither tiny nor large. */
function records(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const text = JSON.stringify(value);
  if (text.length < 40) return [];
  if (text.length < 4000 && !Array.isArray(value)) return [text];
  return Object.values(value).flatMap(records);
}

/** Undefined if it is no JSON: some files are templates, or test data that is wrong on purpose. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The operations of Linear's client and of Shopify's, with the fragments that they use. */
export function graphqlOperations(): string[] {
  const linear = readPackageFile('@linear/sdk/dist/index.mjs').toString('utf8');
  const shopify = filesOf(/\.graphql$/, ['shopify-buy']).map((file) => file.read());
  const documents = [...linear.matchAll(/TypedDocumentString\(`([\s\S]*?)`/g)].map(([, text]) =>
    text!.trim(),
  );
  return [...documents, ...shopify].filter(
    (text) => /\b(query|mutation)\b/.test(text) && !text.includes('${'),
  );
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
