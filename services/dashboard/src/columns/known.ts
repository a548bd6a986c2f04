/** Of `known`: everything that is recorded by now. */
export const LATEST = Infinity;

/**
 * Whether something stood as known by the end of a month: recorded by then, and not yet withdrawn. Months since year 0;
 * `withdrawn` 0 or null: it stands.
 */
export function stoodBy(known: number, recorded: number, withdrawn: number | null): boolean {
  return recorded <= known && (!withdrawn || withdrawn > known);
}
