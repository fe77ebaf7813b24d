import { z } from 'zod';
import { plainPage } from '../../paper/plain-page';
import { ask, order, readOrder, standingLimitMs, untilSeen } from './doors';
import type { DemoDoors } from './doors';

const Manifest = z.object({ phase: z.string(), form: z.object({ madeAt: z.number() }).nullable() });

/** Waits until the parcels of these orders have joined a form. */
export async function untilOnForms(doors: DemoDoors, orderIds: readonly string[]): Promise<void> {
  await Promise.all(orderIds.map((orderId) => untilOnForm(doors, orderId)));
}

const untilOnForm = (doors: DemoDoors, orderId: string): Promise<string> =>
  untilSeen(doors, {
    what: 'joined',
    limitMs: standingLimitMs,
    look: async () => Object.values((await readOrder(doors, orderId))?.packages ?? {})[0]?.manifest.id,
  });

/** Has the form made that an order's parcel is on, and says that it was scanned at the counter. */
export async function closeForm(doors: DemoDoors, orderId: string): Promise<void> {
  const url = `${doors.apiUrl}/v1/manifests/${doors.shopId}/${await untilOnForm(doors, orderId)}`;
  const look = async (): Promise<z.infer<typeof Manifest> | undefined> => {
    const { status, body } = await ask(doors, { method: 'GET', url });
    return status === 200 ? Manifest.parse(body) : undefined;
  };
  const headers = { 'idempotency-key': 'demo' };
  if ((await look())?.phase === 'open') await order(doors, { method: 'POST', url: `${url}/close`, body: {}, headers });
  const { madeAt, isScanned } = await untilSeen(doors, {
    what: 'formed',
    limitMs: standingLimitMs,
    look: async () => {
      const { form, phase } = (await look()) ?? {};
      return form == null ? undefined : { madeAt: form.madeAt, isScanned: phase === 'scanned' };
    },
  });
  if (isScanned) return;
  // The instant is the form's own, so that a repeat says the same.
  const scannedAt = new Date(madeAt).toISOString();
  const proofs = [{ kind: 'stampedForm', file: await keepPaper(doors, url) }, { kind: 'receipt' }];
  const body = { scannedAt, place: 'Post office, 1600 Bryant St', proofs };
  await order(doors, { method: 'POST', url: `${url}/scanned`, body, headers });
}

const Kept = z.object({ sha256: z.string() });

/** The form with its stamp, as somebody photographed it. The same bytes are kept once. */
async function keepPaper(doors: DemoDoors, url: string): Promise<string> {
  const body = await plainPage('USPS SCAN Form, round-dated at 1600 Bryant St');
  const kept = await ask(doors, { method: 'POST', url: `${url}/evidence`, body });
  return Kept.parse(kept.body).sha256;
}
