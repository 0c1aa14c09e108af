import { ACCOUNT_FIELDS, fields } from '../fields.ts';
import { DEEPLY_DECODED, type RuleSource } from '../rule.ts';

const ldap = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(rule.confidence === 'high' && { alsoDecoded: [DEEPLY_DECODED] }),
  ...rule,
  type: 'ldap_injection',
  owasp: 'A03:2021',
  cwe: '90',
  capec: '1000/152/248/136',
});

/** A value of a filter: what an application puts between `(uid=` and `)`. */
const VALUE = String.raw`^[\w*.@\\+-]*`;
const ATTRIBUTE =
  '(?:uid|cn|sn|ou|dc|dn|mail|email|objectclass|objectcategory|userpassword|unicodepwd|password|pass|samaccountname|userprincipalname|givenname|displayname|name|user|userid|username|login|member|memberof|telephonenumber|description|department|title|uidnumber|gidnumber|homedirectory|loginshell|useraccountcontrol|admincount|employee\\w*|directory|zone|type|attribute)';
const COMPARISON = String.raw`\s*(?:[~<>]?=|:(?:dn:)?[\d.]*:?=)`;

export const LDAP_INJECTION: readonly RuleSource[] = [
  ldap({
    id: 'ldapi-filter-extended',
    name: 'LDAP injection: a condition that is closed, and another after it',
    confidence: 'high',
    about:
      'A bracket closes the condition that the value stands in, and the value opens the next: `*)(uid=*))(|(uid=*`. What closes a bracket in prose or code has opened it before.',
    regex: String.raw`${VALUE}\)+\s*(?:\(+\s*[|&!]|\(+\s*${ATTRIBUTE}${COMPARISON}|\(+\s*[\w.;-]+${COMPARISON}\s*\*|[|&!]\s*\(\s*[\w.;-]+${COMPARISON})`,
  }),
  ldap({
    id: 'ldapi-wildcard',
    name: 'LDAP injection: a wildcard with the bracket after it',
    confidence: 'high',
    about:
      'A wildcard in place of a name, and a bracket that ends or begins a condition: `*)(&`, `admin*)`, `*(|(mail=*))`.',
    regex: String.raw`^[\w.@-]*\*\s*(?:\)+\s*(?:\(|[|&!]|\\00|\x00|%00|$)|\(\s*[|&!]\s*\()|^\*\(\)[|&]`,
  }),
  ldap({
    id: 'ldapi-filter',
    name: 'LDAP injection: a filter as the value',
    confidence: 'medium',
    severity: 'medium',
    about: 'A whole filter. Consoles of directories take filters, so this one reports.',
    regex: String.raw`^\s*\(\s*[|&!]\s*\(*\s*[\w.;-]+${COMPARISON}[^()]*\)|^\s*\((?:${ATTRIBUTE}|object\w+)${COMPARISON}[^()]+\)|^\)+\(${ATTRIBUTE}=`,
  }),
  ldap({
    id: 'ldapi-account-probe',
    name: 'LDAP or XPath injection: a wildcard or a mark where a name belongs',
    confidence: 'medium',
    severity: 'medium',
    about:
      "Marks of filters and paths alone, sent as a user's name to see whether the answer changes: `*`, `(`, `|`, `//*`, `admin*`. Names of people and accounts have letters and no wildcard.",
    inputs: fields(ACCOUNT_FIELDS),
    regex: String.raw`^\s*(?:[*()|&!/@%\\]{1,6}|[\w.@-]*\*+)\s*$`,
  }),
  ldap({
    id: 'ldapi-escapes',
    name: 'LDAP injection: brackets and wildcards as escapes of filters',
    confidence: 'medium',
    about:
      'Escapes of filters, `\\28` and `\\2a`, that come in already, for what decodes a value before it builds the filter.',
    regex: String.raw`(?:\\2[89a]|\\5c|\\00)[\w=|&]*(?:\\2[89a]|\\5c|\\00)`,
  }),
  ldap({
    id: 'ldapi-matching-rule',
    name: 'LDAP injection: a matching rule of Active Directory by its number',
    confidence: 'medium',
    about:
      'Bitwise and transitive rules by their object identifiers. Scripts for Active Directory have them too.',
    regex: String.raw`:1\.2\.840\.113556\.1\.4\.(?:803|804|1941|2253):=`,
  }),
];
