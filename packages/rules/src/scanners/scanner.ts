import type { ScannerDefinition } from '@wardline/waf';

/** What a scanner is written as; `defineScanner` makes Datadog's format of it. */
export interface ScannerSource {
  /** Kebab case: `card-visa`. */
  id: string;
  name: string;
  /** What the string is, in the words of Datadog's scanners where it has one: `email`, `us_ssn`, `bearer_token`. */
  type: string;
  /** Further tags: `{ card_type: 'visa' }`. */
  tags?: Readonly<Record<string, string>>;
  /** Names of fields, as words: `date of birth` stands for `dateOfBirth`, `date_of_birth`, `user[date-of-birth]`, … */
  keys?: readonly string[];
  /** RE2 syntax, not case-sensitive unless `caseSensitive`. Without `keys` the value alone must tell. */
  value?: string;
  caseSensitive?: boolean;
  /** Of the digits in what matches. */
  checksum?: 'luhn';
}

export type Category = 'pii' | 'payment' | 'credentials';

/** A scanner in Datadog's format. */
export function defineScanner(category: Category, source: ScannerSource): ScannerDefinition {
  const { id, name, type, tags, keys, value } = source;
  return {
    id,
    name,
    ...(keys && {
      key: {
        operator: 'match_regex',
        parameters: { regex: keyRegex(keys), options: { case_sensitive: true } },
      },
    }),
    ...(value && { value: valueMatcher(source, value) }),
    tags: { type, ...tags, category },
  };
}

function valueMatcher({ caseSensitive = false, checksum }: ScannerSource, regex: string) {
  const parameters = { regex, options: { case_sensitive: caseSensitive } };
  return checksum === undefined
    ? { operator: 'match_regex', parameters }
    : { operator: 'match_regex_with_checksum', parameters: { ...parameters, checksum } };
}

/**
 * Keys that end with one of the names, but for digits and brackets after it. A name begins at the key's beginning, after
 * something that is no letter, or with a capital after a small letter: `ssn`, `user_ssn`, `user[ssn]`, `userSsn`, and
 * neither `lessn` nor `ssnVerified`.
 */
export function keyRegex(names: readonly string[]): string {
  const written = names.map((name) => name.split(' ').join(String.raw`[\W_]?`));
  const capitals = [...new Set(written.map((name) => name.charAt(0)))].map((first) => {
    const rests = written.filter((name) => name.startsWith(first)).map((name) => name.slice(1));
    return `${first.toUpperCase()}(?i:${rests.join('|')})`;
  });
  return String.raw`(?:(?:^|[^A-Za-z])(?i:${written.join('|')})|[a-z0-9](?:${capitals.join('|')}))[\W\d_]*$`;
}
