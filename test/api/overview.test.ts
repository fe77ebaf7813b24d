import { createHash } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import { orderWorkflowId, searchAttributes } from '../../workflows/messages';
import { newOrderId, openStage, until, type Stage } from './stage';

const HOUR_MS = 3_600_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ hasWorker: false });
});
afterAll(() => stage.close());

/** An order with a deadline, as the lists see it. */
async function due(inMs: number | null, attention = 'none'): Promise<string> {
  const orderId = newOrderId();
  const deadline =
    inMs === null
      ? []
      : [
          { key: searchAttributes.nextDeadlineKind, value: 'packBy' },
          { key: searchAttributes.nextDeadlineAt, value: new Date(Date.now() + inMs) },
        ];
  await stage.client.workflow.start('orderLifecycle', {
    taskQueue: `api-${stage.shop.id}`,
    workflowId: orderWorkflowId(stage.shop.id, orderId),
    args: [{ shopId: stage.shop.id, orderId }],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.shopId, value: stage.shop.id },
      { key: searchAttributes.phase, value: 'toPack' },
      { key: searchAttributes.attention, value: attention },
      ...deadline,
    ]),
  });
  return orderId;
}

/** The page's section of a bucket. */
const sectionOf = (page: string, bucket: string): string =>
  new RegExp(`<section id="${bucket}">(.*?)</section>`, 's').exec(page)?.[1] ?? '';

async function pageWith(...orderIds: string[]): Promise<string> {
  return until(async () => {
    const { text } = await stage.ask('GET /');
    return orderIds.every((id) => text.includes(id)) && text;
  });
}

describe('the page of all orders', () => {
  it('sorts open orders into buckets by the time that is left, the most urgent first', async () => {
    const late = await due(-2 * HOUR_MS);
    const [later, soon] = [await due(3.5 * HOUR_MS), await due(HOUR_MS / 2)];
    const [noon, day, far, never] = [
      await due(8 * HOUR_MS),
      await due(20 * HOUR_MS),
      await due(50 * HOUR_MS),
      await due(null),
    ];
    const page = await pageWith(late, later, soon, noon, day, far, never);
    expect(sectionOf(page, 'overdue')).toContain(late);
    expect(sectionOf(page, 'under4h')).toMatch(new RegExp(`${soon}.*${later}`, 's'));
    expect(sectionOf(page, 'under12h')).toContain(noon);
    expect(sectionOf(page, 'under24h')).toContain(day);
    expect(sectionOf(page, 'later')).toContain(far);
    expect(sectionOf(page, 'none')).toContain(never);
    expect(sectionOf(page, 'overdue')).toContain('overdue by 2 h 0 min');
  });

  it('leads to each order and to its workflow', async () => {
    const id = await due(HOUR_MS);
    const page = await pageWith(id);
    const workflow = encodeURIComponent(orderWorkflowId(stage.shop.id, id));
    expect(page).toContain(`<a href="/v1/orders/${stage.shop.id}/${id}">${id}</a>`);
    expect(page).toContain(`<a href="http://127.0.0.1:8233/namespaces/shipclock/workflows/${workflow}">`);
  });

  it('escapes whatever it shows', async () => {
    const id = await due(HOUR_MS, `<script>alert("1")</script>`);
    const page = await pageWith(id);
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('has one style, the one that the content security policy allows, and no script', async () => {
    const { text, headers } = await stage.ask('GET /');
    const [style, ...others] = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css ?? '');
    const hash = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    expect(headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
    expect(others).toEqual([]);
    expect(text).not.toMatch(/<script|style=|onclick/);
  });

  it('leaves out orders that are over', async () => {
    const id = await due(HOUR_MS);
    await pageWith(id);
    await stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id)).terminate();
    await until(async () => !(await stage.ask('GET /')).text.includes(id));
  });

  it('shows the earliest hundred of a bucket that has more, and the count of all', async () => {
    const latest = await due(11 * HOUR_MS);
    const ids = await Promise.all(Array.from({ length: 110 }, (_, index) => due(5 * HOUR_MS + index * 60_000)));
    const section = await until(async () => {
      const found = sectionOf((await stage.ask('GET /')).text, 'under12h');
      return Number(/Under 12 h: (\d+)/.exec(found)?.[1]) > 110 && found;
    });
    const rows = section.match(/<tr>/g)?.length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(rows).toBeLessThanOrEqual(101);
    expect(section).toContain(ids[0]);
    expect(section).not.toContain(latest);
    expect(section).toMatch(/The first \d+ of 1\d\d/);
  });
});
