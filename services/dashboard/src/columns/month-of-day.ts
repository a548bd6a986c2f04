/** 1945 to 2135. */
const FIRST_KNOWN = -9131;
const KNOWN_DAYS = 70_000;
const DAY_MS = 86_400_000;

/** Of the days that figures mostly are about, once they were looked up. */
const known = new Uint16Array(KNOWN_DAYS);

/** The month (months since year 0) that a day (days since 1970-01-01) lies in. */
export function monthOfDay(day: number): number {
  const month = known[day - FIRST_KNOWN];
  if (month !== undefined && month !== 0) return month;
  const date = new Date(day * DAY_MS);
  const found = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (month !== undefined) known[day - FIRST_KNOWN] = found;
  return found;
}
