import { fields } from '../fields.ts';
import { DEEPLY_DECODED, RAW_URI, type RuleSource } from '../rule.ts';

const mail = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(!rule.inputs && { alsoDecoded: [DEEPLY_DECODED] }),
  ...rule,
  type: 'mail_injection',
  owasp: 'A03:2021',
  cwe: '93',
  capec: '1000/152/248/183',
});

const BREAK = String.raw`(?:[\r\n]|\\[rn])+[ \t]*`;
const HEADER =
  '(?:b?cc|to|from|sender|subject|reply-to|return-path|content-type|content-transfer-encoding|content-disposition|mime-version|x-[\\w-]+)';
const ONE_LINE = [
  'email',
  'mail',
  'e-mail',
  'from',
  'to',
  'cc',
  'subject',
  'name',
  'sender',
  'recipient',
  'replyto',
  'reply_to',
];

export const MAIL_INJECTION: readonly RuleSource[] = [
  mail({
    id: 'maili-header',
    name: 'Mail injection: a line break and a header of mail after an address',
    confidence: 'high',
    about:
      'A contact form that puts an address into the head of a mail sends it to whom the next line says: `a@b.example%0aBcc:…`. A mail that people quote begins with a header itself, and not with an address or one word.',
    regex: String.raw`^[^\s:-][^\s:]*@[^\s:]*\s?${BREAK}${HEADER}\s*:|^(?:[^\s:-][^\s:]*)?${BREAK}(?:b?cc\s*:\s*<?"?[\w.+-]+@|content-type\s*:\s*(?:multipart|text)/|mime-version\s*:)`,
  }),
  mail({
    id: 'maili-header-in-field',
    name: 'Mail injection: a header of mail in a field of one line',
    confidence: 'high',
    about:
      'Names, addresses and subjects are one line. A second one that is a header comes from nobody who filled in a form.',
    inputs: fields(ONE_LINE),
    regex: String.raw`${BREAK}${HEADER}\s*:`,
  }),
  mail({
    id: 'maili-header-in-address',
    name: 'Mail injection: an encoded line break and a copy to others in the address',
    confidence: 'high',
    about: 'The same in an address. Links that prepare a mail for its reader have parameters for copies.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`%(?:25)?0[ad](?:%20|\+|%09)*(?:b?cc|reply-to|mime-version)(?:%20)*(?::|%3a)(?:%20|\+|%3c|<|%22)*[\w.%+-]*(?:@|%40)`,
  }),
  mail({
    id: 'maili-smtp-commands',
    name: 'Mail injection: the end of a message and commands of SMTP',
    confidence: 'high',
    about:
      'A dot alone on a line ends a message, and commands begin the next. Outside of records of such a dialogue, a line with nothing but a dot is not followed by a command.',
    regex: String.raw`[\r\n]\.[\r\n]+(?:mail\s+from|rcpt\s+to|rset|data|quit|ehlo|helo)\b|^[^\s:]*${BREAK}(?:rcpt\s+to|mail\s+from)\s*:\s*<?[\w.+-]+@`,
  }),
  mail({
    id: 'maili-imap-in-value',
    name: 'Mail injection: a tagged command of IMAP after a line break',
    confidence: 'high',
    about:
      'Webmail that passes the name of a folder or the number of a message on can be given commands. Lines of text do not begin with a letter, a number and a command of IMAP.',
    regex: String.raw`(?:[\r\n]|\\r|\\n|^)\s*[a-z]\d{1,4}\s+(?:capability|fetch\s+[\d*]|login\s|logout|select\s|examine\s|store\s+\d|copy\s+\d|noop)\b?`,
  }),
  mail({
    id: 'maili-imap-commands',
    name: 'Mail injection: a tagged command of IMAP after a line break in the address',
    confidence: 'medium',
    about:
      'Webmail that passes the name of a folder on can be given commands: `INBOX"%0d%0aA1 FETCH 1 BODY[]`.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`%0d%0a\w+(?:%20|\+)(?:capability|fetch|login|logout|select|create|delete|copy|store|append|noop|list)(?:%20|\+|%0d|$)`,
  }),
];
