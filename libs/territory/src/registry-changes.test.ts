import { describe, expect, test } from '@jest/globals';
import { tellBacThai } from '../test/bac-thai.js';
import { Told } from '../test/facts.js';
import { changesBetween } from './registry-changes.js';

const TODAY = '2026-01-15';

/** What one or some facts on top of a history would change. */
function change(tell: (told: Told) => Told, history = tellBacThai(new Told())) {
  const before = history.registry();
  const after = before.fork();
  const known = history.facts.length;
  const touched: string[] = [];
  for (const fact of tell(history).facts.slice(known)) {
    after.apply(fact);
    touched.push(...after.unitsOf(fact));
  }
  const { units, places, reporters } = changesBetween(before, after, touched, TODAY);
  return {
    units: units.map(({ unit, what, on, to }) => [unit, what, on, ...to].join(' ')),
    places,
    reporters: [reporters.before, reporters.after],
  };
}
const none = { province: 0, commune: 0, centre: 0 };

describe('what facts would change', () => {
  test('one founded', () => {
    const changed = change((told) =>
      told.centres('CentreEstablished', {
        centre: 'n',
        kind: 'gdtx',
        name: 'N',
        seat: 'w-tn',
        establishedOn: '2025-09',
      }),
    );
    expect(changed).toEqual({ units: ['n founded 2025-09-01'], places: none, reporters: [3, 4] });
  });

  test('one renamed, moved, under another authority, of another kind, suspended', () => {
    const changed = change((told) =>
      told
        .centres('CentreRenamed', { centre: 'a', name: 'A mới', effectiveOn: '2025-08-01' })
        .centres('CentreMoved', { centre: 'a', seat: 'w-bk', effectiveOn: '2025-08-02' })
        .centres('AuthorityChanged', { centre: 'a', authority: { body: 'Sở', of: 'vn' }, effectiveOn: '2025-08-03' })
        .centres('CentreKindChanged', { centre: 'a', kind: 'gdnn-gdtx', effectiveOn: '2025-08-04' })
        .centres('OperationSuspended', { centre: 'a', from: '2025-08-05' }),
    );
    expect(changed).toEqual({
      units: [
        'a renamed 2025-08-01',
        'a moved 2025-08-02 w-bk',
        'a kind-changed 2025-08-04',
        'a authority-changed 2025-08-03',
        'a suspended 2025-08-05',
      ],
      places: { province: 0, commune: 1, centre: 0 },
      reporters: [3, 2],
    });
  });

  test('a community centre that is moved, stops working and works again', () => {
    const history = tellBacThai(new Told()).community('CommunityCentreEstablished', {
      ...{ centre: 't', commune: 'w-tn', name: 'T', establishedOn: '2025-08-01' },
    });
    const moved = change(
      (told) => told.community('CommunityCentreMoved', { centre: 't', commune: 'w-bk', effectiveOn: '2025-09-01' }),
      history,
    );
    expect(moved).toEqual({
      units: ['t moved 2025-09-01 w-bk'],
      places: { province: 0, commune: 1, centre: 0 },
      reporters: [4, 4],
    });
    const stopped = change(
      (told) => told.community('CommunityCentreSuspended', { centre: 't', from: '2025-10-01' }),
      history,
    );
    expect(stopped).toEqual({ units: ['t suspended 2025-10-01'], places: none, reporters: [4, 3] });
    const again = change(
      (told) => told.community('CommunityCentreResumed', { centre: 't', effectiveOn: '2025-12-01' }),
      history,
    );
    expect(again).toEqual({ units: ['t resumed 2025-12-01'], places: none, reporters: [3, 4] });
    const ended = change(
      (told) =>
        told
          .community('CommunityCentreSuspended', { centre: 't', from: '2026-01-02' })
          .community('CommunityCentreDissolved', { centre: 't', effectiveOn: '2026-01-10' }),
      history,
    );
    expect(ended.units).toEqual(['t suspended 2026-01-02', 't ended 2026-01-10']);
  });

  test('two that become one: their figures with them', () => {
    const changed = change((told) =>
      told.centres('CentresReorganised', {
        ...{ form: 'consolidation', sources: ['a', 'b'], effectiveOn: '2025-10-01' },
        targets: [{ centre: 'n', established: { kind: 'gdtx', name: 'N', seat: 'w-tn' } }],
      }),
    );
    expect(changed).toEqual({
      units: ['a ended 2025-10-01 n', 'b ended 2025-10-01 n', 'n founded 2025-10-01'],
      // By today's map b's seat stays where it was; what it said counts with n.
      places: { province: 0, commune: 0, centre: 2 },
      reporters: [3, 2],
    });
  });

  test('one dissolved without a successor stays where it was', () => {
    const changed = change((told) => told.centres('CentreDissolved', { centre: 'a', effectiveOn: '2025-10-01' }));
    expect(changed.units).toEqual(['a ended 2025-10-01']);
    expect(changed.reporters).toEqual([3, 2]);
  });

  test('territory that is divided takes the centres in it along', () => {
    const changed = change((told) =>
      told.provinces('UnitsReorganised', {
        effectiveOn: '2025-12-01',
        established: [{ unit: 'w-new', kind: 'commune', name: 'Mới', parent: 'thai-nguyen-2025' }],
        parts: [{ from: 'w-tn', to: 'w-new' }],
      }),
    );
    expect(changed.units).toEqual(['w-new founded 2025-12-01', 'w-tn ended 2025-12-01 w-new']);
    expect(changed.places).toEqual({ province: 0, commune: 1, centre: 0 });
  });

  test('a founding and an end that are taken back', () => {
    const history = tellBacThai(new Told()).centres('CentreDissolved', { centre: 'b', effectiveOn: '2025-10-01' });
    const changed = change(
      (told) =>
        told.centres('EntryWithdrawn', { unit: 'vn', seq: 1 }).centres('EntryWithdrawn', { unit: 'vn', seq: 4 }),
      history,
    );
    expect(changed.units).toEqual(['a founding-withdrawn 1990-01-01', 'b end-withdrawn 2025-10-01']);
    expect(changed.reporters).toEqual([2, 2]);
  });

  test('nothing', () => {
    expect(change((told) => told)).toEqual({ units: [], places: none, reporters: [3, 3] });
  });
});
