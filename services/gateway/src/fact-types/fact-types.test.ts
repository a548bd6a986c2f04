import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { DescribeResponse } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import { silentLog } from '@gdtx/service-kit/log';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import { watchFactTypes, type FactTypes } from './fact-types.js';

const SETTINGS = { log: silentLog, refreshMs: 1000, retryMs: 100 };
let types: FactTypes | undefined;
afterEach(() => {
  types?.stop();
  jest.useRealTimers();
});

/** Owners who say what the test lets them say; undefined: down. */
function watched(says: Record<Owner, string[] | undefined>): FactTypes {
  jest.useFakeTimers();
  const describe = (owner: Owner) => async (): Promise<DescribeResponse> => {
    const names = says[owner];
    if (!names) throw new Error('down');
    return { service: owner, factTypes: names.map((name) => described(owner, name)) };
  };
  const owners = Object.fromEntries(OWNERS.map((owner) => [owner, { describe: describe(owner) }]));
  return (types = watchFactTypes(owners as never, SETTINGS));
}
const described = (owner: string, name: string) => ({
  type: `vn.gdtx.${owner}.${name}.v1`,
  titleVi: 'vi',
  titleEn: 'en',
  description: 'It happened.',
  ledger: 'source',
  roles: ['registrar'],
  jsonSchema: name === 'Broken' ? '{' : '{"type":"object"}',
  example: '{"id":"1"}',
});
const all = (): Record<Owner, string[] | undefined> => ({
  provinces: ['A'],
  centres: ['B', 'C'],
  programmes: ['D'],
  'community-learning': ['E'],
  inspections: ['F'],
});
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const names = (known: FactTypes) => known.all().map((type) => type.type.split('.')[3]);

describe('fact types', () => {
  it('are what all owners say, in their order', async () => {
    const known = watched(all());
    expect([known.all(), known.lacks()]).toEqual([[], [...OWNERS]]);
    await pass(0);
    expect(names(known)).toEqual(['A', 'B', 'C', 'E', 'D', 'F']);
    expect(known.lacks()).toEqual([]);
    expect(known.all()[0]).toEqual({
      type: 'vn.gdtx.provinces.A.v1',
      service: 'provinces',
      title: { vi: 'vi', en: 'en' },
      description: 'It happened.',
      ledger: 'source',
      roles: ['registrar'],
      schema: { type: 'object' },
      example: { id: '1' },
    });
  });

  it('of an owner that is down are missing until it is back', async () => {
    const says = { ...all(), centres: undefined } as ReturnType<typeof all>;
    const known = watched(says);
    await pass(0);
    expect([names(known), known.lacks()]).toEqual([['A', 'E', 'D', 'F'], ['centres']]);
    says.centres = ['B'];
    await pass(100);
    expect([names(known), known.lacks()]).toEqual([['A', 'B', 'E', 'D', 'F'], []]);
  });

  it('of an owner that went down later stay', async () => {
    const says = all();
    const known = watched(says);
    await pass(0);
    says.programmes = undefined;
    await pass(5000);
    expect(names(known)).toContain('D');
    expect(known.lacks()).toEqual([]);
  });

  it('that a service has learnt are known without more ado, and nothing changes while nothing is said', async () => {
    const says = all();
    const known = watched(says);
    await pass(0);
    const version = known.version();
    await pass(3000);
    expect(known.version()).toBe(version);
    says.programmes = ['D', 'New'];
    await pass(1000);
    expect(names(known)).toContain('New');
    expect(known.version()).toBe(version + 1);
  });

  it('that can’t be read don’t take away what was known', async () => {
    const says = all();
    const known = watched(says);
    await pass(0);
    says.centres = ['Broken'];
    await pass(5000);
    expect(names(known)).toEqual(['A', 'B', 'C', 'E', 'D', 'F']);
  });
});
