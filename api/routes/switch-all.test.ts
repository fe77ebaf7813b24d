import express from 'express';
import pino from 'pino';
import { ALL_SHOPS_KEY } from '../../contracts/standing';
import { answerProblem } from '../answer-problem';
import { readBytes } from '../door';
import { serve, type Serving } from '../serve';
import { switchAllWrites } from './switch-all';

let kept: Map<string, string>;
let serving: Serving;
beforeEach(async () => {
  kept = new Map();
  const documents = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
    putIfAbsent: () => Promise.reject(new Error('not asked here')),
    putFileIfAbsent: () => Promise.reject(new Error('not asked here')),
    list: () => Promise.resolve([]),
    getFile: () => Promise.resolve(undefined),
  };
  const app = express();
  app.post('/v1/writes', readBytes, switchAllWrites({ documents }));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

type Switched = { status: number; writes?: string; isRepeat: boolean };

async function post(writes: 'on' | 'off', key?: string, actor = 'Ada'): Promise<Switched> {
  const answer = await fetch(`${serving.url}/v1/writes`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-actor': actor,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({ writes }),
  });
  const body = (await answer.json()) as { writes?: string };
  const isRepeat = answer.headers.get('idempotent-replayed') === 'true';
  return { status: answer.status, isRepeat, ...(body.writes === undefined ? {} : { writes: body.writes }) };
}

const stands = (): unknown => (JSON.parse(kept.get(ALL_SHOPS_KEY) ?? '{}') as { writes?: string }).writes;

describe('the switch of all shops', () => {
  it('is not thrown again by a repeat: it does not undo what came after', async () => {
    expect(await post('on', 'a')).toEqual({ status: 200, writes: 'on', isRepeat: false });
    expect(await post('off', 'b')).toEqual({ status: 200, writes: 'off', isRepeat: false });
    expect(await post('on', 'a')).toEqual({ status: 200, writes: 'off', isRepeat: true });
    expect(stands()).toBe('off');
  });

  it('refuses a key that comes with another body, and takes it from another caller', async () => {
    await post('off', 'a');
    expect(await post('on', 'a')).toMatchObject({ status: 422 });
    expect(stands()).toBe('off');
    expect(await post('on', 'a', 'Bob')).toMatchObject({ status: 200, writes: 'on', isRepeat: false });
  });

  it('is thrown each time where no key is given', async () => {
    for (const writes of ['off', 'on', 'off'] as const) {
      expect(await post(writes)).toEqual({ status: 200, writes, isRepeat: false });
    }
  });

  it('knows fifty keys, also those that came at once', async () => {
    const keys = Array.from({ length: 51 }, (_, index) => `key-${index}`);
    await post('off', keys[0]);
    await Promise.all(keys.slice(1).map((key) => post('off', key)));
    for (const key of keys.slice(1)) expect(await post('off', key)).toMatchObject({ isRepeat: true });
    expect(await post('off', keys[0])).toMatchObject({ isRepeat: false });
  });

  it.each(['{', '"x"', '{"requests":7}'])('is thrown where its document is broken: %s', async (text) => {
    kept.set(ALL_SHOPS_KEY, text);
    expect(await post('off', 'a')).toEqual({ status: 200, writes: 'off', isRepeat: false });
  });
});
