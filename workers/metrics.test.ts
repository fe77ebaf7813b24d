import { serveMetrics, workerMetrics } from './metrics';

describe('the metrics of a worker', () => {
  it('are read from a server of their own, which shows nothing else', async () => {
    const metrics = workerMetrics();
    metrics.count('sweepRounds', { shop: '7', outcome: 'swept' });
    metrics.count('missedNotices', { shop: '7', orderId: '576461413038785752' }, 3);
    metrics.count('noSuchThing', {});
    const { url, stop } = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
    const text = await (await fetch(url)).text();
    const elsewhere = await fetch(new URL('/', url));
    await stop();
    expect(text).toContain('shipclock_sweep_rounds_total{shop="7",outcome="swept"} 1');
    expect(text).toContain('shipclock_missed_notices_total{shop="7"} 3');
    expect(text).not.toContain('576461413038785752');
    expect(elsewhere.status).toBe(404);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});
