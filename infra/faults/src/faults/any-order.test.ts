import { expect, test } from '@jest/globals';
import { Entry } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { createRandom } from '../random.js';
import { shuffled } from './any-order.js';

const entry = (unit: string, seq: number, offset: number) => ({
  ...{ topic: 't', partition: 1, offset: BigInt(offset) },
  value: Buffer.from(Entry.encode(Entry.fromPartial({ unit, seq })).finish()),
});
const seqsOf = (values: readonly { value: Buffer }[], unit: string) =>
  values.map(({ value }) => Entry.decode(value)).flatMap((each) => (each.unit === unit ? [each.seq] : []));

test('all entries are there once, between those of other units; some units keep their order, some do not', () => {
  const units = Array.from({ length: 20 }, (_, n) => `unit-${n}`);
  const values = units.flatMap((unit, n) => Array.from({ length: 30 }, (_, i) => entry(unit, i + 1, n * 30 + i)));
  const mixed = shuffled(values, createRandom('1'));
  expect(mixed.map(({ offset }) => offset).sort((a, b) => Number(a - b))).toEqual(values.map(({ offset }) => offset));
  const inOrder = units.filter((unit) => seqsOf(mixed, unit).every((seq, i) => seq === i + 1));
  expect(inOrder.length).toBeGreaterThan(0);
  expect(inOrder.length).toBeLessThan(20);
  const [first] = inOrder;
  const places = mixed.flatMap(({ value }, n) => (Entry.decode(value).unit === first ? [n] : []));
  expect(places.at(-1)! - places[0]!).toBeGreaterThan(30);
  expect(shuffled(values, createRandom('1')).map(({ offset }) => offset)).toEqual(mixed.map(({ offset }) => offset));
});
