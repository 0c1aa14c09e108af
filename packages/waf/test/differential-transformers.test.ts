import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transformerByName } from '../src/transform/index.ts';
import { openLibddwaf } from './libddwaf.ts';
import texts from './vectors/texts.json' with { type: 'json' };
import differences from './vectors/transformer-differences.json' with { type: 'json' };

const NAMES = [
  ...['base64_decode', 'base64_encode', 'base64url_decode', 'compress_whitespace', 'css_decode'],
  ...['html_entity_decode', 'js_decode', 'lowercase', 'normalize_path', 'normalize_path_win'],
  ...['remove_comments', 'remove_nulls', 'shell_unescape', 'unicode_normalize', 'url_basename', 'url_decode'],
  ...['url_decode_iis', 'url_path', 'url_querystring'],
];

for (const name of NAMES) {
  test(`${name} does what it does in libddwaf`, () => {
    const theirs = libddwafTransformer(name);
    const different = new Set(
      differences.filter(({ transformers }) => transformers.includes(name)).flatMap((entry) => entry.texts),
    );
    for (const text of texts) {
      const ours = transformerByName(name)!.apply(text);
      if (different.has(text)) assert.notEqual(ours, theirs(text), `no longer a difference: ${text}`);
      else assert.equal(ours, theirs(text), JSON.stringify(text));
    }
  });
}

/** A transformer of libddwaf, seen through the value that an event reports. */
function libddwafTransformer(name: string): (text: string) => string {
  const always = {
    operator: '!exact_match',
    parameters: { inputs: [{ address: 'always' }], list: ['never'] },
  };
  const shows = { operator: 'match_regex', parameters: { inputs: [{ address: 'text' }], regex: '(?s).*' } };
  const engine = openLibddwaf({
    rules: [{ id: 'r', name: 'r', tags: { type: 't' }, transformers: [name], conditions: [always, shows] }],
  });
  assert.ok(engine, `libddwaf has no transformer ${name}`);
  return (text) => {
    const [result] = engine.run([{ persistent: { always: 'yes', text } }]);
    const parameter = result!.events[0]?.rule_matches[1]?.parameters[0];
    return parameter !== undefined && 'value' in parameter ? parameter.value : '';
  };
}
