import { describe, expect, test } from '@jest/globals';
import { folded, Told } from '../test/facts.js';
import { isAlive, stateOn, valueOn } from './records.js';
import type { UnitRecord } from './records.js';
import type { Registry } from './registry.js';

const decision = (number: string, issuedOn: string, issuer: string) => [{ number, issuedOn, issuer }];
const nameOn = (unit: UnitRecord, day: string) => valueOn(unit.names, day)?.vi;
const page = (unit: UnitRecord) => unit.changes.map((change) => `${change.kind} ${change.on}`);
const seats = (unit: UnitRecord) => unit.parents.map(({ from, to, value }) => [from, to, value]);

const consolidation = {
  form: 'consolidation',
  sources: ['gdtx-son-la-truoc-2018', 'kthn-son-la'],
  targets: [
    { centre: 'gdtx-son-la', established: { kind: 'gdtx', name: 'Trung tâm GDTX tỉnh Sơn La', seat: 'province-14' } },
  ],
  effectiveOn: '2018-09-25',
  legalBasis: decision('2343/QĐ-UBND', '2018-09-25', 'UBND tỉnh Sơn La'),
};

const sonLa = () =>
  new Told()
    .centres('CentreEstablished', {
      centre: 'gdtx-son-la-truoc-2018',
      kind: 'gdtx',
      name: 'Trung tâm GDTX tỉnh Sơn La',
      seat: 'province-14',
      knownSince: '2018-09-24',
    })
    .centres('CentreEstablished', {
      centre: 'kthn-son-la',
      kind: 'kthn',
      seat: 'province-14',
      knownSince: '2018-09-24',
    })
    .centres('CentresReorganised', consolidation);

const thaiNguyen = () =>
  new Told()
    .centres('CentreEstablished', {
      centre: 'gdtx-thai-nguyen',
      kind: 'taichuc',
      name: 'Trung tâm Đào tạo - Bồi dưỡng tại chức tỉnh Bắc Thái',
      seat: 'district-164',
      establishedOn: '1992-11-25',
      formedFrom: [{ name: 'Trường Cán bộ quản lý giáo dục', kind: 'school' }],
      legalBasis: [{ number: '191/QĐ-UB', issuer: 'UBND tỉnh Bắc Thái' }],
    })
    .centres('CentreRenamed', {
      centre: 'gdtx-thai-nguyen',
      name: 'Trung tâm GDTX tỉnh Bắc Thái',
      kind: 'gdtx',
      effectiveOn: '1994-09-14',
      legalBasis: decision('90/QĐ-UB', '1994-09-14', 'UBND tỉnh Bắc Thái'),
    })
    .centres('CentreRenamed', {
      centre: 'gdtx-thai-nguyen',
      name: 'Trung tâm GDTX tỉnh Thái Nguyên',
      effectiveOn: '1997',
    })
    .centres('CentreEstablished', {
      centre: 'kthn-thai-nguyen',
      kind: 'kthn',
      seat: 'province-19',
      knownSince: '2018-07-17',
    })
    .centres('CentresReorganised', {
      form: 'absorption',
      sources: ['kthn-thai-nguyen'],
      targets: [{ centre: 'gdtx-thai-nguyen' }],
      effectiveOn: '2018-07-18',
      legalBasis: decision('2127/QĐ-UBND', '2018-07-18', 'UBND tỉnh Thái Nguyên'),
    });

