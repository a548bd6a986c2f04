import { beforeAll, describe, expect, test } from '@jest/globals';
import { OWNERS } from '@gdtx/service-kit/services';
import { goodFact } from './bad-facts.js';
import type { Parameter } from './bad-queries.js';
import { badTokens } from './bad-tokens.js';
import type { HostilePlatform } from './hostile-platform.js';
import { callOwner, gatewayIdentity, identities } from './past-the-gateway.js';
import { LISTS, READS } from './reads.js';
import { event, OURS, THEIRS } from './world.js';

/** Who may call what: at the gateway, and past it. */
export function aboutCallers(at: () => HostilePlatform): void {
  describe('who calls', () => {
    let paths: Record<string, Record<string, { parameters?: Parameter[]; security?: [] }>>;
    beforeAll(async () => {
      paths = (await at().get('/openapi.json', null)).body.paths;
    });
    const closed = () => Object.keys(paths).filter((path) => !Object.values(paths[path]!)[0]!.security);

    test('every route that is described is among those that are asked here', () => {
      expect(closed().sort()).toEqual([...Object.keys(READS), '/v1/facts', '/v1/facts/preview'].sort());
    });

    test('without a token that holds, every route is 401', async () => {
      const before = await at().stored();
      const bad: [string, string | null][] = [['none', null], ...(await badTokens(at().home))];
      const wrong: unknown[] = [];
      for (const path of closed()) {
        for (const [what, token] of bad) {
          const { status, body } =
            path === '/v1/facts'
              ? await at().post(JSON.stringify(goodFact()), token)
              : path === '/v1/facts/preview'
                ? await at().preview(JSON.stringify(goodFact()), token)
                : await at().get(READS[path]?.path ?? path, token);
          if (status !== 401 || body.slug !== 'no-token') wrong.push([path, what, status, body]);
        }
      }
      expect(wrong).toEqual([]);
      expect(await at().stored()).toEqual(before);
    }, 120_000);

    test.each([
      ['another scheme', () => `Basic ${at().tokens.ours}`],
      ['the token alone', () => at().tokens.ours],
      ['two tokens', () => `Bearer ${at().tokens.ours}, Bearer ${at().tokens.all}`],
      ['a token of 12,000 characters', () => `Bearer ${'x'.repeat(12_000)}`],
    ])('%s is 401', async (_, authorization) => {
      expect((await at().get('/v1/units', null, { authorization: authorization() })).status).toBe(401);
    });

    test('a token in the address is none', async () => {
      expect((await at().get(`/v1/units?access_token=${at().tokens.inspector}`, null)).status).toBe(401);
    });

    test.each(Object.entries(READS))('%s is for whom it concerns', async (_, { path, others }) => {
      const { ours, theirs, inspector, province } = at().tokens;
      const statuses = [];
      for (const token of [inspector, province, theirs]) statuses.push((await at().get(path, token)).status);
      expect(statuses).toEqual([200, 200, others]);
      // The publisher's own: its centre's, and nothing of the community centre in the same commune, or of the province.
      if (path.includes(OURS) || path.includes('sl-')) expect((await at().get(path, ours)).status).toBe(200);
    });

    test.each(Object.entries(READS).filter(([, { others }]) => others !== 200))(
      '%s doesn’t tell whom it doesn’t concern more than that a unit is there',
      async (_, { path, others }) => {
        const missing = 'not-there-at-all';
        const asked = /unit=|within=/.test(path)
          ? path.replace(/(unit|within)=[^&]*/, `$1=${missing}`)
          : path.replace(
              /(orders|visits|recommendations|classes|programmes|centres|community-centres)\/[^/]+/,
              `$1/${missing}`,
            );
        expect(asked).toContain(missing);
        for (const token of [at().tokens.theirs, at().tokens.inspector])
          expect([asked, (await at().get(asked, token)).status]).toEqual([asked, 404]);
        if (others !== 404) return;
        const [there, nowhere] = await Promise.all([path, asked].map((each) => at().get(each, at().tokens.theirs)));
        const id = path.split('/').at(-1)!;
        expect(JSON.stringify(there!.body).replaceAll(id, missing)).toBe(JSON.stringify(nowhere!.body));
      },
    );

    test('how far a ledger is, is told to whom may read it, and of the nation to everybody', async () => {
      const figure = `/v1/figures?indicator=learners-enrolled&unit=${THEIRS}&after=`;
      const asked = async (after: string, token: string) => (await at().get(figure + after, token)).body.slug;
      const { theirs, inspector } = at().tokens;
      for (const seq of [1, 1_000_000]) {
        expect(await asked(`programmes/${OURS}/${seq}`, theirs)).toBe('not-allowed');
        expect(await asked(`programmes/not-there-at-all/${seq}`, theirs)).toBe('not-found');
      }
      expect(await asked(`programmes/${OURS}/1000000`, inspector)).toBe('not-yet');
      expect(await asked(`programmes/${THEIRS}/1`, theirs)).toBeUndefined();
      expect(await asked('centres/vn/1', theirs)).toBeUndefined();
      expect(await asked('centres/vn/1000000', theirs)).toBe('not-yet');
      // Progress goes into that one, and whoever reports it waits for it.
      expect(await asked('inspections/vn/1000000', theirs)).toBe('not-yet');
    });

    test('of several that are asked for, what isn’t theirs is refused or left out by itself', async () => {
      const { theirs, ours } = at().tokens;
      const asks = [OURS, THEIRS].map((unit) => `ask=indicator%3Dlearners-enrolled%26unit%3D${unit}`).join('&');
      const figures = (await at().get(`/v1/figures/several?${asks}`, theirs)).body.answers;
      expect(figures.map(({ status }: { status: number }) => status)).toEqual([403, 200]);
      expect(figures[0].problem.slug).toBe('not-allowed');
      const of = async (token: string) =>
        (await at().get('/v1/inspections/recommendations?id=sl-kn-1', token)).body.recommendations.length;
      expect([await of(theirs), await of(ours)]).toEqual([0, 1]);
    });

    test.each(LISTS)('%s shows everybody their own', async (path) => {
      const ofInspector = JSON.stringify((await at().get(path, at().tokens.inspector)).body);
      const ofTheirs = JSON.stringify((await at().get(path, at().tokens.theirs)).body);
      expect(ofInspector).toMatch(/son-la|sl-visit|sl-kn|chieng-an/);
      expect(ofTheirs).not.toMatch(/son-la|sl-visit|sl-kn|chieng-an/);
    });

    test('what facts would change is for who says registry facts, and nothing is recorded', async () => {
      const before = await at().stored();
      const { ours, theirs, inspector, province, all } = at().tokens;
      const fact = JSON.stringify(goodFact());
      const statuses = [];
      for (const token of [ours, theirs, inspector, province, all])
        statuses.push((await at().preview(fact, token)).status);
      expect(statuses).toEqual([403, 403, 403, 200, 200]);
      const theirsRenamed = event('preview-1', 'centres/CentreRenamed', 'province-14', {
        ...{ centre: THEIRS, name: { vi: 'X' }, effectiveOn: '2020' },
      });
      const { body } = await at().preview(JSON.stringify([theirsRenamed]), province);
      expect(body).toMatchObject({ accepted: 0, refused: 1, changes: { units: {} } });
      expect(body.results[0].refusal.slug).toBe('not-allowed');
      expect(await at().stored()).toEqual(before);
    });

    test('of the nation, a publisher reads no figure', async () => {
      for (const path of ['/v1/figures', '/v1/figures/sources']) {
        expect((await at().get(`${path}?indicator=learners-enrolled`, at().tokens.ours)).status).toBe(403);
      }
    });
  });

  describe('past the gateway', () => {
    const factOf = (owner: string) =>
      event(`past-${owner}`, `${owner}/PeriodClosed`, OURS, { month: '2024-09', nothingToReport: true });

    test.each(OWNERS)(
      '%s takes and says nothing',
      async (owner) => {
        const before = await at().stored();
        const address = at().platform.service(owner).grpcAddress!;
        const wrong: unknown[] = [];
        for (const [who, service] of await identities(at().home, owner)) {
          const code = await callOwner(address, 'record', [factOf(owner)], { service, user: at().tokens.all });
          if (code !== 'UNAUTHENTICATED' && code !== 'PERMISSION_DENIED') wrong.push([who, code]);
        }
        for (const user of [undefined, 'x.y.z', ...(await badTokens(at().home)).map(([, token]) => token)]) {
          const service = await gatewayIdentity(at().home, owner);
          const code = await callOwner(address, 'record', [factOf(owner)], { service, user });
          if (code !== 'UNAUTHENTICATED') wrong.push(['the gateway without a user', code]);
        }
        for (const call of ['describe', 'republish', 'readLedger', 'readLedgers', 'heads'] as const) {
          const code = await callOwner(address, call, [factOf(owner)], { user: at().tokens.all });
          if (code !== 'UNAUTHENTICATED') wrong.push([call, code]);
        }
        expect(wrong).toEqual([]);
        expect(await at().stored()).toEqual(before);
      },
      30_000,
    );

    test('what the gateway itself shows is taken, so that the refusals above are no accident', async () => {
      const service = await gatewayIdentity(at().home, 'programmes');
      const address = at().platform.service('programmes').grpcAddress!;
      expect(await callOwner(address, 'record', [goodFact()], { service, user: at().tokens.ours })).toBe('OK');
    });

    test('an owner’s reads ask for the user’s token as well', async () => {
      for (const owner of OWNERS) {
        const response = await fetch(`${at().platform.service(owner).httpUrl}/v1/ledgers/${owner}/vn`);
        expect([owner, response.status]).toEqual([owner, 401]);
      }
    });
  });
}
