import { setTimeout as pause } from 'node:timers/promises';
import { PlainProblem } from './plain-problem';
import { serve } from './serve';

const HERE = { host: '127.0.0.1', port: 0 };

describe('an API that is told to stop', () => {
  it('finishes what is under way and takes no more', async () => {
    const { url, stop } = await serve((_req, res) => void pause(200).then(() => res.end('done')), HERE);
    const underWay = fetch(url);
    await pause(50);
    const stopped = stop();
    await expect(fetch(url)).rejects.toThrow();
    expect(await (await underWay).text()).toBe('done');
    await stopped;
  });
});

describe('an API that cannot listen', () => {
  it('says so in one sentence', async () => {
    const { url, stop } = await serve((_req, res) => void res.end(), HERE);
    const taken = { host: HERE.host, port: Number(new URL(url).port) };
    await expect(serve((_req, res) => void res.end(), taken)).rejects.toThrow(PlainProblem);
    await stop();
  });
});
