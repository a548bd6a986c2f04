/**
 * When each ledger's part of the read model changed last, by its number: so whoever keeps something worked out of each ledger finds
 * those that changed since it looked.
 */
export class LedgerChanges {
  /** Grows with every change. */
  version = 0;
  private versions = new Float64Array(64);
  private ledgers = 0;

  note(ledger: number): void {
    if (ledger >= this.versions.length) {
      const larger = new Float64Array(ledger + (ledger >> 1) + 64);
      larger.set(this.versions);
      this.versions = larger;
    }
    this.ledgers = Math.max(this.ledgers, ledger + 1);
    this.versions[ledger] = ++this.version;
  }

  /** The ledgers that changed after a version; after 0: all. */
  since(version: number): number[] {
    const found: number[] = [];
    if (version === this.version) return found;
    for (let ledger = 0; ledger < this.ledgers; ledger++) if (this.versions[ledger]! > version) found.push(ledger);
    return found;
  }
}
