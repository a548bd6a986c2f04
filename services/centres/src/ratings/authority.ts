import type { Body, GivenDate } from '@gdtx/contracts/gen/gdtx/common/v1/common';
import { refuse, type Refusal } from '@gdtx/ledger/refusal';
import { unitOfKind } from '@gdtx/ledger/unit-rules';
import { firstDay, lastDay, type Day } from '@gdtx/territory/days';
import { isAlive, valueOn } from '@gdtx/territory/records';
import type { Registry } from '@gdtx/territory/registry';
import { isWithin } from '@gdtx/territory/within';
import { TERRITORY } from '@gdtx/ledger/registry-rules';

/** Who may judge a centre: the body that manages it, and those of the territory that it lies in. Pure. */

/** It is said in the name of the unit whose body says it, which is territory: a centre never judges itself. */
export function saidByItsBody(
  registry: Registry,
  source: string,
  by: Body | undefined,
  path: string,
): Refusal | undefined {
  const centre = unitOfKind(registry, source, TERRITORY, 'source');
  if (centre?.slug === 'wrong-kind') {
    return refuse('not-allowed', `\`${source}\` is no authority: a centre is judged by the one above it.`, 'source');
  }
  if (centre || by?.of === source) return centre;
  return refuse(
    'not-allowed',
    `It is said by a body of \`${by?.of}\`, so \`${by?.of}\` must be the source too.`,
    `${path}.of`,
  );
}

/** On a day of the date that has come, the source lived and the centre lay in it, or was managed by a body of it. */
export function isItsAuthority(
  registry: Registry,
  source: string,
  centre: string,
  given: GivenDate,
  today: Day,
): Refusal | undefined {
  const days = [firstDay(given), lastDay(given)].map((day) => (day > today ? today : day));
  const authority = registry.unit(source)!;
  const record = registry.unit(centre)!;
  const answersFor = (day: Day): boolean =>
    isAlive(authority, day) &&
    (isWithin(registry, centre, [source], day) || valueOn(record.authorities, day)?.of === source);
  if (days.some(answersFor)) return undefined;
  const [day] = days;
  return refuse(
    'not-allowed',
    `On ${day}, \`${centre}\` neither lay in \`${source}\` nor was managed by it.`,
    'source',
  );
}