describe('a consolidation of centres', () => {
  const registry = sonLa().registry();
  const target = registry.unit('gdtx-son-la')!;
  const source = registry.unit('kthn-son-la')!;

  test('ends its sources and begins its target on its day', () => {
    expect([stateOn(target, '2018-09-24'), stateOn(target, '2018-09-25')]).toEqual(['not-yet', 'alive']);
    expect([stateOn(source, '2018-09-23'), stateOn(source, '2018-09-24'), stateOn(source, '2018-09-25')]).toEqual([
      'not-yet',
      'alive',
      'ended',
    ]);
    expect(source.life).toMatchObject({ from: '2018-09-24', to: '2018-09-25', knownSince: true });
    expect(source.successors).toMatchObject([{ other: 'gdtx-son-la', on: '2018-09-25', extent: 'whole' }]);
    expect(target.predecessors.map((edge) => edge.other)).toEqual(consolidation.sources);
  });

  test('is one line on the target’s page, from two, with its legal basis', () => {
    expect(target.changes).toHaveLength(1);
    expect(target.changes[0]).toMatchObject({
      kind: 'merged',
      on: '2018-09-25',
      from: consolidation.sources,
      to: ['gdtx-son-la'],
      legalBasis: [{ number: '2343/QĐ-UBND' }],
      entry: { service: 'centres', unit: 'vn', seq: 3 },
    });
    expect(page(source)).toEqual(['established 2018-09-24', 'merged 2018-09-25']);
  });

  test('leaves the sources’ names and seats as they were when they ended', () => {
    expect(seats(source)).toEqual([['2018-09-24', '2018-09-25', 'province-14']]);
    expect(nameOn(registry.unit('gdtx-son-la-truoc-2018')!, '2018-09-24')).toBe('Trung tâm GDTX tỉnh Sơn La');
  });
});

describe('a centre that lives on under other names', () => {
  const registry = thaiNguyen().registry();
  const centre = registry.unit('gdtx-thai-nguyen')!;

  test('has one life and four changes, three of them with a numbered legal basis', () => {
    expect(centre.life).toMatchObject({ from: '1992-11-25', to: null, knownSince: false });
    expect(page(centre)).toEqual([
      'established 1992-11-25',
      'renamed 1994-09-14',
      'renamed 1997-01-01',
      'merged 2018-07-18',
    ]);
    expect(centre.changes.filter((change) => change.legalBasis.some((basis) => basis.number))).toHaveLength(3);
    expect(centre.changes[2]!.given).toEqual({ on: '1997', notBefore: '', notAfter: '' });
    expect(centre.changes[3]).toMatchObject({ from: ['kthn-thai-nguyen'], to: ['gdtx-thai-nguyen'] });
  });

  test('names what it was formed from inside the line of its beginning', () => {
    expect(centre.changes[0]!.basedOn).toEqual([{ unit: '', name: 'Trường Cán bộ quản lý giáo dục', kind: 'school' }]);
    expect(centre.predecessors.map((edge) => edge.other)).toEqual(['kthn-thai-nguyen']);
  });

  test('bears each name from its day', () => {
    const bacThai = 'Trung tâm GDTX tỉnh Bắc Thái';
    expect(nameOn(centre, '1992-11-24')).toBeUndefined();
    expect(nameOn(centre, '1994-09-13')).toBe('Trung tâm Đào tạo - Bồi dưỡng tại chức tỉnh Bắc Thái');
    expect([nameOn(centre, '1994-09-14'), nameOn(centre, '1996-12-31')]).toEqual([bacThai, bacThai]);
    expect(nameOn(centre, '1997-01-01')).toBe('Trung tâm GDTX tỉnh Thái Nguyên');
    expect([valueOn(centre.subkinds, '1994-09-13'), valueOn(centre.subkinds, '1994-09-14')]).toEqual([
      'taichuc',
      'gdtx',
    ]);
  });

  test('is the successor of the one that it absorbed', () => {
    const absorbed = registry.unit('kthn-thai-nguyen')!;
    expect(stateOn(absorbed, '2018-07-18')).toBe('ended');
    expect(absorbed.successors.map((edge) => edge.other)).toEqual(['gdtx-thai-nguyen']);
    expect(page(absorbed)).toEqual(['established 2018-07-17', 'merged 2018-07-18']);
  });
});

