#!/usr/bin/env node
// Writes the territory of Viet Nam as facts of the service `provinces`, from the lists in data/.
//
//   node infra/reference/make-registry.mjs           writes 00-territory-bac-thai.ndjson and 01-territory.ndjson
//   node infra/reference/make-registry.mjs --check   ends with 1 if they aren't what it would write
import { readFileSync, writeFileSync } from 'node:fs';
import { bacThai } from './bac-thai.mjs';
import { listed, location } from './events.mjs';
import { reformOf2025, resolutionsOf, unchangedCommunes } from './reform-2025.mjs';
import { communeOf2024, districtOf2024, provinceOf2024 } from './territory-2024.mjs';

const here = (name) => new URL(name, import.meta.url);

/** These lists quote nothing and hold no commas. */
function csv(name) {
  const [head, ...lines] = readFileSync(here(`data/${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    if (values.length !== columns.length) throw new Error(`${name}.csv: a line of ${values.length} values: ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
  });
}

function makeRegistry() {
  const lists = {
    provinces: csv('provinces-2024'),
    districts: csv('districts-2024'),
    communes: csv('communes-2024'),
    provinces2025: csv('provinces-2025'),
    communes2025: csv('communes-2025'),
    changes: csv('commune-changes-2025'),
    resolutions: resolutionsOf(csv('resolutions-2025')),
  };
  const history = bacThai(lists);
  const unchanged = unchangedCommunes(lists);
  const units = [
    ...lists.provinces.map(provinceOf2024),
    ...lists.districts.map(districtOf2024),
    ...lists.communes.map((row) =>
      unchanged.has(row.code)
        ? { ...communeOf2024({ ...row, name: unchanged.get(row.code) }), location: location(row) }
        : communeOf2024(row),
    ),
  ];
  return {
    '00-territory-bac-thai.ndjson': history.facts,
    '01-territory.ndjson': [
      ...units.filter((unit) => !history.units.has(unit.unit)).map(listed),
      ...reformOf2025(lists),
    ],
  };
}

const isCheck = process.argv.includes('--check');
let stale = 0;
for (const [name, facts] of Object.entries(makeRegistry())) {
  const text = facts.map((fact) => `${JSON.stringify(fact)}\n`).join('');
  const longest = Math.max(...facts.map((fact) => Buffer.byteLength(JSON.stringify(fact))));
  const said = `${name}: ${facts.length} facts, ${(Buffer.byteLength(text) / 1e6).toFixed(2)} MB, the longest ${Math.round(longest / 1024)} kB`;
  if (!isCheck) {
    writeFileSync(here(name), text);
    console.log(said);
  } else if (readOrNothing(name) !== text) {
    console.error(`${name} isn't what make-registry.mjs makes of data/: run it and commit the result.`);
    stale = 1;
  }
}
process.exitCode = stale;

function readOrNothing(name) {
  try {
    return readFileSync(here(name), 'utf8');
  } catch {
    return '';
  }
}
