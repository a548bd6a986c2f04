import { describe, expect, it } from '@jest/globals';
import { addSums, publicResult, sumsOf, type Result } from './results.js';

const receipt = { unit: 'gdtx-son-la', seq: 7, hash: Buffer.from('00ff'.repeat(16), 'hex'), recordedAt: 1 };
const answer = { id: 'a', status: 'accepted', receipt, refusal: undefined, correction: undefined };
const refusal = { slug: 'class-unknown', message: 'There is no such class.', path: 'data.class', retryable: false };

describe('a result', () => {
  it('carries the receipt, its hash in hex', () => {
    const expected = { id: 'a', unit: 'gdtx-son-la', seq: 7, hash: '00ff'.repeat(16) };
    expect(publicResult('a', answer)).toEqual({ ...expected, status: 'accepted' });
    expect(publicResult('a', { ...answer, status: 'duplicate' })).toEqual({ ...expected, status: 'duplicate' });
  });

  it('carries the receipt of a correction', () => {
    const correction = { ...receipt, seq: 8 };
    expect(publicResult('a', { ...answer, correction })?.correction).toEqual({
      unit: 'gdtx-son-la',
      seq: 8,
      hash: '00ff'.repeat(16),
    });
  });

  it('carries the refusal', () => {
    const refused = { ...answer, status: 'refused', receipt: undefined, refusal };
    expect(publicResult('a', refused)).toEqual({ id: 'a', status: 'refused', refusal });
  });

  it.each([
    ['of another fact', { ...answer, id: 'b' }],
    ['of a status that isn’t', { ...answer, status: '' }],
    ['accepted without a receipt', { ...answer, receipt: undefined }],
    ['refused without a reason', { ...answer, status: 'refused', refusal: undefined }],
  ])('is none when the owner’s answer is %s', (_, broken) => {
    expect(publicResult('a', broken)).toBeUndefined();
  });
});

describe('sums', () => {
  it('count each status', () => {
    const results = ['accepted', 'refused', 'accepted', 'duplicate'].map((status) => ({ id: 'x', status }) as Result);
    const sums = sumsOf(results);
    expect(sums).toEqual({ accepted: 2, duplicate: 1, refused: 1 });
    addSums(sums, { accepted: 1, duplicate: 2, refused: 3 });
    expect(sums).toEqual({ accepted: 3, duplicate: 3, refused: 4 });
  });
});
