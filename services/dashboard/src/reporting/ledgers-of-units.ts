import type { ReadModel } from '../columns/read-model.js';

/** Which unit a ledger is of, and under which numbers its ledgers are, service by service: looked up once. */
export class LedgersOfUnits {
  /** By ledger: the unit as the read model numbers it, or NONE; from 1 on. */
  private units = new Int32Array(0);
  /** By unit and service: the ledger's number, from 1 on; below 0: there was none when so many were known. */
  private numbers = new Int32Array(0);

  constructor(
    private readonly model: ReadModel,
    private readonly services: readonly string[],
  ) {}

  /** Undefined for a ledger of a service that isn't reported to. */
  unitOf(ledger: number): number | undefined {
    if (ledger >= this.units.length) this.units = larger(this.units, this.model.ledgers.size + 256);
    if (this.units[ledger] === 0) this.units[ledger] = this.findUnit(this.model.ledgers.text(ledger));
    const unit = this.units[ledger]!;
    return unit === NONE ? undefined : unit - 1;
  }

  /** Undefined: nothing has been heard of that ledger. */
  of(unit: number, service: number): number | undefined {
    const { services, model } = this;
    const at = unit * services.length + service;
    if (at >= this.numbers.length) this.numbers = larger(this.numbers, (model.units.size + 256) * services.length);
    const { size } = model.ledgers;
    const known = this.numbers[at]!;
    if (known > 0) return known - 1;
    if (known === -size) return undefined;
    const found = model.ledgers.find(`${services[service]!}/${model.units.text(unit)}`);
    this.numbers[at] = found === undefined ? -size : found + 1;
    return found;
  }

  private findUnit(ledger: string): number {
    const slash = ledger.indexOf('/');
    const isReportedTo = this.services.includes(ledger.slice(0, slash));
    return isReportedTo ? this.model.units.number(ledger.slice(slash + 1)) + 1 : NONE;
  }
}

const NONE = -1;

function larger(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(length);
  made.set(numbers);
  return made;
}
