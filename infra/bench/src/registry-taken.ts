import type { Platform } from '@gdtx/local/platform';
import { eventually } from '@gdtx/testing/eventually';
import { HttpClient } from './http-client.js';

const WITHIN_MS = 120_000;
/** What centres report, and what community centres do. */
const REPORTED = ['learners-enrolled', 'attendances'];

/** Waits until a new dashboard's copy of the registry is whole: until then it isn't there, or some units are in no province. */
export async function registryTaken(platform: Platform, token: string): Promise<void> {
  const client = new HttpClient(platform.service('dashboard').httpUrl, { authorization: `Bearer ${token}` });
  try {
    await eventually(async () => {
      for (const indicator of REPORTED) {
        const path = `/v1/figures?indicator=${indicator}&unit=vn&by=province&map=today`;
        const { rows } = await client.get<{ rows: { unplaced?: boolean }[] }>(path);
        if (rows.some(({ unplaced }) => unplaced)) throw new Error(`some units of ${indicator} have no place yet`);
      }
    }, WITHIN_MS);
  } finally {
    client.close();
  }
}
