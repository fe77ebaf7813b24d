import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { metricWords } from '../words/metrics';

/** What the API counts: each by the labels that it is told with. No label is about one order or one person. */
const COUNTERS = {
  webhooks: { name: 'shipclock_webhooks_total', help: metricWords.webhooks, labels: ['topic', 'outcome'] },
} as const;

/** From 5 ms on; a platform gives up on a webhook's answer after 3 s, a person's order waits for 5 s. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const MS_PER_SECOND = 1_000;

/** Counts one more of something; what is not known is not counted, and nothing is thrown. */
export type Count = (name: string, labels: Record<string, string>, by?: number) => void;

/** What the API's process tells of itself, in the words of Prometheus. */
export type ApiMetrics = {
  count: Count;
  /** Put before all routes: how long each request took, by the route's own path and the status. */
  timeRequests: RequestHandler;
  text: () => Promise<{ type: string; body: string }>;
};

/** A registry of its own, with Node's usual metrics of the process. */
export function apiMetrics(): ApiMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const counters = new Map(
    Object.entries(COUNTERS).map(([key, { name, help, labels }]) => [
      key,
      { labels, counter: new Counter({ name, help, labelNames: labels, registers: [register] }) },
    ]),
  );
  const seconds = new Histogram({
    name: 'shipclock_http_request_seconds',
    help: metricWords.requests,
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [register],
  });
  return {
    count: (name, labels, by = 1) => {
      const known = counters.get(name);
      known?.counter.inc(Object.fromEntries(known.labels.map((label) => [label, labels[label] ?? ''])), by);
    },
    timeRequests: timing(seconds),
    text: async () => ({ type: register.contentType, body: await register.metrics() }),
  };
}

/** Methods that callers make up are one. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

function timing(seconds: Histogram<'method' | 'route' | 'status'>): RequestHandler {
  return (req, res, next) => {
    const begunAt = performance.now();
    res.once('close', () => {
      // The path as it is offered, with its parameters' names: a path that was asked for may name an order.
      const path: unknown = (req.route as { path?: unknown } | undefined)?.path;
      const route = typeof path === 'string' ? path : 'unknown';
      const method = METHODS.includes(req.method) ? req.method : 'other';
      seconds.observe({ method, route, status: String(res.statusCode) }, (performance.now() - begunAt) / MS_PER_SECOND);
    });
    next();
  };
}
