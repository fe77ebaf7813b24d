import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AdapterError } from '../contracts/adapter-error';
import type { Ports } from './ports';
import { purchaseKey, type Purchase } from './purchase-documents';

const Lease = z.object({ by: z.string(), at: z.number() });

/** Longer than any attempt runs: an attempt has 75 s, and its call 30 s of them. */
const HELD_MS = 90_000;
/** A caller that was held up longer than this makes no call: it would still be under way when another may take its place. */
const CALLED_WITHIN_MS = 40_000;

/**
 * Makes a call that nobody else makes meanwhile: where two calls for one purchase are charged twice, an attempt that Temporal has given
 * up and that goes on all the same would buy a second label. The lease goes by the wall clock of those who call, not by the order's
 * time. `assertInTime` is asked right before what spends money.
 * @throws AdapterError `retryLater` where another caller is at it, or this one was held up too long; nothing was sent.
 */
export async function alone<T>(
  ports: Ports,
  purchase: Purchase,
  call: (assertInTime: () => void) => Promise<T>,
): Promise<T> {
  const key = `${purchaseKey(purchase)}-calling`;
  const at = Date.now();
  const mine = JSON.stringify({ by: randomUUID(), at });
  await take(ports, key, mine);
  try {
    return await call(() => {
      if (Date.now() - at > CALLED_WITHIN_MS) throw turnedAway('held up', 0);
    });
  } finally {
    // Only a process that dies leaves it behind.
    if ((await ports.documents.get(key)) === mine) await ports.documents.remove(key);
  }
}

async function take({ documents }: Ports, key: string, mine: string): Promise<void> {
  if (await documents.putIfAbsent(key, mine)) return;
  const text = await documents.get(key);
  const held = text === undefined ? undefined : Lease.parse(JSON.parse(text));
  const leftMs = held === undefined ? 0 : held.at + HELD_MS - Date.now();
  if (leftMs > 0) throw turnedAway('another attempt is at it', leftMs);
  await documents.remove(key);
  // Of two who find it old one takes it.
  if (!(await documents.putIfAbsent(key, mine))) throw turnedAway('another attempt is at it', HELD_MS);
}

const turnedAway = (code: string, retryAfterMs: number): AdapterError =>
  new AdapterError('retryLater', { provider: 'purchase', call: 'buy', code, retryAfterMs });
