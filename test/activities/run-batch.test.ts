import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { PDFDocument } from '@cantoo/pdf-lib';
import { localDocuments } from '../../adapters/document-store/local';
import {
  batchFileKey,
  batchKey,
  batchOrdersKey,
  BatchPiece,
  batchPieceKey,
  batchPiecesFolder,
  type BatchRequest,
} from '../../contracts/batch';
import { entryKey } from '../../contracts/catalogue';
import { labelFileKey, purchaseKey, slipKey } from '../../contracts/label-documents';
import type { ShopMode } from '../../contracts/standing';
import type { BatchCounts } from '../../domain/batch/state';
import type { OrderView } from '../../domain/order/view';
import { countPages } from '../../paper/pages';
import type { BatchPorts } from '../../activities/batch-ports';
import type { OrderItem } from '../../activities/ports';
import { untilTrue } from '../support/until';
import { runBatch } from '../../activities/run-batch';

const ref = { shopId: '7', batchId: 'b1' };
const parcel = (orderId: string) => ({ shopId: '7', orderId, package: '1', attempt: 1 });

type World = {
  ports: BatchPorts;
  documents: ReturnType<typeof localDocuments>;
  views: Map<string, OrderView>;
  approved: string[];
  told: unknown[];
};

let folder = '';
let world: World;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-batch-'));
  world = newWorld();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function newWorld(mode: ShopMode = 'auto'): World {
  const documents = localDocuments(folder);
  const views = new Map<string, OrderView>();
  const [approved, told]: [string[], unknown[]] = [[], []];
  const items: Record<string, OrderItem[]> = {
    '101': [{ id: 'a', sku: 'MUG', title: 'Mug' }],
    '102': [{ id: 'b', sku: 'CUP', title: '杯子' }],
    '103': [{ id: 'c', sku: 'BOWL', title: 'Bowl' }],
  };
  const ports = {
    documents,
    findShop: () => Promise.resolve({ id: '7' }),
    standingOf: () => Promise.resolve({ mode, writes: 'on', connection: 'connected' }),
    platformOf: () => ({
      readOrders: (ids: string[]) => Promise.resolve(ids.map((orderId) => ({ orderId, items: items[orderId] }))),
    }),
    neighbours: { signal: ({ payload }: { payload: unknown }) => Promise.resolve(void told.push(payload)) },
    orderDesk: {
      read: ({ orderId }: { orderId: string }) => Promise.resolve(views.get(orderId)),
      approve: async ({ orderId, updateId }: { orderId: string; updateId: string }) => {
        approved.push(updateId);
        await buy(orderId);
      },
    },
  } as unknown as BatchPorts;
  return { ports, documents, views, approved, told };
}

const viewOf = (status: string, more: object = {}): OrderView =>
  ({
    ...{ phase: 'toPack', outcome: null, platformStatus: 'awaitingShipment', heldBy: null },
    ...{ underWay: ['prepareLabel:1:1'], toDo: [], attention: [] },
    packages: { '1': { itemIds: [], label: { status, attempt: 1, ...more } } },
  }) as unknown as OrderView;

/** An order has its label, and its file is kept. Each label's page has a width of its own. */
async function buy(orderId: string): Promise<void> {
  const document = await PDFDocument.create();
  document.addPage([Number(orderId), 432]);
  await world.documents.putFileIfAbsent(labelFileKey(parcel(orderId)), await document.save());
  await world.documents.putIfAbsent(`${purchaseKey(parcel(orderId))}-bought`, '{}');
  world.views.set(orderId, viewOf('bought'));
}

async function create(orders: string[], more: Partial<BatchRequest> = {}): Promise<void> {
  const { batchId } = ref;
  const request: BatchRequest = {
    ...{
      batchId,
      createdAt: 1,
      actor: 'Ann',
      bodyHash: '',
      total: orders.length,
      slips: false,
      format: 'pdf',
      mayApprove: true,
    },
    ...more,
  };
  await world.documents.put(batchOrdersKey(ref), JSON.stringify({ orders }));
  await world.documents.put(batchKey(ref), JSON.stringify(request));
}

const run = (): Promise<BatchCounts> => new MockActivityEnvironment().run(() => runBatch(world.ports, ref));

const pieceOf = async (piece = 1): Promise<BatchPiece> =>
  BatchPiece.parse(JSON.parse((await world.documents.get(batchPieceKey(ref, piece))) ?? '{}'));

/** Of all files, by order. */
async function failures(): Promise<Record<string, unknown>> {
  const keys = await world.documents.list(batchPiecesFolder(ref));
  const pieces = await Promise.all(keys.map((_, index) => pieceOf(index + 1)));
  const members = pieces.flatMap((piece) => piece.members);
  return Object.fromEntries(members.flatMap(({ orderId, failure }) => (failure ? [[orderId, failure]] : [])));
}

