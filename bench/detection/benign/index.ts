/** The benign sets: what each is, how it is sent, and how many of it at most. */
import {
  type Addresses,
  inCookie,
  inForm,
  inHeader,
  inJson,
  inQuery,
  inTarget,
  inText,
} from '../requests.ts';
import type { Sample, SampleSet } from '../sample.ts';
import * as apis from './apis.ts';
import * as browsers from './browsers.ts';
import * as code from './code.ts';
import * as documents from './documents.ts';
import * as people from './people.ts';
import * as prose from './prose.ts';
import { spread } from './text.ts';

interface BenignSet {
  texts: () => string[] | Promise<string[]>;
  limit: number;
  carry: (text: string) => Addresses;
}

const asQuery = (name: string) => (text: string) => inQuery(name, text);
const asField = (name: string) => (text: string) => inForm({ [name]: text, csrf: '7f3d' });
const asComment = (text: string) => inJson({ postId: 7, comment: text });
const asBody = (text: string) => inJson(JSON.parse(text));
const asCookie = (text: string) =>
  inCookie(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1));

/** What every site gets. */
const ORDINARY: Readonly<Record<string, BenignSet>> = {
  names: { texts: people.names, limit: 14_000, carry: asField('name') },
  addresses: { texts: people.addresses, limit: 9000, carry: asBody },
  cities: { texts: people.cities, limit: 9000, carry: asQuery('city') },
  accounts: { texts: people.accounts, limit: 4000, carry: asBody },
  orders: { texts: people.orders, limit: 3000, carry: asBody },
  titles: { texts: people.titles, limit: 8000, carry: asQuery('q') },
  searches: { texts: prose.terms, limit: 12_000, carry: asQuery('q') },
  subjects: { texts: prose.mailSubjects, limit: 3000, carry: asField('subject') },
  'prose-languages': { texts: prose.declarations, limit: 12_000, carry: asComment },
  'prose-english': { texts: prose.glosses, limit: 12_000, carry: asComment },
  'user-agents': { texts: browsers.userAgents, limit: 8000, carry: (text) => inHeader('user-agent', text) },
  referers: { texts: browsers.urls, limit: 5000, carry: (text) => inHeader('referer', text) },
  links: { texts: browsers.urls, limit: 5000, carry: asField('website') },
  cookies: { texts: browsers.cookies, limit: 5000, carry: asCookie },
  tokens: { texts: browsers.tokens, limit: 6000, carry: asQuery('token') },
  'asset-paths': { texts: browsers.assetPaths, limit: 3000, carry: inTarget },
  'json-documents': { texts: apis.documents, limit: 5000, carry: asBody },
  'graphql-posts': { texts: apis.graphqlBodies, limit: 2000, carry: asBody },
  'graphql-gets': { texts: apis.graphqlGets, limit: 2000, carry: asQuery('query') },
};

/** What sites about technology get: forums, trackers, reviews, wikis. */
const TECHNICAL: Readonly<Record<string, BenignSet>> = {
  readmes: { texts: documents.readmes, limit: 15_000, carry: asComment },
  changes: { texts: documents.changes, limit: 6000, carry: asComment },
  tutorials: { texts: documents.tutorials, limit: 6000, carry: asComment },
  'sql-tutorials': { texts: documents.sqlTutorials, limit: 3000, carry: asComment },
  'type-comments': { texts: documents.typeComments, limit: 8000, carry: asComment },
  mails: { texts: prose.mailParagraphs, limit: 10_000, carry: asField('message') },
  pages: { texts: documents.pages, limit: 2000, carry: asField('content') },
  'copied-pages': { texts: documents.copiedPages, limit: 2000, carry: asField('quote') },
  'rich-texts': { texts: documents.richTexts, limit: 7000, carry: asField('content') },
  'source-lines': { texts: code.sourceLines, limit: 15_000, carry: asComment },
  'source-blocks': { texts: code.sourceBlocks, limit: 10_000, carry: asComment },
  'language-samples': { texts: code.languageSamples, limit: 4000, carry: asComment },
  sql: { texts: code.sql, limit: 3000, carry: asComment },
  shell: { texts: code.shell, limit: 6000, carry: asComment },
  markup: { texts: code.markup, limit: 1000, carry: asComment },
  stylesheets: { texts: code.stylesheets, limit: 2000, carry: asComment },
  manifests: { texts: apis.manifests, limit: 1000, carry: asBody },
  'stack-traces': { texts: code.stackTraces, limit: 2000, carry: asComment },
  logs: { texts: code.logs, limit: 3000, carry: inText },
};

export function benignSets(): SampleSet[] {
  return [...setsOf('ordinary', ORDINARY), ...setsOf('technical', TECHNICAL)];
}

function setsOf(kind: string, sets: Readonly<Record<string, BenignSet>>): SampleSet[] {
  return Object.entries(sets).map(([name, { texts, limit, carry }]) => ({
    name: `${kind}/${name}`,
    kind: 'benign',
    async samples(): Promise<Sample[]> {
      const chosen = spread(
        (await texts()).filter((text) => text.length > 1),
        limit,
      );
      return chosen.map((text) => ({ text, request: carry(text) }));
    },
  }));
}
