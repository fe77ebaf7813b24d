import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Ports } from '../../activities/ports';
import { openDocuments, readS3Address } from './open';

type Documents = Ports['documents'];

type Promised = (name: string, test: () => Promise<void>) => void;

/** What activities go by, whichever store there is. */
function keepsItsPromises(open: () => Documents, promised: Promised): void {
  promised('gives back a text and a file as they were written, and undefined for what is not there', async () => {
    const documents = open();
    await documents.putIfAbsent('a/text', '{"x":"é"}');
    await documents.putFileIfAbsent('a/label.pdf', Uint8Array.of(0, 255, 10, 13));
    expect(await documents.get('a/text')).toBe('{"x":"é"}');
    expect([...((await documents.getFile('a/label.pdf')) ?? [])]).toEqual([0, 255, 10, 13]);
    expect(await documents.get('a/other')).toBeUndefined();
    expect(await documents.getFile('a/other.pdf')).toBeUndefined();
  });

  promised('lets the first writer win, of many at once one', async () => {
    const documents = open();
    const texts = Array.from({ length: 8 }, (_, index) => `writer ${index}`);
    const won = await Promise.all(texts.map((text) => documents.putIfAbsent('race/key', text)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await documents.get('race/key')).toBe(texts[won.indexOf(true)]);
    expect(await documents.putFileIfAbsent('race/file.pdf', Uint8Array.of(1))).toBe(true);
    expect(await documents.putFileIfAbsent('race/file.pdf', Uint8Array.of(1))).toBe(false);
  });

  promised('replaces by put and takes away by remove; after that the next writer is the first', async () => {
    const documents = open();
    await documents.put('b/key', 'one');
    await documents.put('b/key', 'two');
    expect(await documents.get('b/key')).toBe('two');
    await documents.remove('b/key');
    await documents.remove('b/key');
    expect(await documents.get('b/key')).toBeUndefined();
    expect(await documents.putIfAbsent('b/key', 'three')).toBe(true);
  });

  promised('lists the texts right in a folder, sorted, without files and what lies deeper', async () => {
    const documents = open();
    for (const key of ['c/2', 'c/10', 'c/deep/1', 'cc/1']) await documents.put(key, '{}');
    await documents.putFileIfAbsent('c/2.pdf', Uint8Array.of(1));
    expect(await documents.list('c')).toEqual(['c/10', 'c/2']);
    expect(await documents.list('nothing')).toEqual([]);
  });

  promised('takes no key that leads elsewhere', async () => {
    const documents = open();
    for (const key of ['../x', 'a/../../x', '/x', 'a//b', '.hidden'])
      await expect((async () => documents.get(key))()).rejects.toThrow('not a document key');
  });
}

describe('documents in a folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shipclock-documents-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  keepsItsPromises(() => openDocuments({ dir: folder }), it);
});

/** moto is Amazon's S3 played in Python: it honours conditional writes, and lives as long as its standard input. */
const MOTO = `
from moto.server import ThreadedMotoServer
import sys
server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
`;

async function startMoto(): Promise<{ child: ChildProcess; endpoint: string } | undefined> {
  const child = spawn('python3', ['-c', MOTO], { stdio: ['pipe', 'pipe', 'ignore'] });
  const said = await Promise.race([
    once(child.stdout, 'data').then(([bytes]) => String(bytes)),
    once(child, 'exit').then(() => undefined),
    once(child, 'error').then(() => undefined),
  ]);
  return said === undefined ? undefined : { child, endpoint: `http://127.0.0.1:${said.trim()}` };
}

describe('documents in a bucket', () => {
  const env = { AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' };
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let runs = 0;
  const open = (endpoint = moto?.endpoint ?? ''): Documents =>
    openDocuments({ dir: '', url: `s3://shipclock/run-${runs}?endpoint=${endpoint}&pathStyle=true`, env });

  beforeAll(async () => {
    moto = await startMoto();
    if (moto === undefined) return;
    const { settings } = readS3Address(`s3://shipclock?endpoint=${moto.endpoint}&pathStyle=true`, env);
    const client = new S3Client(settings);
    await client.send(new CreateBucketCommand({ Bucket: 'shipclock' }));
    client.destroy();
  }, 60_000);
  beforeEach((): void => {
    runs += 1;
  });
  afterAll(() => moto?.child.stdin?.end());

  const itWithMoto = (name: string, test: () => Promise<void>): void =>
    it(name, async () => {
      if (moto === undefined) {
        process.stderr.write(
          'No S3 server can be played here (pip install "moto[server]"), so documents in a bucket are not tested.\n',
        );
        return;
      }
      await test();
    });

  keepsItsPromises(() => open(), itWithMoto);

  itWithMoto(
    'counts its own write as its own where the answer was lost, and another’s with the same text not',
    async () => {
      const lossy = await losesAnswers(moto?.endpoint ?? '');
      const documents = open(lossy.endpoint);
      lossy.lose(1);
      expect(await documents.putIfAbsent('lost/begun', '{}')).toBe(true);
      lossy.lose(1);
      expect(await documents.putIfAbsent('lost/begun', '{}')).toBe(false);
      lossy.server.close();
    },
  );
});

/** Hands calls on, and cuts off the answers of the next writes. */
async function losesAnswers(to: string): Promise<{ endpoint: string; server: Server; lose: (writes: number) => void }> {
  let left = 0;
  const server = createServer((req, res) => {
    const isLost = req.method === 'PUT' && left > 0;
    if (isLost) left -= 1;
    const onward = request(`${to}${req.url ?? ''}`, { method: req.method, headers: req.headers }, (answer) => {
      if (isLost) {
        res.destroy();
        return;
      }
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, server, lose: (writes) => (left = writes) };
}

describe('the address of documents', () => {
  it('names bucket, prefix, endpoint and region, and takes credentials from the environment alone', () => {
    const env = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(
      readS3Address('s3://labels/shop/one/?endpoint=http://minio:9000&region=eu-west-1&pathStyle=true', env),
    ).toEqual({
      place: { bucket: 'labels', prefix: 'shop/one/' },
      settings: {
        region: 'eu-west-1',
        forcePathStyle: true,
        endpoint: 'http://minio:9000',
        credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      },
    });
    expect(readS3Address('s3://labels', {})).toEqual({
      place: { bucket: 'labels', prefix: '' },
      settings: { region: 'us-east-1', forcePathStyle: false },
    });
    expect(() => readS3Address('https://labels', {})).toThrow('not an address of documents');
  });
});
