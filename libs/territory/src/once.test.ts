import { expect, test } from '@jest/globals';
import { Once } from './once.js';

test('what is equal is held once, and what is not stays apart', () => {
  const once = new Once();
  const basis = once.value([{ number: '1676/NQ-UBTVQH15', issuedOn: '2025-06-16' }]);
  expect(once.value([{ number: '1676/NQ-UBTVQH15', issuedOn: '2025-06-16' }])).toBe(basis);
  expect(once.value([{ number: '1677/NQ-UBTVQH15', issuedOn: '2025-06-16' }])).not.toEqual(basis);
  expect([once.text('province-14'), once.text(''), once.text(undefined)]).toEqual(['province-14', '', undefined]);
  expect(once.value(undefined)).toBeUndefined();
});
