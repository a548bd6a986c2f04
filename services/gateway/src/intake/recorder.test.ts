import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { ownerFull } from '../owners/call-failure.js';
import type { OwnerClient, Recorded } from '../owners/owner-client.js';
import { refused, type Opened } from './envelope.js';
import { createRecorder } from './recorder.js';
import type { Result } from './results.js';
import { splitByOwner } from './split-by-owner.js';

const fact = (id: string): Fact => ({ id, source: 's', type: 't', time: '', data: Buffer.from('{}') });
const opened = (owner: Owner, id: string): Opened => ({ ok: true, owner, fact: fact(id) });
const sent: Opened[] = [
  opened('programmes', 'p1'),
  opened('provinces', 'v1'),
  refused('x', 'malformed', 'no', 'id'),
  opened('programmes', 'p2'),
  opened('inspections', 'i1'),
  opened('community-learning', 'c1'),
];

describe('splitting by owner', () => {
  it('keeps the order in which owners depend on each other, and the order sent within each', () => {
    const shares = splitByOwner(sent).map(({ owner, facts, positions }) => [owner, facts.map((f) => f.id), positions]);
    expect(shares).toEqual([
      ['provinces', ['v1'], [1]],
      ['community-learning', ['c1'], [5]],
      ['programmes', ['p1', 'p2'], [0, 3]],
      ['inspections', ['i1'], [4]],
    ]);
  });

  it('asks nobody for nothing', () => {
    expect(splitByOwner([])).toEqual([]);
    expect(splitByOwner([refused(null, 'malformed', 'no', '')])).toEqual([]);
  });
});

describe('a fact that came before the unit that it names', () => {
  const refusal = { slug: 'unit-unknown', message: 'There is no unit.', path: 'data', retryable: false };

  it('is asked once more when a later owner took something, with what was refused behind it', async () => {
    const asked: string[] = [];
    const owners = OWNERS.map((owner) => [
      owner,
      {
        record: async (facts: Fact[]): Promise<Recorded> => {
          const isFirst = !asked.some((line) => line.startsWith(owner));
          asked.push(`${owner}: ${facts.map((f) => f.id).join()}`);
          const early = owner === 'centres' && isFirst;
          return {
            results: facts.map(({ id }): Result =>
              early && id !== 's0' ? { id, status: 'refused', refusal } : { id, status: 'accepted' },
            ),
          };
        },
      } as unknown as OwnerClient,
    ]);
    const record = createRecorder(Object.fromEntries(owners) as Record<Owner, OwnerClient>, () => undefined);
    const facts = [
      opened('centres', 's0'),
      opened('centres', 's1'),
      opened('centres', 's2'),
      opened('community-learning', 'c1'),
    ];
    const { results } = await record(facts, 'token', 0);
    expect(results.map((r) => r.status)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(asked).toEqual(['centres: s0,s1,s2', 'community-learning: c1', 'centres: s1,s2']);
  });
});

describe('the recorder', () => {
  const asked: string[] = [];
  const counted: [Owner | undefined, string][] = [];
  const recorderWith = (answers: Partial<Record<Owner, Recorded>>) => {
    asked.length = counted.length = 0;
    const owners = OWNERS.map((owner) => [
      owner,
      {
        record: async (facts: Fact[]): Promise<Recorded> => {
          asked.push(`${owner}: ${facts.map((f) => f.id).join()}`);
          return answers[owner] ?? { results: facts.map(({ id }): Result => ({ id, status: 'accepted' })) };
        },
      } as unknown as OwnerClient,
    ]);
    return createRecorder(Object.fromEntries(owners) as Record<Owner, OwnerClient>, (owner, { status }) =>
      counted.push([owner, status]),
    );
  };

  it('puts the answers back into the order sent', async () => {
    const { results, failures } = await recorderWith({})(sent, 'token', 0);
    expect(results.map((r) => `${r.id} ${r.status}`)).toEqual([
      'p1 accepted',
      'v1 accepted',
      'x refused',
      'p2 accepted',
      'i1 accepted',
      'c1 accepted',
    ]);
    expect(failures.size).toBe(0);
    expect(asked).toEqual(['provinces: v1', 'community-learning: c1', 'programmes: p1,p2', 'inspections: i1']);
    expect(counted).toContainEqual([undefined, 'refused']);
    expect(counted).toHaveLength(sent.length);
  });

  it('refuses the facts of an owner that gave no answer, and goes on with the others', async () => {
    const { results, failures } = await recorderWith({ programmes: { failure: ownerFull('programmes') } })(sent, '', 0);
    expect(results.map((r) => r.refusal?.slug ?? r.status)).toEqual([
      'try-again',
      'accepted',
      'malformed',
      'try-again',
      'accepted',
      'accepted',
    ]);
    expect([...failures.keys()]).toEqual([0, 3]);
    expect(results[0]).toMatchObject({ id: 'p1', refusal: { retryable: true } });
  });
});