async function widths(piece = 1): Promise<number[]> {
  const bytes = await world.documents.getFile(batchFileKey(ref, piece));
  return (await PDFDocument.load(bytes ?? new Uint8Array())).getPages().map((page) => page.getWidth());
}

it('prints in the order of picking: by bin, numbers in it by their value, then by SKU', async () => {
  const put = (sku: string, bin: string): Promise<void> =>
    world.documents.put(entryKey('7', sku), JSON.stringify({ sku, weightOz: 1, bin }));
  await put('MUG', 'A-10');
  await put('CUP', 'A-2');
  for (const id of ['101', '102', '103']) await buy(id);
  await create(['103', '101', '102']);
  expect(await run()).toEqual({ settled: 3, failed: 0, pieces: 1 });
  expect(await widths()).toEqual([102, 101, 103]);
});

it('says of each order that has no label why, and prints the others', async () => {
  await buy('101');
  world.views.set('102', viewOf('refused', { reason: 'too dear' }));
  await create(['101', '102', '103']);
  expect(await run()).toEqual({ settled: 3, failed: 2, pieces: 1 });
  expect(await failures()).toEqual({
    '102': { reason: 'refused', about: 'too dear' },
    '103': { reason: 'notFound' },
  });
  expect(await widths(2)).toEqual([101]);
});

it('puts each slip behind its label, and keeps it', async () => {
  await buy('101');
  await buy('102');
  await create(['101', '102'], { slips: true });
  await run();
  expect(await widths()).toEqual([102, 288, 101, 288]);
  const slip = await world.documents.getFile(slipKey(parcel('102')));
  expect(await countPages(slip ?? new Uint8Array())).toBe(1);
});

it('goes on after a crash with what was decided, whatever became of the orders since', async () => {
  await buy('101');
  await buy('102');
  await create(['101', '102']);
  await run();
  const decided = await pieceOf();
  // The worker died right after the decision: the file was never written.
  await rm(join(folder, batchFileKey(ref, 1)));
  world.views.set('101', { ...viewOf('bought'), phase: 'cancelled' });
  expect(await run()).toEqual({ settled: 2, failed: 0, pieces: 1 });
  expect(await pieceOf()).toEqual(decided);
  expect(await widths()).toEqual([102, 101]);
});

it('lets an order go on where each waits for a word, under one id', async () => {
  world = newWorld('assist');
  world.views.set('101', viewOf('none'));
  await create(['101']);
  expect(await run()).toEqual({ settled: 1, failed: 0, pieces: 1 });
  expect(world.approved).toEqual(['batch-b1-101']);
});

it('waits for nobody in a shop that is only watched', async () => {
  world = newWorld('watch');
  world.views.set('101', viewOf('none'));
  await create(['101']);
  await run();
  expect((await pieceOf()).members[0]?.failure).toEqual({ reason: 'watched' });
});

it('lets nothing go on where nobody named the orders', async () => {
  world = newWorld('assist');
  const waits = { ...viewOf('none'), underWay: [], attention: [{ kind: 'awaitsApproval', at: '', sentence: '' }] };
  world.views.set('101', waits);
  await buy('102');
  await create(['101', '102'], { mayApprove: false });
  expect(await run()).toEqual({ settled: 2, failed: 1, pieces: 1 });
  expect(world.approved).toEqual([]);
  expect(await failures()).toEqual({ '101': { reason: 'notApproved' } });
});

it('prints what is ready while a slow order is still waited for, and that one later', async () => {
  const allButTheTime = ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'] as const;
  jest.useFakeTimers({ doNotFake: [...allButTheTime, 'clearTimeout', 'clearInterval', 'clearImmediate'] });
  try {
    await buy('101');
    await buy('103');
    world.views.set('102', viewOf('prepared'));
    await create(['101', '102', '103', '104']);
    const running = run();
    await untilThere(async () => (await failures())['104'] !== undefined);
    jest.setSystemTime(Date.now() + 8_000);
    await untilThere(() => hasFile(2));
    expect(await widths(2)).toEqual([103, 101]);
    await buy('102');
    jest.setSystemTime(Date.now() + 8_000);
    await untilThere(() => hasFile(3));
    expect(await running).toEqual({ settled: 4, failed: 1, pieces: 2 });
    expect((await pieceOf(3)).members).toMatchObject([{ orderId: '102', isLate: true }]);
  } finally {
    jest.useRealTimers();
  }
});

const hasFile = async (piece: number): Promise<boolean> =>
  (await world.documents.getFile(batchFileKey(ref, piece))) !== undefined;

/** Files are written for real. */
const untilThere = (isThere: () => Promise<boolean>): Promise<void> => untilTrue('it is there', isThere);
