import express from 'express';
import { apiMetrics } from './metrics';
import { showMetrics } from './routes/metrics';
import { serve } from './serve';

describe('the metrics of the API', () => {
  it('time requests by their route and status, and tell of no order', async () => {
    const metrics = apiMetrics();
    const app = express();
    app.use(metrics.timeRequests);
    app.route('/v1/orders/:shopId/:orderId').get((_req, res) => void res.status(404).end());
    app.route('/metrics').get(showMetrics(metrics));
    const { url, stop } = await serve(app, { host: '127.0.0.1', port: 0 });
    await fetch(`${url}/v1/orders/7/576461413038785752`);
    await fetch(`${url}/nowhere/576461413038785752`);
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    await stop();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const timed = (labels: string): string => `shipclock_http_request_seconds_count{${labels}} 1`;
    expect(text).toContain(timed('method="GET",route="/v1/orders/:shopId/:orderId",status="404"'));
    expect(text).toContain(timed('method="GET",route="unknown",status="404"'));
    expect(text).toContain('process_cpu_user_seconds_total');
    expect(text).not.toContain('576461413038785752');
  });

  it('count webhooks by topic and outcome; what is not known is not counted', async () => {
    const { count, text } = apiMetrics();
    count('webhooks', { topic: 'ORDER_STATUS_CHANGE', outcome: 'told', orderId: '576461413038785752' });
    count('webhooks', { topic: 'ORDER_STATUS_CHANGE', outcome: 'told' });
    count('noSuchThing', {});
    const { body } = await text();
    expect(body).toContain('shipclock_webhooks_total{topic="ORDER_STATUS_CHANGE",outcome="told"} 2');
    expect(body).not.toContain('576461413038785752');
  });
});
