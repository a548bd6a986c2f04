import type { DescribeResponse, FactType as Described } from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger_service';
import type { Log } from '@gdtx/service-kit/log';
import { OWNERS, type Owner } from '@gdtx/service-kit/services';
import type { OwnerClient } from '../owners/owner-client.js';

/** A fact type as the public contract shows it. */
export interface FactType {
  type: string;
  service: Owner;
  title: { vi: string; en: string };
  description: string;
  /** In whose ledger it goes: vn, source, or data.<field>. */
  ledger: string;
  roles: string[];
  /** JSON Schema (2020-12) of the data. */
  schema: Record<string, unknown>;
  /** A whole CloudEvent. */
  example: Record<string, unknown>;
}

/** What the owners say that they take. */
export interface FactTypes {
  all(): FactType[];
  /** The owners that haven't said anything yet. */
  lacks(): Owner[];
  /** Changes whenever an owner says something else than before. */
  version(): number;
  stop(): void;
}

/**
 * Asks every owner again and again, and more often one that didn't answer, so that a fact type which a service has learnt is
 * known here without a deployment. What an owner that is down said before still holds.
 */
export function watchFactTypes(
  owners: Record<Owner, Pick<OwnerClient, 'describe'>>,
  { log, refreshMs, retryMs }: { log: Log; refreshMs: number; retryMs: number },
): FactTypes {
  const known = new Map<Owner, { said: string; types: FactType[] }>();
  const timers = new Map<Owner, NodeJS.Timeout>();
  let version = 0;
  let stopped = false;

  const learn = (owner: Owner, answer: DescribeResponse): void => {
    const said = JSON.stringify(answer.factTypes);
    if (known.get(owner)?.said === said) return;
    const types = answer.factTypes.map((described) => factType(owner, described));
    known.set(owner, { said, types });
    version += 1;
    log.info({ owner, types: types.length }, 'an owner described its fact types');
  };
  const ask = async (owner: Owner): Promise<void> => {
    let again = refreshMs;
    try {
      learn(owner, await owners[owner].describe());
    } catch (error) {
      log.debug({ owner, err: error }, 'an owner did not describe its fact types');
      again = retryMs;
    }
    if (!stopped) timers.set(owner, setTimeout(() => void ask(owner), again).unref());
  };
  for (const owner of OWNERS) void ask(owner);

  return {
    all: () => OWNERS.flatMap((owner) => known.get(owner)?.types ?? []),
    lacks: () => OWNERS.filter((owner) => !known.has(owner)),
    version: () => version,
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function factType(service: Owner, described: Described): FactType {
  const { type, titleVi, titleEn, description, ledger, roles, jsonSchema, example } = described;
  return {
    type,
    service,
    title: { vi: titleVi, en: titleEn },
    description,
    ledger,
    roles,
    schema: JSON.parse(jsonSchema) as Record<string, unknown>,
    example: JSON.parse(example) as Record<string, unknown>,
  };
}
