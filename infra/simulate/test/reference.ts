import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { territoryOf, type ReferenceFact, type Territory } from '../src/nation/territory.js';

const folder = join(import.meta.dirname, '../../reference');

/** The facts of the reference, in their order. */
export const reference: readonly (ReferenceFact & { id: string })[] = ['00-territory-bac-thai', '01-territory'].flatMap(
  (name) =>
    readFileSync(join(folder, `${name}.ndjson`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ReferenceFact & { id: string }),
);

export const provincesOf2024 = (...codes: string[]): Territory => territoryOf(reference, new Set(codes));

export const wholeTerritory = (): Territory => territoryOf(reference);
