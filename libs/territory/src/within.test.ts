import { describe, expect, test } from '@jest/globals';
import { Told } from '../test/facts.js';
import { isWithin } from './within.js';

/** Đông Hà over the reform of 2025, the two centres of Sơn La, and a commune that was abolished. */
const registry = new Told()
  .provinces('UnitEstablished', {
    unit: 'vn',
    kind: 'country',
    name: 'Việt Nam',
    effectiveOn: { notAfter: '2024-01-01' },
  })
  .provinces('UnitEstablished', {
    unit: 'province-44',
    kind: 'province',
    name: 'Quảng Bình',
    parent: 'vn',
    effectiveOn: { notAfter: '2024-01-01' },
  })
  .provinces('UnitEstablished', {
    unit: 'province-45',
    kind: 'province',
    name: 'Quảng Trị',
    parent: 'vn',
    effectiveOn: { notAfter: '2024-01-01' },
  })
  .provinces('UnitEstablished', {
    unit: 'district-461',
    kind: 'district',
    name: 'Đông Hà',
    parent: 'province-45',
    effectiveOn: { notAfter: '2024-01-01' },
  })
  .provinces('UnitEstablished', {
    unit: 'commune-1',
    kind: 'commune',
    name: 'Gone',
    parent: 'district-461',
    effectiveOn: { notAfter: '2024-01-01' },
  })
  .provinces('UnitAbolished', { unit: 'commune-1', effectiveOn: '2010-01-01' })
  .provinces('UnitsReorganised', {
    effectiveOn: '2025-07-01',
    established: [
      { unit: 'province-44-2025', kind: 'province', name: 'Quảng Trị', parent: 'vn' },
      { unit: 'commune-19333-2025', kind: 'commune', name: 'Đông Hà', parent: 'province-44-2025' },
      { unit: 'commune-19351-2025', kind: 'commune', name: 'Nam Đông Hà', parent: 'province-44-2025' },
    ],
    parts: [
      { from: 'province-44', to: 'province-44-2025' },
      { from: 'province-45', to: 'province-44-2025' },
      { from: 'district-461', to: 'commune-19333-2025', extent: 'part' },
      { from: 'district-461', to: 'commune-19351-2025', extent: 'part' },
    ],
  })
  .centres('CentreEstablished', {
    centre: 'gdnn-gdtx-dong-ha',
    kind: 'gdnn-gdtx',
    seat: 'district-461',
    knownSince: '2023-01-01',
  })
  .centres('CentreEstablished', { centre: 'old-a', kind: 'gdtx', seat: 'province-45', knownSince: '2018-09-24' })
  .centres('CentreEstablished', { centre: 'old-b', kind: 'kthn', seat: 'province-45', knownSince: '2018-09-24' })
  .centres('CentresReorganised', {
    sources: ['old-a', 'old-b'],
    targets: [{ centre: 'new', established: { kind: 'gdtx', name: 'New', seat: 'province-45' } }],
    effectiveOn: '2018-09-25',
  })
  .centres('CentreEstablished', { centre: 'lost', kind: 'gdtx', seat: 'commune-unheard-of', knownSince: '2020-01-01' })
  .community('CommunityCentreEstablished', { centre: 'tthtcd-1', commune: 'commune-1', knownSince: '2005-01-01' })
  .community('CommunityCentreDissolved', { centre: 'tthtcd-1', effectiveOn: '2009-01-01' })
  .registry();

const within = (unit: string, roots: string[], day: string) => isWithin(registry, unit, roots, day);

describe('a subtree that a token names', () => {
  test('holds the unit itself and what lies under it', () => {
    expect(within('gdnn-gdtx-dong-ha', ['gdnn-gdtx-dong-ha'], '2025-06-30')).toBe(true);
    expect(within('gdnn-gdtx-dong-ha', ['district-461'], '2025-06-30')).toBe(true);
    expect(within('gdnn-gdtx-dong-ha', ['province-45'], '2025-06-30')).toBe(true);
  });

  test('of a stranger holds nothing of it', () => {
    expect(within('gdnn-gdtx-dong-ha', ['province-44', 'old-a'], '2025-06-30')).toBe(false);
    expect(within('gdnn-gdtx-dong-ha', [], '2025-06-30')).toBe(false);
    expect(within('district-461', ['gdnn-gdtx-dong-ha'], '2025-06-30')).toBe(false);
  });

  test('of a successor begins with the reform, and the predecessors’ ends with it', () => {
    expect(within('gdnn-gdtx-dong-ha', ['province-44-2025'], '2025-06-30')).toBe(false);
    expect(within('gdnn-gdtx-dong-ha', ['province-44-2025'], '2025-07-01')).toBe(true);
    expect(within('gdnn-gdtx-dong-ha', ['province-45'], '2025-07-01')).toBe(false);
    expect(within('gdnn-gdtx-dong-ha', ['district-461'], '2025-07-01')).toBe(false);
    expect(within('gdnn-gdtx-dong-ha', ['commune-19351-2025'], '2025-07-01')).toBe(true);
  });

  test('of a merged centre holds its predecessors’ past, and theirs no longer holds anything', () => {
    expect(within('old-a', ['new'], '2026-01-01')).toBe(true);
    expect(within('old-b', ['new'], '2026-01-01')).toBe(true);
    expect(within('old-a', ['old-a'], '2026-01-01')).toBe(false);
    expect(within('new', ['old-a', 'old-b'], '2026-01-01')).toBe(false);
    expect(within('old-a', ['province-44-2025'], '2026-01-01')).toBe(true);
  });

  test('holds what ended there without a successor', () => {
    expect(within('tthtcd-1', ['province-44-2025'], '2026-01-01')).toBe(true);
    expect(within('tthtcd-1', ['tthtcd-1'], '2026-01-01')).toBe(true);
    expect(within('tthtcd-1', ['commune-1'], '2026-01-01')).toBe(true);
    expect(within('tthtcd-1', ['province-45'], '2026-01-01')).toBe(false);
  });

  test('of the country holds everything, known or not', () => {
    expect(within('nobody', ['vn'], '2026-01-01')).toBe(true);
    expect(within('lost', ['vn'], '2026-01-01')).toBe(true);
    expect(within('lost', ['province-45'], '2024-01-01')).toBe(false);
    expect(within('nobody', ['province-45'], '2024-01-01')).toBe(false);
    expect(within('nobody', ['nobody'], '2024-01-01')).toBe(true);
  });
});