test('a merger of three in a month that is all the source says counts from its first day', () => {
  const told = new Told();
  for (const centre of ['a', 'b', 'c'])
    told.centres('CentreEstablished', { centre, seat: 'province-38', knownSince: '2003-05-31' });
  told.centres('CentresReorganised', {
    form: 'consolidation',
    sources: ['a', 'b', 'c'],
    targets: [{ centre: 'gdtx-thanh-hoa', established: { kind: 'gdtx', seat: 'commune-14764' } }],
    effectiveOn: '2003-06',
  });
  const centre = told.registry().unit('gdtx-thanh-hoa')!;
  expect([stateOn(centre, '2003-05-31'), stateOn(centre, '2003-06-01')]).toEqual(['not-yet', 'alive']);
  expect(centre.changes).toMatchObject([
    { kind: 'merged', from: ['a', 'b', 'c'], legalBasis: [], given: { on: '2003-06' } },
  ]);
});

describe('other reorganisations of centres', () => {
  const start = () =>
    new Told().centres('CentreEstablished', { centre: 'old', kind: 'gdtx', seat: 's', establishedOn: '2000' });
  const fresh = { kind: 'gdtx', name: 'N', seat: 's' };

  test('a division ends its source, with a default among its successors', () => {
    const registry = start()
      .centres('CentresReorganised', {
        form: 'division',
        sources: ['old'],
        targets: [
          { centre: 'x', default: true, established: fresh },
          { centre: 'y', established: fresh },
        ],
        effectiveOn: '2010-05-01',
      })
      .registry();
    expect(registry.unit('old')!.successors).toMatchObject([
      { other: 'x', extent: 'part', default: true },
      { other: 'y', extent: 'part', default: false },
    ]);
    expect(page(registry.unit('old')!)).toEqual(['established 2000-01-01', 'divided 2010-05-01']);
    expect(page(registry.unit('y')!)).toEqual(['divided 2010-05-01']);
  });

  test('a separation leaves its source alive', () => {
    const registry = start()
      .centres('CentresReorganised', {
        form: 'separation',
        sources: ['old'],
        targets: [{ centre: 'old' }, { centre: 'y', established: fresh }],
        effectiveOn: '2010-05-01',
      })
      .registry();
    expect(registry.unit('old')!.life.to).toBeNull();
    expect(page(registry.unit('old')!)).toEqual(['established 2000-01-01', 'separated 2010-05-01']);
    expect(page(registry.unit('y')!)).toEqual(['separated 2010-05-01']);
    expect(registry.unit('y')!.predecessors.map((edge) => edge.other)).toEqual(['old']);
  });

  test('one that becomes one new centre is replaced by it', () => {
    const registry = start()
      .centres('CentresReorganised', {
        sources: ['old'],
        targets: [{ centre: 'x', established: fresh }],
        effectiveOn: '2010',
      })
      .registry();
    expect(page(registry.unit('x')!)).toEqual(['replaced 2010-01-01']);
    expect(page(registry.unit('old')!)).toEqual(['established 2000-01-01', 'replaced 2010-01-01']);
  });
});

