import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteBuffer } from './byte-buffer.ts';

test('any string is written as its UTF-8 with its length', () => {
  const strings = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) }),
    fc.string({ unit: fc.constantFrom('a', 'ü', '\ud800', '\udc00'), maxLength: 100 }),
  );
  const buffer = new ByteBuffer(16);
  fc.assert(
    fc.property(strings, (value) => {
      buffer.truncate(0);
      buffer.string(value);
      const bytes = Buffer.from(value);
      const length = bytes.length < 0x80 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
      assert.deepEqual(buffer.bytes(), Buffer.concat([Buffer.from(length), bytes]));
    }),
  );
});

test('numbers are little-endian', () => {
  const buffer = new ByteBuffer(1);
  buffer.uint8(0xff);
  buffer.uint16(0x0102);
  buffer.uint32(0xfffefdfc);
  buffer.uint64(2 ** 52 + 1);
  buffer.bigUint64(2n ** 64n - 2n);
  buffer.varint(0x7f);
  buffer.varint(0x80);
  buffer.varint(2 ** 32 - 1);
  const expected = 'ff 0201 fcfdfeff 0100000000001000 feffffffffffffff 7f 8001 ffffffff0f';
  assert.equal(buffer.bytes().toString('hex'), expected.replaceAll(' ', ''));
});

test('the buffer grows, repeats, and what was written can be taken back', () => {
  const buffer = new ByteBuffer(1);
  buffer.string('first');
  const { size } = buffer;
  buffer.string('ü'.repeat(1_000_000));
  buffer.copy(new Uint8Array(1_000_000));
  assert.equal(buffer.size, size + 3 + 2_000_000 + 1_000_000);
  buffer.truncate(size);
  buffer.repeat(1, 5);
  assert.equal(buffer.bytes().toString(), '\u0005firstfirst');
});
