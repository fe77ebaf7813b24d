import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../engine/ports';
import { stories } from '../stories/index';
import { runCli } from './run';

interface Said {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** An API that gives the same answer to every question. */
async function answering(status: number, body: string): Promise<Server> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function say(line: string, env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runCli(line.split(' ').filter(Boolean), {
    env,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    onInterrupt: () => () => undefined,
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

const commands = [
  'order list',
  'order show',
  'order rates',
  'order choose',
  'order release',
  'order packed',
  'order approve',
  'carrier list',
  'pickup book',
  'pickup show',
  'pickup list',
  'pickup cancel',
  'alert list',
  'alert ack',
  'connect tiktok',
  'shop list',
  'shop mode',
  'writes',
  'config check',
  'config show',
  'config apply',
  'keys create',
  'keys rotate',
  'doctor',
  'fast-forward',
  'plan',
  'story list',
  'story run',
];

describe('shipclock', () => {
  it.each(commands)('%s --help says what it does, with an example', async (command) => {
    const { exitCode, out, err } = await say(`${command} --help`);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`Usage: shipclock ${command}`);
    expect(out).toMatch(new RegExp(`Examples?:\n  shipclock ${command}`));
    expect(out).toContain('--json');
  });

  it.each(['order', 'carrier', 'pickup', 'alert', 'story'])('%s --help tells in whole sentences', async (group) => {
    const told = (await say(`${group} --help`)).out;
    const [, about = '', list = ''] = /^\n([^]*?)\n\nOptions[^]*Commands:\n([^]*)$/m.exec(told) ?? [];
    const sentences = [about, ...list.split(/^ {2}(?=\S)/m).filter(Boolean)].map((text) => text.trim());
    expect(sentences.length).toBeGreaterThan(1);
    for (const text of sentences) expect(text).toMatch(/(^|\s{2,})[A-Z][^]*\.$/);
  });

  it.each(['--help', 'help', 'order --help', 'story --help', '--version'])('%s is answered', async (line) => {
    const { exitCode, out, err } = await say(line);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).not.toBe('');
  });

  it.each([
    ['order lst', "Unknown command 'lst' (Did you mean list?); see shipclock order --help."],
    ['carrier resume', "Unknown command 'resume'; see shipclock carrier --help."],
    ['pickup resume usps', "Unknown command 'resume'; see shipclock pickup --help."],
    ['order list --jsn', "Unknown option '--jsn' (Did you mean --json?); see shipclock order list --help."],
    ['order show', "Missing required argument 'order'; see shipclock order show --help."],
    ['story run a b', /^Too many arguments for 'run'.*; see shipclock story run --help\.$/],
    ['order list --limit 0', /1 to 100; see shipclock order list --help\.$/],
    ['order list --phase packed', /Allowed choices are onHold, toPack.*--help\.$/],
    ['fast-forward 42 5', /"5" is not a duration; .*; see shipclock fast-forward --help\.$/],
    ['fast-forward 42 0h', /"0h" is not a duration; .*; see shipclock fast-forward --help\.$/],
    ['fast-forward 42 367d', /too far; .*; see shipclock fast-forward --help\.$/],
    ['order show 42 --shop main', /at most 20 digits; see shipclock order show --help\.$/],
  ])('%s is not understood, in one sentence', async (line, sentence) => {
    const { exitCode, out, err } = await say(line);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    if (typeof sentence === 'string') expect(err).toBe(sentence);
    else expect(err).toMatch(sentence);
    expect(err).not.toContain('\n');
  });

  it.each(['', 'order', 'story'])('"%s" alone is answered with the help', async (line) => {
    const { exitCode, out, err } = await say(line);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('Usage: shipclock');
  });

  it.each([
    ['order show abc', '"abc" is not an order'],
    ['story run nonesuch', `There is no story nonesuch; there are: ${stories.map(({ name }) => name).join(', ')}.`],
  ])('%s fails with one sentence', async (line, sentence) => {
    const { exitCode, out, err } = await say(line);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(sentence);
    expect(err).not.toContain('\n');
  });

  it('lists the stories', async () => {
    const { out } = await say('story list --json');
    expect(JSON.parse(out)).toEqual({ data: stories.map(({ name, about }) => ({ name, about })) });
  });
});

describe('shipclock and the API', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  it('says how to start a product that does not run, and where it came from only when debugging', async () => {
    const SHIPCLOCK_API_PORT = String(await freePort('127.0.0.1'));
    const { exitCode, err } = await say('order list', { SHIPCLOCK_API_PORT });
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^shipclock does not answer at .* start it with npm start.*\.$/);
    const debugging = await say('order list', { SHIPCLOCK_API_PORT, SHIPCLOCK_DEBUG: '1' });
    expect(debugging.err).toContain('    at ');
  });

  it("shows the API's own reason", async () => {
    server = await answering(
      404,
      JSON.stringify({ title: 'The order is not known', detail: 'Order 42 is not known.' }),
    );
    const { exitCode, err } = await say('order show 42', { SHIPCLOCK_API_URL: urlOf(server) });
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: 'Order 42 is not known.' });
  });

  it('names the wrong parameters of a query', async () => {
    const errors = [{ pointer: '/cursor', detail: 'This cursor is none that was given out.' }];
    server = await answering(400, JSON.stringify({ title: 'The query is not valid', detail: 'See errors.', errors }));
    const { err } = await say('order list --cursor x', { SHIPCLOCK_API_URL: urlOf(server) });
    expect(err).toBe('The query is not valid: cursor: This cursor is none that was given out.');
  });

  it.each([
    [200, '<html>Welcome</html>'],
    [500, 'oops'],
    [200, '{"data":[{}]}'],
  ])('knows another program by its answer: %i %s', async (status, body) => {
    server = await answering(status, body);
    const { exitCode, err } = await say('order list', { SHIPCLOCK_API_URL: urlOf(server) });
    expect(exitCode).toBe(1);
    expect(err).toContain('is not the API of this shipclock');
  });

  it('hands on what the API says with --json, on one line', async () => {
    const body = { data: [], nextCursor: null, asOf: '2026-11-24T18:30:00.000Z', added: 'later' };
    server = await answering(200, JSON.stringify(body, null, 2));
    const { exitCode, out } = await say('order list --json', { SHIPCLOCK_API_URL: urlOf(server) });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: JSON.stringify(body) });
  });

  describe('when a clock must not be moved', () => {
    let home: string;

    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'shipclock-cli-test-'));
      await mkdir(join(home, 'documents', 'shops'), { recursive: true });
      server = await answering(200, JSON.stringify(order));
    });

    afterEach(() => rm(home, { recursive: true }));

    it.each([
      ['{"kind":"live"}', 'is a live shop'],
      ['{"kind":"sandbox","clock":"backDated"}', 'shipclock story run'],
      ['{"kind":', 'is not that of a shop'],
      [undefined, 'is not known in'],
    ])('%s is refused', async (document, sentence) => {
      if (document !== undefined) await writeFile(join(home, 'documents', 'shops', '7.json'), document);
      const env = { SHIPCLOCK_API_URL: server === undefined ? '' : urlOf(server), SHIPCLOCK_HOME: home };
      const { exitCode, out, err } = await say('fast-forward 7/42 1h', env);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(err).toContain(sentence);
    });
  });
});

const order = {
  shopId: '7',
  orderId: '42',
  phase: 'toPack',
  outcome: null,
  createdAt: null,
  holdEndsAt: null,
  heldBy: null,
  shipOn: null,
  handover: null,
  agenda: [],
  packages: {},
  toDo: [],
  timeline: [],
  links: { temporal: '' },
};
