import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { defaultShopId } from '../engine/sandbox-shop';
import { addForm } from './form';
import { addFormLoad } from './form-load';

export const ID = `manifest:easypost-${defaultShopId}:la:2026-11-23`;
const PATH = `/v1/manifests/${defaultShopId}/${encodeURIComponent(ID)}`;
const LIST = { data: [{ manifest: ID }, { manifest: `${ID}:2` }, { manifest: ID.replace('23', '20') }] };

export const P = PATH.replaceAll('%3A', ':');
export const LISTED = { [`GET /v1/manifests?shop=${defaultShopId}&limit=1000`]: LIST };

type Answers = Record<string, unknown>;
export type Said = {
  out: string[];
  err: string[];
  asked: { call: string; body: string }[];
  failure: string | undefined;
};

/** Says a line to an API that answers each path; what it does not know is refused. A list of answers is given one by one. */
export async function say(args: string[], answers: Answers, typed: readonly string[] = []): Promise<Said> {
  const asked: Said['asked'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = `${request.method} ${request.url?.replaceAll('%3A', ':')}`;
      asked.push({ call, body: Buffer.concat(chunks).toString() });
      const known = answers[call];
      const answer: unknown = Array.isArray(known) && known.length > 1 ? known.shift() : [known].flat()[0];
      if (answer === undefined) response.writeHead(409).end(JSON.stringify({ title: 'No', detail: `No ${call}.` }));
      else response.writeHead(200).end(answer instanceof Uint8Array ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    env: { SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    onInterrupt: () => () => undefined,
  };
  const program = new Command('shipclock').exitOverride().configureOutput({ writeErr: () => undefined });
  addForm(program, io);
  addFormLoad(program.command('typed'), io, () => Readable.from(typed.map((line) => `${line}\n`)));
  const failure = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  server.closeAllConnections();
  server.close();
  return { out, err, asked, failure };
}

export const manifest = (more: object = {}): object => ({
  ...{ manifest: ID, date: '2026-11-23', shipFrom: 'la', phase: 'open', closesAt: '2026-11-24T04:00:00.000Z' },
  ...{ forms: [], byHand: null, toDo: [], minutesLeft: 90, evidence: null, leftOff: 0, late: 0 },
  counts: { onForm: 3, notPacked: 1, leftOff: 0, loaded: 2 },
  ...more,
});
export const dayOf = (manifests: object[], orphans: object[] = []): Answers => ({
  [`GET /v1/shops/${defaultShopId}/forms`]: {
    ...{ shopId: defaultShopId, today: '2026-11-23', orphans },
    places: [{ manifests }],
  },
});
