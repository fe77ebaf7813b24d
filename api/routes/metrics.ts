import type { RequestHandler } from 'express';
import type { ApiMetrics } from '../metrics';

/** `GET /metrics`: what this process counts, for Prometheus. It belongs to the private side, like everything but webhooks. */
export function showMetrics({ text }: Pick<ApiMetrics, 'text'>): RequestHandler {
  return async (_req, res) => {
    const { type, body } = await text();
    res.set('Content-Type', type).send(body);
  };
}
