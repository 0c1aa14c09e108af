import { base64Decode } from './base64-decode.ts';
import { base64Encode } from './base64-encode.ts';
import { base64urlDecode } from './base64url-decode.ts';
import { compressWhitespace } from './compress-whitespace.ts';
import { cssDecode } from './css-decode.ts';
import { htmlEntityDecode } from './html-entity-decode.ts';
import { jsDecode } from './js-decode.ts';
import { lowercase } from './lowercase.ts';
import { normalizePath } from './normalize-path.ts';
import { normalizePathWin } from './normalize-path-win.ts';
import { removeComments } from './remove-comments.ts';
import { removeNulls } from './remove-nulls.ts';
import { shellUnescape } from './shell-unescape.ts';
import type { Transformer } from './transformer.ts';
import { unicodeNormalize } from './unicode-normalize.ts';
import { urlBasename } from './url-basename.ts';
import { urlDecode } from './url-decode.ts';
import { urlDecodeIis } from './url-decode-iis.ts';
import { urlPath } from './url-path.ts';
import { urlQuerystring } from './url-querystring.ts';

export type { Transformer } from './transformer.ts';

const TRANSFORMERS: readonly Transformer[] = [
  base64Decode,
  base64Encode,
  base64urlDecode,
  compressWhitespace,
  cssDecode,
  htmlEntityDecode,
  jsDecode,
  lowercase,
  normalizePath,
  normalizePathWin,
  removeComments,
  removeNulls,
  shellUnescape,
  unicodeNormalize,
  urlBasename,
  urlDecode,
  urlDecodeIis,
  urlPath,
  urlQuerystring,
];

const byName = new Map(TRANSFORMERS.map((transformer) => [transformer.name, transformer]));

/** Names of the same transformers from ModSecurity and older rulesets, but for those that are theirs in camel case. */
const ALIASES: Readonly<Record<string, string>> = {
  urlDecodeUni: 'url_decode_iis',
  compressWhiteSpace: 'compress_whitespace',
  cmdLine: 'shell_unescape',
  _sqr_basename: 'url_basename',
  _sqr_filename: 'url_path',
  _sqr_querystring: 'url_querystring',
};
/** Those that have a name in camel case. */
const CAMEL_CASE =
  /^(?:(?:base64(?:url)?|css|htmlEntity|js|url)Decode|base64Encode|normalizePath(?:Win)?|remove(?:Comments|Nulls))$/;

/** The transformer of a name or an alias, if there is one. `keys_only` and `values_only` are not transformers. */
export function transformerByName(name: string): Transformer | undefined {
  const canonical = CAMEL_CASE.test(name)
    ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    : (ALIASES[name] ?? name);
  return byName.get(canonical);
}
