/** Counts of a jest run. A suite that could not even run counts as one failure. */
export const NONE = { passed: 0, failed: 0, skipped: 0 };

/** The counts in jest's own JSON; a run that left none has failed. */
export function summarise(results) {
  if (!results) return { ...NONE, failed: 1 };
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The last line that `npm test` prints. */
export const lastLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
