import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleOrder } from '../../stories/sample-order';
import { orderWorkflowId } from '../../workflows/messages';
import type { Floor } from '../support/floor';
import { must, type Check } from './check';

const NAME = 'Zxqvanary Pellegrino';
const STREET = '7741 Qwertzuiop Lane';
const PHONE = '(+1)212-555-0197';
/** What the platform's warning repeats. */
const WARNING = '1 Example Street';
const MARKS = [WARNING, NAME, 'Zxqvanary', STREET, 'Qwertzuiop', PHONE, '5550197', '555-0197'];
const FAULTS = ['refuse', 'html502', 'commitThenCut', 'insufficientFunds'];

/** A buyer's name, street and phone go to the carrier and nowhere else: not even when everything fails. */
export const canary: Check = async (floor) => {
  let searched = 0;
  for (const kind of [undefined, ...FAULTS]) {
    const stage = await floor.stage();
    if (kind !== undefined) {
      for (const route of ['easypost.createShipment', 'easypost.buy', 'easypost.getShipment']) {
        await stage.control('POST', '/faults', { route, kind, times: 2 });
      }
    }
    const order = sampleOrder({
      createdAt: await stage.now(),
      status: 'AWAITING_SHIPMENT',
      buyer_message: `please ring ${PHONE}`,
      recipient_address: {
        name: NAME,
        phone_number: PHONE,
        address_line1: STREET,
        region_code: 'US',
        postal_code: '90277',
      },
    });
    await stage.place(order);
    await stage.advance(3_600_000);
    await stage.control('POST', '/faults', { route: 'tiktok.markShipped', kind: 'warning', times: 1 });
    await stage.person(order.id, 'packed');
    await stage.settle();
    const texts = [...(await tracesOf(floor, stage.shopId, order.id)), JSON.stringify(await stage.view(order.id))];
    texts.push(await pageOf(floor));
    for (const mark of MARKS) must(`${mark} found`, texts.filter((text) => text.includes(mark)).length, 0);
    searched += texts.reduce((sum, text) => sum + text.length, 0);
  }
  return { orders: FAULTS.length + 1, charactersSearched: searched, hits: 0 };
};

/** Everything that is kept of an order on our side: raw history, visibility, logs, documents. */
async function tracesOf({ client, logLines, documentsDir }: Floor, shopId: string, orderId: string): Promise<string[]> {
  const workflowId = orderWorkflowId(shopId, orderId);
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const described = await client.workflow.getHandle(workflowId).describe();
  const raw = [...bytesIn(history), ...bytesIn(described.raw)];
  // A search that reads nothing finds nothing: the order's id stands in its input, so it must be there.
  must(
    'the order id stands in raw history',
    raw.some((text) => text.includes(orderId)),
    true,
  );
  return [...raw, ...logLines, ...(await textsIn(documentsDir))];
}

/** Every text and every payload of a server answer, decoded. JSON would show the payloads as lists of numbers. */
function bytesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (ArrayBuffer.isView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(bytesIn);
}

const pageOf = async ({ apiUrl }: Floor): Promise<string> => (await fetch(apiUrl)).text();

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
}