test('a centre moves, changes kind and authority, rests, and is dissolved', () => {
  const centre = new Told()
    .centres('CentreEstablished', {
      centre: 'c',
      kind: 'gdtx',
      name: 'One',
      seat: 'commune-1',
      address: '1 A',
      authority: { body: 'UBND', of: 'district-1' },
      establishedOn: { notAfter: '2001-05-05' },
    })
    .centres('CentreMoved', { centre: 'c', seat: 'commune-2', address: '2 B', effectiveOn: '2012-03' })
    .centres('CentreKindChanged', { centre: 'c', kind: 'gdnn-gdtx', name: 'Two', effectiveOn: '2016-01-01' })
    .centres('AuthorityChanged', {
      centre: 'c',
      authority: { body: 'Sở', of: 'province-1' },
      effectiveOn: '2025-07-01',
    })
    .centres('OperationSuspended', { centre: 'c', from: '2020-02-01', until: '2020-05-04' })
    .centres('OperationSuspended', { centre: 'c', from: '2026-01-01', until: '' })
    .centres('CentreDissolved', { centre: 'c', effectiveOn: '2026-06-01' })
    .registry()
    .unit('c')!;
  expect(centre.life).toMatchObject({ from: null, to: '2026-06-01', givenFrom: { notAfter: '2001-05-05' } });
  expect(isAlive(centre, '1950-01-01')).toBe(true);
  expect(seats(centre)).toEqual([
    [null, '2012-03-01', 'commune-1'],
    ['2012-03-01', '2026-06-01', 'commune-2'],
  ]);
  expect(centre.addresses.map((span) => span.value)).toEqual(['1 A', '2 B']);
  expect(centre.subkinds.map((span) => span.value)).toEqual(['gdtx', 'gdnn-gdtx']);
  expect(centre.names.map((span) => span.value.vi)).toEqual(['One', 'Two']);
  expect(valueOn(centre.authorities, '2025-07-01')).toEqual({ body: 'Sở', of: 'province-1' });
  expect(centre.suspended).toEqual([
    { from: '2020-02-01', to: '2020-05-04', value: true },
    { from: '2026-01-01', to: '2026-06-01', value: true },
  ]);
  expect(centre.changes.map((change) => change.kind)).toEqual([
    'established',
    'moved',
    'kind-changed',
    'suspended',
    'authority-changed',
    'suspended',
    'dissolved',
  ]);
  expect(centre.changes[1]).toMatchObject({ from: ['commune-1'], to: ['commune-2'] });
});

