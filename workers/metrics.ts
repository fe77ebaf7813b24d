import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { metricsServerWords, metricWords } from '../words/metrics';

/** What a worker counts: each by the labels that it is told with. No label is about one order or one person. */
const COUNTERS = {
  platformCalls: {
    name: 'shipclock_platform_calls_total',
    help: metricWords.platformCalls,
    labels: ['call', 'outcome'],
  },
  sweepRounds: { name: 'shipclock_sweep_rounds_total', help: metricWords.sweepRounds, labels: ['shop', 'outcome'] },
  ordersFound: { name: 'shipclock_sweep_orders_found_total', help: metricWords.ordersFound, labels: ['shop'] },
  missedNotices: { name: 'shipclock_missed_notices_total', help: metricWords.missedNotices, labels: ['shop'] },
  tokenRefreshes: {
    name: 'shipclock_token_refreshes_total',
    help: metricWords.tokenRefreshes,
    labels: ['shop', 'outcome'],
  },
} as const;

/** What a worker's process tells of itself, in the words of Prometheus. */
export type WorkerMetrics = {
  /** Counts one more of something; what is not known is not counted, and nothing is thrown. */
  count: (name: string, labels: Record<string, string>, by?: number) => void;
  text: () => Promise<{ type: string; body: string }>;
};

/** A registry of its own, with Node's usual metrics of the process. */
export function workerMetrics(): WorkerMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const counters = new Map(
    Object.entries(COUNTERS).map(([key, { name, help, labels }]) => [
      key,
      { labels, counter: new Counter({ name, help, labelNames: [...labels], registers: [register] }) },
    ]),
  );
  return {
    count: (name, labels, by = 1) => {
      const known = counters.get(name);
      known?.counter.inc(Object.fromEntries(known.labels.map((label) => [label, labels[label] ?? ''])), by);
    },
    text: async () => ({ type: register.contentType, body: await register.metrics() }),
  };
}

type Where = { host: string; port: number };

/** A worker has no other door: its metrics are read from a little server of their own. A port of 0 takes any that is free. */
export async function serveMetrics(
  metrics: Pick<WorkerMetrics, 'text'>,
  { host, port }: Where,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(answering(metrics));
  server.listen(port, host);
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}/metrics`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const answering =
  ({ text }: Pick<WorkerMetrics, 'text'>): RequestListener =>
  (req, res) => {
    const isAsked = req.method === 'GET' && req.url?.split('?')[0] === '/metrics';
    if (!isAsked) {
      res.writeHead(404, { 'content-type': 'text/plain' }).end(metricsServerWords.only);
      return;
    }
    text().then(
      ({ type, body }) => res.writeHead(200, { 'content-type': type }).end(body),
      () => res.writeHead(500, { 'content-type': 'text/plain' }).end(metricsServerWords.failed),
    );
  };
