import type { Random } from '../random.js';
import type { Ask } from './ask.js';
import { checkFigure, type AnsweredFigure } from './check-figures.js';
import type { Ledgers } from './check-ledgers.js';
import type { Expected } from './expected.js';
import type { Violation } from './violation.js';

/** Sources are read from the owners entry by entry: of each indicator those of so many units are asked for. */
const UNITS_WITH_SOURCES = 2;

/** What the platform itself says: figures, their sources, targets, and that every ledger verifies. */
export async function checkServed(
  ask: Ask,
  expected: Expected,
  ledgers: Ledgers,
  random: Random,
): Promise<{ violations: Violation[]; counts: string }> {
  const violations: Violation[] = [];
  let figures = 0;
  let sources = 0;
  for (const [indicator, byUnit] of expected.values) {
    const figure = await ask.json<AnsweredFigure>(`/v1/figures?indicator=${indicator}&by=centre`);
    violations.push(...checkFigure({ ...figure, indicator }, byUnit));
    figures += byUnit.size + 1;
    const units = [...byUnit.keys()].sort();
    for (let left = Math.min(UNITS_WITH_SOURCES, units.length); left > 0; left--) {
      const unit = random.oneOf(units);
      const lines = await ask.lines<Sources>(`/v1/figures/sources?indicator=${indicator}&unit=${unit}`);
      const end = lines.at(-1);
      if (end?.equal !== true || end.figure?.value !== byUnit.get(unit)) {
        violations.push({
          kind: 'figure',
          what: `the sources of ${indicator} of ${unit} end with ${JSON.stringify(end)}`,
        });
      }
      sources += lines.length - 1;
    }
  }
  for (const { unit, indicator, year, value } of expected.targets) {
    const query = `indicator=${indicator}&unit=${unit}&from=${year}-01&to=${year}-12`;
    const { target } = await ask.json<{ target?: number }>(`/v1/figures?${query}`);
    if (target === value) continue;
    violations.push({
      kind: 'figure',
      what: `the target of ${indicator} of ${unit} for ${year} is ${target} and should be ${value}`,
    });
  }
  for (const [name, entries] of ledgers) {
    const said = await ask.json<{ valid: boolean; entries: number }>(`/v1/ledgers/${name}/verify`);
    if (said.valid && said.entries === entries.length) continue;
    violations.push({ kind: 'verify', what: `${name} with ${entries.length} entries: ${JSON.stringify(said)}` });
  }
  const counts = `${figures} figures and ${expected.targets.length} targets as expected, ${sources} sources that add up, ${ledgers.size} ledgers that verify`;
  return { violations, counts };
}

interface Sources {
  figure?: { value: number | null };
  equal?: boolean;
}
