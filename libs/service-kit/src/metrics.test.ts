import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMetrics, tallyOf } from './metrics.js';

const metrics = createMetrics('test');
const server = createServer((req, res) => metrics.handler(req, res));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
const scraped = async () => (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text();

describe('a tally', () => {
  const add = tallyOf(metrics.meter, {
    name: 'things_total',
    description: 'things',
    labels: ['kind', 'size'],
    from: [['round', 'small']],
  });

  it('is there before anything is counted', async () => {
    expect(await scraped()).toContain('things_total{kind="round",size="small"} 0');
  });

  it('adds up by its labels', async () => {
    add(2, 'round', 'small');
    add(3, 'round', 'small');
    add(1, 'flat', 'large');
    const text = await scraped();
    expect(text).toContain('things_total{kind="round",size="small"} 5');
    expect(text).toContain('things_total{kind="flat",size="large"} 1');
  });

  it('doesn’t grow with whatever comes', async () => {
    for (let i = 0; i < 2000; i++) add(1, `made-up-${i}`, 'small');
    const text = await scraped();
    expect(text.match(/^things_total\{/gm)!.length).toBeLessThanOrEqual(501);
    expect(text).toContain('things_total{kind="other",size="other"} 1502');
  });
});
