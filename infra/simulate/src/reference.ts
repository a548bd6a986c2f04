import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { territoryOf, type ReferenceFact, type Territory } from './nation/territory.js';

const FOLDER = new URL('../../reference/', import.meta.url);
const FILES = ['00-territory-bac-thai.ndjson', '01-territory.ndjson'];

/** The territory that the local run publishes; `only`: codes of provinces of 2024. */
export async function readTerritory(only?: ReadonlySet<string>): Promise<Territory> {
  const facts: ReferenceFact[] = [];
  for (const name of FILES) {
    const lines = createInterface({
      input: createReadStream(fileURLToPath(new URL(name, FOLDER))),
      crlfDelay: Infinity,
    });
    for await (const line of lines) if (line) facts.push(JSON.parse(line) as ReferenceFact);
  }
  return territoryOf(facts, only);
}
