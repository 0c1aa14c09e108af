import type { ScannerSource } from './scanner.ts';

/** Countries by the length of their IBANs. Source: ISO 13616, the registry of SWIFT. */
const IBAN_COUNTRIES: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FO GL NL',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HU LB PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU',
  31: 'MT SC',
  32: 'LC',
};

const IBAN = Object.entries(IBAN_COUNTRIES)
  .map(
    ([length, countries]) =>
      `(?:${countries.replaceAll(' ', '|')})\\d\\d(?: ?[A-Z0-9]){${Number(length) - 4}}`,
  )
  .join('|');

/** The first four digits, and three more groups of four; no digit, letter or point before, which numbers have. */
const groupsOfFour = (first: string) => String.raw`(?:^|[^\w.])(?:${first})(?:[ -]?\d{4}){3}\b`;

const card = (card_type: string, name: string, value: string): ScannerSource => ({
  id: `card-${card_type}`,
  name: `Card number: ${name}`,
  type: 'card',
  tags: { card_type },
  value,
  checksum: 'luhn',
});

/** What one pays with. Numbers of cards have a check digit, so that one in ten other numbers of their shape is taken. */
export const PAYMENT: readonly ScannerSource[] = [
  card('visa', 'Visa', groupsOfFour(String.raw`4\d{3}`)),
  card(
    'mastercard',
    'Mastercard',
    groupsOfFour(String.raw`5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720`),
  ),
  card('amex', 'American Express', String.raw`(?:^|[^\w.])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b`),
  card('discover', 'Discover', groupsOfFour(String.raw`6011|64[4-9]\d|65\d{2}`)),
  card('jcb', 'JCB', groupsOfFour(String.raw`35(?:2[89]|[3-8]\d)`)),
  card('diners', 'Diners Club', String.raw`(?:^|[^\w.])3(?:0[0-59]|[689]\d)\d[ -]?\d{6}[ -]?\d{4}\b`),
  card('unionpay', 'UnionPay', groupsOfFour(String.raw`62\d{2}`)),
  card('mir', 'Mir', groupsOfFour(String.raw`220[0-4]`)),
  card('maestro', 'Maestro', groupsOfFour(String.raw`5018|5020|5038|5893|6304|6759|676[1-3]`)),
  {
    id: 'card-number',
    name: 'Card number of any kind, by its key',
    type: 'card',
    keys: [
      ...['card', 'card number', 'card no', 'credit card', 'credit card number', 'cc number', 'ccnum', 'pan'],
    ],
    value: String.raw`^\s*\d(?:[ -]?\d){11,18}\s*$`,
    checksum: 'luhn',
  },
  {
    id: 'card-security-code',
    name: 'Security code of a card, by its key',
    type: 'card_security_code',
    keys: ['cvv', 'cvc', 'cvn', 'card code', 'card verification', 'security code', 'verification value'],
    value: String.raw`^\s*\d{3,4}\s*$`,
  },
  {
    id: 'card-expiry',
    name: 'Expiry of a card, by its key',
    type: 'card_expiry',
    keys: [
      ...['expiry', 'expiry date', 'exp', 'exp date', 'expiration', 'expiration date', 'valid thru'],
      ...['card expiry'],
    ],
    value: String.raw`^\s*(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:20)?\d\d\s*$`,
  },
  {
    id: 'iban',
    name: 'IBAN',
    type: 'iban',
    value: String.raw`\b(?:${IBAN})\b`,
    caseSensitive: true,
  },
  {
    id: 'bic',
    name: 'BIC of a bank, by its key',
    type: 'bic',
    keys: ['bic', 'swift', 'swift code', 'bic code', 'swift bic'],
    value: String.raw`^\s*[a-z]{6}[a-z0-9]{2}(?:[a-z0-9]{3})?\s*$`,
  },
  {
    id: 'bank-account',
    name: 'Number of a bank account, by its key',
    type: 'bank_account',
    keys: [
      ...['account number', 'account no', 'bank account', 'bank account number', 'acct number'],
      ...['kontonummer'],
    ],
    value: String.raw`^\s*\d(?:[ -]?\d){5,19}\s*$`,
  },
  {
    id: 'bank-routing-number',
    name: 'Number of a bank, by its key: routing number, sort code, BSB, IFSC',
    type: 'bank_routing_number',
    keys: [
      ...['routing number', 'routing no', 'aba', 'aba number', 'sort code', 'bsb', 'ifsc', 'ifsc code'],
      ...['bankleitzahl', 'blz'],
    ],
    value: String.raw`^\s*(?:\d{9}|\d{8}|\d{2}[- ]?\d{2}[- ]?\d{2}|\d{3}[- ]\d{3}|[a-z]{4}0[a-z0-9]{6})\s*$`,
  },
  {
    id: 'crypto-wallet',
    name: 'Address of a wallet: Bitcoin, Ethereum',
    type: 'crypto_wallet',
    value: String.raw`\bbc1[ac-hj-np-z02-9]{38,59}\b|\b0x[0-9a-fA-F]{40}\b`,
    caseSensitive: true,
  },
];
