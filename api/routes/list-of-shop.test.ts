import express from 'express';
import pino from 'pino';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { serve, type Serving } from '../serve';
import { listAllAppeals } from './list-appeals';
import { listAllManifests } from './list-manifests';
import { listAllOrders } from './list-orders';

let asked: unknown[];
let serving: Serving;
beforeEach(async () => {
  asked = [];
  const listWorkflowExecutions = (wish: { query: string }): Promise<object> => {
    asked.push(wish.query);
    return Promise.resolve({ executions: [], nextPageToken: new Uint8Array() });
  };
  const list = ({ query }: { query: string }): Iterable<never> => {
    asked.push(query);
    return [];
  };
  const deps = {
    namespace: 'shipclock',
    findShop: (id: string) => Promise.resolve(id === '7' ? { id } : undefined),
    client: {
      withDeadline: (_: number, call: () => unknown) => call(),
      workflowService: { listWorkflowExecutions },
      workflow: { list },
    },
  } as unknown as ApiDeps;
  const app = express();
  app.get('/v1/appeals', listAllAppeals(deps));
  app.get('/v1/manifests', listAllManifests(deps));
  app.get('/v1/orders', listAllOrders(deps));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

const list = (path: string): Promise<Response> => fetch(`${serving.url}/v1/${path}`);

describe.each(['orders', 'appeals', 'manifests'])('the list of %s', (path) => {
  it('of a shop that is not connected is a problem, not an empty list', async () => {
    const answer = await list(`${path}?shop=8`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      expect.objectContaining({ type: '/problems/unknown-shop', detail: 'Shop 8 is not connected; check the id.' }),
    ]);
    expect(asked).toEqual([]);
  });

  it.each(['?shop=7', ''])('with "%s" is a list', async (query) => {
    const answer = await list(`${path}${query}`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ data: [] })]);
    expect(asked).toHaveLength(1);
    expect(String(asked[0]).includes("= '7'")).toBe(query !== '');
  });
});
