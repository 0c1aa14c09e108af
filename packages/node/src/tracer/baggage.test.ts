import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultTextMapGetter, defaultTextMapSetter, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { BaggagePropagator, parseBaggage } from './baggage.ts';

const propagator = new BaggagePropagator();

function roundTrip(baggage: string | string[]): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagator.inject(
    propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter),
    carrier,
    defaultTextMapSetter,
  );
  return carrier;
}

const CASES: [string, string | string[], string | undefined][] = [
  ['entries', 'user=alice,tier=gold', 'user=alice,tier=gold'],
  ['white space', ' user = alice , tier=gold', 'user=alice,tier=gold'],
  ['properties', 'user=alice;ttl=60;secret', 'user=alice;ttl=60;secret'],
  ['percent-encoding', 'user=al%20ice%2C', 'user=al%20ice%2C'],
  ['percent-encoding that is broken', 'user=%E0%A4', 'user=%25E0%25A4'],
  ['several headers', ['a=1', 'b=2'], 'a=1,b=2'],
  ['entries without a value or a key', 'a,=1,,b=2', 'b=2'],
  ['a key that is no token', 'a b=1,c=2', 'c=2'],
  ['nothing', '', undefined],
];

for (const [name, header, expected] of CASES) {
  test(`baggage passes through: ${name}`, () => {
    assert.equal(roundTrip(header).baggage, expected);
  });
}

test('a key named like an inherited property is an entry like others', () => {
  assert.equal(roundTrip('__proto__=1,constructor=2').baggage, '__proto__=1,constructor=2');
});

test('no more than 64 entries and 8192 characters', () => {
  const many = Array.from({ length: 100 }, (_, i) => `k${i}=v`).join(',');
  assert.equal(Object.keys(parseBaggage(many)).length, 64);
  const long = `a=1,b=${'x'.repeat(9000)}`;
  assert.deepEqual(Object.keys(parseBaggage(long)), ['a']);
});

test('what the application puts in cannot break a header', () => {
  const baggage = propagation.createBaggage({ 'line\nbreak': { value: 'x' }, ok: { value: 'a\r\nb\ud800' } });
  const carrier: Record<string, string> = {};
  propagator.inject(propagation.setBaggage(ROOT_CONTEXT, baggage), carrier, defaultTextMapSetter);
  assert.equal(carrier.baggage, 'ok=a%0D%0Ab%EF%BF%BD');
});
