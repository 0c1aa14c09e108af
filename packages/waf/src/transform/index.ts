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

const byName = new Map(
  TRANSFORMERS.flatMap((transformer): [string | undefined, Transformer][] => [
    [transformer.name, transformer],
    [transformer.alias, transformer],
  ]),
);

/** The transformer of a name or an alias, if there is one. `keys_only` and `values_only` are not transformers. */
export function transformerByName(name: string): Transformer | undefined {
  return byName.get(name);
}