describe('territory', () => {
  const before = () => {
    const told = new Told();
    for (const [unit, kind, parent] of [
      ['vn', 'country', ''],
      ['p1', 'province', 'vn'],
      ['p2', 'province', 'vn'],
      ['d1', 'district', 'p1'],
      ['c1', 'commune', 'd1'],
      ['c2', 'commune', 'd1'],
      ['c3', 'commune', 'd1'],
    ]) {
      told.provinces('UnitEstablished', { unit, kind, parent, name: unit, effectiveOn: { notAfter: '2024-01-01' } });
    }
    return told;
  };
  const reform = {
    effectiveOn: '2025-07-01',
    established: [
      { unit: 'p1-2025', kind: 'province', parent: 'vn', name: 'P', officialCode: '01' },
      { unit: 'c1-2025', kind: 'commune', parent: 'p1-2025', name: 'C' },
    ],
    parts: [
      { from: 'p1', to: 'p1-2025' },
      { from: 'p2', to: 'p1-2025' },
      { from: 'c1', to: 'c1-2025', extent: 'whole' },
      { from: 'c2', to: 'c1-2025', extent: 'part', default: true },
      { from: 'c2', to: 'c3', extent: 'part' },
      { from: 'd1', to: 'c1-2025', extent: 'part' },
      { from: 'd1', to: 'c3', extent: 'part' },
    ],
    moved: [{ unit: 'c3', parent: 'p1-2025' }],
    legalBasis: decision('202/2025/QH15', '2025-06-12', 'Quốc hội'),
  };
  const registry = before().provinces('UnitsReorganised', reform).registry();

  test('begins, ends and moves by one reorganisation', () => {
    const states = ['p1', 'd1', 'c2', 'c3', 'p1-2025', 'c1-2025'].map((id) => {
      const unit = registry.unit(id)!;
      return `${id} ${stateOn(unit, '2025-06-30')} ${stateOn(unit, '2025-07-01')}`;
    });
    expect(states).toEqual([
      'p1 alive ended',
      'd1 alive ended',
      'c2 alive ended',
      'c3 alive alive',
      'p1-2025 not-yet alive',
      'c1-2025 not-yet alive',
    ]);
    expect(seats(registry.unit('c3')!)).toEqual([
      [null, '2025-07-01', 'd1'],
      ['2025-07-01', null, 'p1-2025'],
    ]);
    expect([...registry.childrenOf('p1-2025', '2025-07-01')].map((unit) => unit.id)).toEqual(['c3', 'c1-2025']);
  });

  test('has on each page what touches the unit, and communes rather than their district', () => {
    const last = (id: string) => registry.unit(id)!.changes.at(-1)!;
    expect(last('p1-2025')).toMatchObject({ kind: 'merged', from: ['p1', 'p2'] });
    expect(last('p2')).toMatchObject({ kind: 'merged', from: ['p2'], to: ['p1-2025'] });
    expect(last('c1-2025')).toMatchObject({ kind: 'merged', from: ['c1', 'c2'], to: ['c1-2025'] });
    expect(last('c2')).toMatchObject({ kind: 'divided', to: ['c1-2025', 'c3'] });
    expect(last('d1')).toMatchObject({ kind: 'divided', to: ['c1-2025', 'c3'] });
    expect(registry.unit('c3')!.changes.map((change) => change.kind)).toEqual(['established', 'merged', 'moved']);
    expect(last('c3')).toMatchObject({ from: ['d1'], to: ['p1-2025'] });
    expect(registry.unit('c1-2025')!.predecessors.map((edge) => [edge.other, edge.otherKind])).toEqual([
      ['c1', false],
      ['c2', false],
      ['d1', true],
    ]);
  });

  test('takes a later name, type and code, and another parent', () => {
    const unit = before()
      .provinces('UnitRenamed', {
        unit: 'c1',
        name: 'New',
        type: 'Phường',
        officialCode: '9',
        effectiveOn: '2010-01-01',
      })
      .provinces('UnitMoved', { unit: 'c1', parent: 'd2', effectiveOn: '2005-01-01' })
      .provinces('UnitAbolished', { unit: 'c1', effectiveOn: '2015-01-01' })
      .provinces('TargetSet', { unit: 'c1', indicator: 'x', year: 2020, value: 1 })
      .registry()
      .unit('c1')!;
    expect(unit.names.map((span) => [span.from, span.to, span.value.vi])).toEqual([
      [null, '2010-01-01', 'c1'],
      ['2010-01-01', '2015-01-01', 'New'],
    ]);
    expect(valueOn(unit.codes, '2012-01-01')).toBe('9');
    expect(seats(unit)).toEqual([
      [null, '2005-01-01', 'd1'],
      ['2005-01-01', '2015-01-01', 'd2'],
    ]);
    expect(page(unit).slice(1)).toEqual(['moved 2005-01-01', 'renamed 2010-01-01', 'abolished 2015-01-01']);
  });
});

describe('community centres', () => {
  test('merge, and one that is also a source lives on', () => {
    const told = new Told();
    for (const n of [1, 2, 3])
      told.community('CommunityCentreEstablished', { centre: `t${n}`, commune: `c${n}`, knownSince: '2022-04-02' });
    const registry = told
      .community('CommunityCentresReorganised', {
        sources: ['t1', 't2'],
        targets: [{ centre: 't1' }],
        effectiveOn: '2025-09-01',
      })
      .community('CommunityCentresReorganised', {
        sources: ['t1', 't3'],
        targets: [{ centre: 't4', established: { commune: 'c4', name: 'T4' } }],
        effectiveOn: '2026-01-01',
      })
      .registry();
    expect(page(registry.unit('t1')!)).toEqual(['established 2022-04-02', 'merged 2025-09-01', 'merged 2026-01-01']);
    expect(page(registry.unit('t2')!)).toEqual(['established 2022-04-02', 'merged 2025-09-01']);
    expect(registry.unit('t2')!.successors.map((edge) => edge.other)).toEqual(['t1']);
    expect(page(registry.unit('t4')!)).toEqual(['merged 2026-01-01']);
    expect([...registry.unitsAlive('community-centre', '2026-01-01')].map((unit) => unit.id)).toEqual(['t4']);
  });
});

