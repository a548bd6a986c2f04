/** What the public contract promises of sizes; not configurable, because publishers build on it. */

/** Facts of one array. */
export const MAX_BATCH = 5000;
/** Bytes of a body that isn't streamed, after inflating. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Bytes of one fact's data, and of one NDJSON line: a decision that reorganises thousands of units takes up to 1 MB. */
export const MAX_FACT_BYTES = 1_310_720;

/** A stream is recorded in groups, so that its first lines are answered while its last ones are still on their way. */
export const GROUP_FACTS = 500;
export const GROUP_BYTES = 1024 * 1024;

/** A publisher's line may stall; after this long without a byte in either direction it counts as broken. */
export const BODY_IDLE_MS = 60_000;
export const STREAM_IDLE_MS = 300_000;
