import express from 'express';
import pino from 'pino';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { serve, type Serving } from '../serve';
import { listAllAppeals } from './list-appeals';

let asked: unknown[];
let serving: Serving;
beforeEach(async () => {
  asked = [];
  const listWorkflowExecutions = (wish: { query: string }): Promise<object> => {
    asked.push(wish.query);
    return Promise.resolve({ executions: [], nextPageToken: new Uint8Array() });
  };
  const deps = {
    namespace: 'shipclock',
    findShop: (id: string) => Promise.resolve(id === '7' ? { id } : undefined),
    client: { withDeadline: (_: number, call: () => unknown) => call(), workflowService: { listWorkflowExecutions } },
  } as unknown as ApiDeps;
  const app = express();
  app.get('/v1/appeals', listAllAppeals(deps));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

const list = (query: string): Promise<Response> => fetch(`${serving.url}/v1/appeals${query}`);

describe('the list of appeals', () => {
  it('of a shop that is not connected is a problem, not an empty list', async () => {
    const answer = await list('?shop=8');
    expect([answer.status, await answer.json()]).toEqual([
      404,
      expect.objectContaining({ type: '/problems/unknown-shop', detail: 'Shop 8 is not connected; check the id.' }),
    ]);
    expect(asked).toEqual([]);
  });

  it.each(['?shop=7', ''])('with "%s" is a list', async (query) => {
    const answer = await list(query);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ data: [] })]);
    expect(asked).toHaveLength(1);
    expect(String(asked[0]).includes("= '7'")).toBe(query !== '');
  });
});