describe('a withdrawal', () => {
  const withdrawn = () => sonLa().centres('EntryWithdrawn', { unit: 'vn', seq: 3, reason: 'mistaken' }, 500);

  test('undoes what its entry said of every unit', () => {
    const registry = withdrawn().registry();
    expect(registry.unit('gdtx-son-la')).toBeUndefined();
    expect(registry.unit('kthn-son-la')!.life.to).toBeNull();
    expect(page(registry.unit('kthn-son-la')!)).toEqual(['established 2018-09-24']);
    expect(registry.entriesOf('kthn-son-la')).toEqual([{ service: 'centres', seq: 2 }]);
  });

  test('lets a correction say it again', () => {
    const registry = withdrawn()
      .centres('CentresReorganised', { ...consolidation, effectiveOn: '2018-10-01' })
      .registry();
    expect(registry.unit('gdtx-son-la')!.life.from).toBe('2018-10-01');
    expect(registry.unit('kthn-son-la')!.life.to).toBe('2018-10-01');
  });

  test('of an entry in another ledger, or of no registry fact, changes nothing', () => {
    const registry = sonLa()
      .centres('EntryWithdrawn', { unit: 'gdtx-son-la', seq: 3, reason: 'a report' })
      .centres('EntryWithdrawn', { unit: 'vn', seq: 99, reason: 'unknown' })
      .registry();
    expect(registry.version).toBe(3);
    expect(registry.has('gdtx-son-la')).toBe(true);
  });
});

test('what was known at a time leaves out what was recorded or withdrawn later', () => {
  const registry = new Told()
    .centres('CentreEstablished', { centre: 'c', name: 'One', seat: 's', establishedOn: '2000' }, 100)
    .centres('CentreRenamed', { centre: 'c', name: 'Two', effectiveOn: '2010' }, 200)
    .centres('EntryWithdrawn', { unit: 'vn', seq: 2, reason: 'r' }, 300)
    .registry();
  const names = (known: Registry) => known.unit('c')?.names.map((span) => span.value.vi);
  expect([99, 100, 250, 300].map((moment) => names(registry.knownAt(moment)))).toEqual([
    undefined,
    ['One'],
    ['One', 'Two'],
    ['One'],
  ]);
  // Between two pieces of news it is worked out once.
  expect(registry.knownAt(100)).toBe(registry.knownAt(150));
});

describe('a fork', () => {
  test('and its origin don’t see what the other takes in', () => {
    const facts = sonLa().facts;
    const registry = folded(facts.slice(0, 2));
    const fork = registry.fork();
    fork.apply(facts[2]!);
    expect([registry.has('gdtx-son-la'), fork.has('gdtx-son-la')]).toEqual([false, true]);
    expect([registry.unit('kthn-son-la')!.life.to, fork.unit('kthn-son-la')!.life.to]).toEqual([null, '2018-09-25']);
    const later = new Told().centres('CentreEstablished', { centre: 'z', seat: 's', establishedOn: '2000' }).facts[0]!;
    registry.apply({ ...later, seq: 9 });
    expect([registry.has('z'), fork.has('z')]).toEqual([true, false]);
  });

  test('of a fork stays cheap and complete over thousands', () => {
    let registry = folded([]);
    for (let seq = 1; seq <= 3000; seq++) {
      registry = registry.fork();
      const fact = new Told().centres('CentreEstablished', { centre: `c${seq}`, seat: 's', establishedOn: '2000' })
        .facts[0]!;
      registry.apply({ ...fact, seq });
    }
    expect([...registry.all('centre')]).toHaveLength(3000);
    expect(registry.unit('c1')!.id).toBe('c1');
  });
});

test('an entry taken in before, another service’s and a type that isn’t known change nothing', () => {
  const facts = sonLa().facts;
  const registry = folded([
    ...facts,
    ...facts,
    { ...facts[0]!, service: 'programmes' },
    { ...facts[0]!, seq: 9, type: 'x' },
  ]);
  expect(registry.version).toBe(3);
  expect(page(registry.unit('gdtx-son-la')!)).toHaveLength(1);
});
