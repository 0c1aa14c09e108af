import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RowWriter } from './row-writer.ts';

const text = (writer: RowWriter) => Buffer.from(writer.bytes()).toString();

test('any string is written as JSON that reads back as it', () => {
  const writer = new RowWriter(16);
  const strings = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) }),
  );
  fc.assert(
    fc.property(strings, (value) => {
      writer.truncate(0);
      writer.string(value);
      assert.equal(JSON.parse(text(writer)), value);
    }),
  );
});

test('the edges: quotes, control characters, 64 and 65 characters, surrogates', () => {
  const cases: [value: string, json: string][] = [
    ['', '""'],
    ['"\\/', '"\\"\\\\/"'],
    ['\u0000\n\u001f\u007f', '"\\u0000\\u000a\\u001f\u007f"'],
    ['a'.repeat(64), `"${'a'.repeat(64)}"`],
    ['a'.repeat(65), `"${'a'.repeat(65)}"`],
    [`${'a'.repeat(63)}"`, `"${'a'.repeat(63)}\\""`],
    ['ü😀', '"ü😀"'],
    ['\ud800x', '"\ufffdx"'],
  ];
  for (const [value, json] of cases) {
    const writer = new RowWriter(16);
    writer.string(value);
    assert.equal(text(writer), json);
  }
});

test('the buffer grows, and rows can be taken back', () => {
  const writer = new RowWriter(16);
  writer.raw('{"first":1}\n');
  const { size } = writer;
  writer.string('ü'.repeat(1_000_000));
  writer.copy(new Uint8Array(1_000_000).fill(0x20));
  assert.equal(writer.size, size + 2 + 2_000_000 + 1_000_000);
  writer.truncate(size);
  writer.raw('{"second":2}\n');
  assert.equal(text(writer), '{"first":1}\n{"second":2}\n');
});
