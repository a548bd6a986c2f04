/** What a batch makes of one state. */
export interface StateChange {
  key: string;
  /** The version that it was decided on, 0: there was none. It is stored only where that is still so. */
  before: number;
  order: number;
  ledgers: readonly string[];
  state: unknown;
  /** What is stored under the key, as JSON: `{version, ledgers, order, state}`. */
  json: string;
}

export function stateChange({ key, before, order, ledgers, state }: Omit<StateChange, 'json'>): StateChange {
  const json = JSON.stringify({ version: before + 1, ledgers, order, state });
  return { key, before, order, ledgers, state, json };
}
