import { compileRegex, type Regex, RegexSyntaxError } from '../regex/index.ts';
import type { MatchPart } from './evaluation.ts';

export const REDACTED = '<Redacted>';

/** Names under which secrets travel. */
export const DEFAULT_KEY_REGEX =
  '(?i)pass(?:w(?:or)?d|phrase|code)|(?:^|[_-]|old|new|confirm|current|user)pass$|pwd|secret|credential|' +
  'token|(?:api|access|private|public|signing|encryption|auth)[_-]?key|^(?:proxy-)?authorization$|bearer|jwt|' +
  'signature|^(?:set-)?cookie$|session[_-]?id|^(?:php|j)?sess(?:ion)?id$|^sid$|otp$|^pin$|cvv|cvc|card[_-]?num|' +
  'iban|ssn$|social[_-]?security';

/** What secrets look like by themselves. */
export const DEFAULT_VALUE_REGEX =
  '(?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|private)[_-]?key)"?\\s*[=:]\\s*"?[^\\s"&;,]{4,}|' +
  '\\b(?:bearer|basic)\\s+[\\w.~+/=-]{12,}|' +
  '\\bey[\\w-]{8,}\\.ey[\\w-]{8,}\\.[\\w-]*|' +
  '-----BEGIN [A-Z ]*PRIVATE KEY|' +
  '\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[0-9A-Za-z]{30,}|\\bsk_(?:live|test)_[0-9A-Za-z]{16,}|\\bxox[abprs]-[\\w-]{10,}|' +
  '\\b(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|6011|65\\d{2})[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}\\b|' +
  '\\b3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}\\b';

/** Hides secrets in a part of a request that an event reports. */
export type Obfuscator = (part: MatchPart) => MatchPart;

/**
 * An obfuscator that hides a value where a key of its key path matches `keyRegex`, or the value itself `valueRegex`;
 * case doesn't matter. An empty expression hides nothing; one that doesn't compile is replaced by the default. They are
 * compiled when there is first something to report.
 */
export function createObfuscator(
  keyRegex: string = DEFAULT_KEY_REGEX,
  valueRegex: string = DEFAULT_VALUE_REGEX,
): Obfuscator {
  let compiled: { key: Regex | undefined; value: Regex | undefined } | undefined;

  const isSecret = (part: { key_path: readonly (string | number)[]; value: string }) => {
    compiled ??= {
      key: compile(keyRegex, DEFAULT_KEY_REGEX),
      value: compile(valueRegex, DEFAULT_VALUE_REGEX),
    };
    const { key, value } = compiled;
    return (
      part.key_path.some((item) => typeof item === 'string' && key?.test(item)) ||
      value?.test(part.value) === true
    );
  };

  return (part) => {
    const isHidden = isSecret('resource' in part ? part.params : part);
    const redact = <T extends { value: string }>(holder: T): T =>
      isHidden ? { ...holder, value: REDACTED } : holder;
    const highlight = isHidden ? part.highlight.map(() => REDACTED) : part.highlight;
    if (!('resource' in part)) return { ...redact(part), highlight };

    const { resource, params } = part;
    const value = isSecret(resource)
      ? REDACTED
      : isHidden
        ? resource.value.replaceAll(params.value, () => REDACTED)
        : resource.value;
    return { ...part, resource: { ...resource, value }, params: redact(params), highlight };
  };
}

function compile(pattern: string, fallback: string): Regex | undefined {
  if (pattern === '') return undefined;
  try {
    return compileRegex(pattern, { caseSensitive: false });
  } catch (error) {
    if (error instanceof RegexSyntaxError) return compileRegex(fallback, { caseSensitive: false });
    throw error;
  }
}
