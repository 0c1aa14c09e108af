/** The attack lists of a corpus folder, one request a line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unescape as decodePercent } from 'node:querystring';
import { UsageError } from '../usage-error.ts';
import { type Addresses, inJson, inNestedQuery, inQuery, inRawUri, inXml } from './requests.ts';
import type { Sample, SampleSet } from './sample.ts';

/** How a category's payloads reach an application; what is not here is a value of the query, `q`. */
const CARRIERS: Readonly<Record<string, (payload: string) => Addresses>> = {
  directory_traversal: (payload) => inRawUri('file', payload),
  file_inclusion: (payload) => inRawUri('file', payload),
  ldap_injection: (payload) => inQuery('username', payload),
  nosql_injection: carryNoSql,
  open_redirect: (payload) => inQuery('url', payload),
  xxe_injection: inXml,
};

/**
 * The sets of a folder that holds `libinjection` and `payloads`, as far as they are there. Throws an error that names
 * the folder if neither is.
 */
export function attackSets(corpus: string): SampleSet[] {
  const sets = [...libinjectionSets(corpus), ...payloadSets(corpus)];
  if (sets.length > 0) return sets;
  throw new UsageError(
    `${corpus} has no libinjection/*.txt and no payloads/*/*: --corpus names another folder`,
  );
}

/** `tbd-*.txt` is left out: its authors had not decided what it is. */
function libinjectionSets(corpus: string): SampleSet[] {
  return filesOf(join(corpus, 'libinjection')).flatMap((file): SampleSet[] => {
    const path = join(corpus, 'libinjection', file);
    if (file.startsWith('sqli-')) {
      return [setOf(`libinjection/sqli/${file}`, 'attack', () => uncommented(path).map(decodeForm))];
    }
    if (file.startsWith('xss-')) {
      return [setOf(`libinjection/xss/${file}`, 'attack', () => uncommented(path))];
    }
    if (file === 'false_positives.txt') {
      return [setOf(`libinjection/${file}`, 'benign', () => uncommented(path).map(decodeForm))];
    }
    return [];
  });
}

function payloadSets(corpus: string): SampleSet[] {
  return filesOf(join(corpus, 'payloads')).flatMap((category) =>
    filesOf(join(corpus, 'payloads', category)).map((file) =>
      setOf(
        `payloads/${category}/${file}`,
        'attack',
        () => lines(join(corpus, 'payloads', category, file)),
        CARRIERS[category],
      ),
    ),
  );
}

function setOf(
  name: string,
  kind: SampleSet['kind'],
  texts: () => string[],
  carry: (payload: string) => Addresses = (payload) => inQuery('q', payload),
): SampleSet {
  return { name, kind, samples: () => texts().map((text): Sample => ({ text, request: carry(text) })) };
}

/** JSON is sent as JSON, `[$ne]=1` after a parameter's name; the rest is text. */
function carryNoSql(payload: string): Addresses {
  const operator = /^\[([^\]]+)\]=(.*)$/s.exec(payload);
  if (operator) return inNestedQuery('username', operator[1]!, operator[2]!);
  const object = parseObject(payload);
  return object === undefined ? inQuery('username', payload) : inJson({ username: object, password: 'x' });
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As a server decodes a form: bytes that are no UTF-8 become U+FFFD. */
function decodeForm(line: string): string {
  return decodePercent(line.replaceAll('+', ' '));
}

function uncommented(path: string): string[] {
  return lines(path).filter((line) => !line.startsWith('#'));
}

/** Without blank ones. */
function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
