import express from 'express';
import pino from 'pino';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { readBytes } from '../door';
import { serve, type Serving } from '../serve';
import { commandPickup } from './pickups';

/** 23:30 on the 23rd at the ship-from, where it is the 24th in UTC. */
const NOW = Date.parse('2026-11-24T07:30:00Z');

let begun: string[];
let serving: Serving;
beforeEach(async () => {
  jest.useFakeTimers({
    now: NOW,
    doNotFake: ['setTimeout', 'setImmediate', 'setInterval', 'nextTick', 'queueMicrotask'],
  });
  begun = [];
  const days = { workdays: [1, 2, 3, 4, 5], closures: ['2026-11-27'] };
  const shop = {
    ...{ id: '7', kind: 'live', carriers: { ups: { enabled: true } } },
    shipFrom: { id: 'main', zone: 'America/Los_Angeles', opensAt: '09:00', closesAt: '17:00', ...days },
  };
  const start = (_name: string, { workflowId }: { workflowId: string }): Promise<void> =>
    Promise.resolve(void begun.push(workflowId));
  const verdict = { accepted: true, at: NOW, status: 'booking' };
  const executeUpdate = (_name: string, { args: [{ bodyHash }] }: { args: [{ bodyHash: string }] }) =>
    Promise.resolve({ ...verdict, bodyHash });
  const deps = {
    findShop: (id: string) => Promise.resolve(id === '7' ? shop : undefined),
    client: {
      withDeadline: (_at: number, call: () => unknown) => call(),
      workflow: { start, getHandle: () => ({ executeUpdate }) },
    },
  } as unknown as ApiDeps;
  const app = express();
  app.use(readBytes);
  app.post('/v1/shops/:shopId/pickups', commandPickup(deps, 'book'));
  app.delete('/v1/shops/:shopId/pickups/:date', commandPickup(deps, 'cancel'));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  jest.useRealTimers();
  await serving.stop();
});

async function ask(method: string, path: string, body?: object): Promise<[number, string]> {
  const answer = await fetch(`${serving.url}/v1/shops/7/pickups${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { detail = '' } = (await answer.json()) as { detail?: string };
  return [answer.status, detail];
}

describe('the day of a pickup', () => {
  it.each(['2026-11-23', '2026-11-24', '2026-12-23'])('is taken by the ship-from’s own calendar: %s', async (date) => {
    expect((await ask('POST', '', { date }))[0]).toBe(202);
    expect(begun).toEqual([`pickup:7:ups:main:${date}`]);
  });

  it.each([
    ['2026-11-22', /is over/],
    ['2026-12-24', /too far ahead; choose one until 2026-12-23/],
    ['9999-12-31', /too far ahead/],
  ])('is refused where it is past or more than 30 days ahead, and nothing is begun: %s', async (date, says) => {
    for (const [status, detail] of [await ask('POST', '', { date }), await ask('DELETE', `/${date}`)]) {
      expect([status, detail]).toEqual([409, expect.stringMatching(says) as string]);
    }
    expect(begun).toEqual([]);
  });

  it.each([
    ['2026-11-26', /federal holiday/],
    ['2026-11-27', /closed/],
    ['2026-11-29', /no working day/],
  ])('is one on which somebody is there: %s', async (date, says) => {
    expect(await ask('POST', '', { date })).toEqual([409, expect.stringMatching(says) as string]);
    expect(begun).toEqual([]);
    expect((await ask('DELETE', `/${date}`))[0]).toBe(202);
  });

  it.each([
    { from: '2026-11-25T09:00:00-08:00', until: '2026-11-25T17:00:00-08:00' },
    { until: '2026-11-25T01:00:00-08:00' },
    { from: '2026-11-23T23:00:00-08:00' },
  ])('is that of its hours: %j', async (hours) => {
    const [status, detail] = await ask('POST', '', { date: '2026-11-24', ...hours });
    expect([status, detail]).toEqual([409, expect.stringMatching(/hours of that day/) as string]);
    expect(begun).toEqual([]);
  });
});
