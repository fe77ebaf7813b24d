import { problemOf } from './calls';
import { openStage, until, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('the list of orders', () => {
  it('goes through all of them by pages, each once', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => stage.placed()));
    const seen = await until(async () => {
      const found = await allPages();
      return ids.every((id) => found.includes(id)) && found;
    });
    expect(new Set(seen).size).toBe(seen.length);
  });

  async function allPages(): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { status, body } = await stage.ask(`GET /v1/orders?shop=${stage.shop.id}&limit=2${from}`);
      expect(status).toBe(200);
      ids.push(...(body['data'] as { orderId: string }[]).map(({ orderId }) => orderId));
      cursor = body['nextCursor'] as string | null;
    }
    return ids;
  }

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'phase=packed',
    "phase=toPack'",
    'shop=x',
    'cursor=***',
    'cursor=bm9uZQ',
    'other=1',
    'limit=1&limit=2',
  ])('is refused for ?%s', async (query) => {
    const reply = await stage.ask(`GET /v1/orders?${query}`);
    expect([reply.status, problemOf(reply)]).toEqual([400, '/problems/invalid-query']);
    expect(reply.body['errors']).toMatchObject([{ pointer: expect.stringMatching(/^\/\w+$/) as string }]);
  });
});
