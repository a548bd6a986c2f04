import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../reference/', import.meta.url));
const FILES = ['00-territory-bac-thai.ndjson', '01-territory.ndjson'];

export interface Commune {
  id: string;
  district: string;
  province: string;
  /** The commune of 2025 that it became or, where it is parted, that most of it became; its own id where it lives on. */
  now: string;
}

export interface Territory {
  /** The facts of infra/reference as they are published, in that order. */
  facts: { name: string; data: Record<string, unknown> }[];
  /** As of 2025-06-30, in the order of their codes. */
  communes: Commune[];
}

interface Part {
  from: string;
  to: string;
  extent: 'whole' | 'part';
  default?: boolean;
}

interface Established {
  unit: string;
  kind: string;
  parent: string;
}

/** Reads the reference territory: real communes, and what became of them on 2025-07-01. */
export function readTerritory(): Territory {
  const facts = FILES.flatMap((file) =>
    readFileSync(FOLDER + file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { type: string; data: Record<string, unknown> }),
  ).map(({ type, data }) => ({ name: type.split('.')[3]!, data }));

  const parents = new Map<string, string>();
  const kinds = new Map<string, string>();
  const successors = new Map<string, string>();
  const note = ({ unit, kind, parent }: Established) => {
    parents.set(unit, parent);
    kinds.set(unit, kind);
  };
  const communes: string[] = [];
  for (const { name, data } of facts) {
    if (name === 'UnitEstablished') {
      const unit = data as unknown as Established;
      note(unit);
      if (unit.kind === 'commune') communes.push(unit.unit);
      continue;
    }
    for (const unit of (data.established ?? []) as Established[]) note(unit);
    for (const { from, to, extent, default: mostly } of data.parts as Part[]) {
      if (kinds.get(from) === 'commune' && (extent === 'whole' || mostly || !successors.has(from)))
        successors.set(from, to);
    }
  }
  return {
    facts,
    communes: communes.map((id) => {
      const district = parents.get(id)!;
      return { id, district, province: parents.get(district)!, now: successors.get(id) ?? id };
    }),
  };
}
