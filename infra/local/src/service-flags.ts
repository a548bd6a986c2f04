import type { Service } from '@gdtx/service-kit/services';

/**
 * Node's defaults are for one large process on a machine of its own. From 2 GB on, V8 lets the heap grow to four times what lives
 * in it before it looks for garbage, and keeps 48 MB for what is young: a hundred megabytes more for each service, for a tenth of
 * an owner's time. Of what is young, three times as much as is said here stays in memory: taking in the territory with 4 MB took no
 * more of the processor than with 8.
 *
 * And it collects garbage in several threads, which spares a lone service pauses; where all services and engines share the processors,
 * they only wait for one another: with one thread, deciding and storing of facts took an owner a tenth to a fifth less of the processor.
 */
const SPARING = ['--max-old-space-size=512', '--max-semi-space-size=4', '--single-threaded-gc'];

/** An owner remembers what it decides on, of as many units as the nation has: of its heap, less is left to grow before garbage is looked for. */
const OWNER = [...SPARING, '--heap-growing-percent=10'];

/**
 * It holds the whole read model, and has Node's defaults but one: what is young is collected by one thread, since a question waits for
 * all of several. The slowest hundredth of a nation's figures by `then` took 5 to 6 ms so, and 7 to 10 ms with several. How much may be
 * young isn't said here: that would hold for its threads as well, which catch up and want more (dashboard/src/projector/catch-up-threads.ts).
 */
const DASHBOARD = ['--no-parallel-scavenge'];

/** How Node runs a service. */
export function nodeFlags(service: Service): readonly string[] {
  if (service === 'dashboard') return DASHBOARD;
  return service === 'gateway' ? SPARING : OWNER;
}
