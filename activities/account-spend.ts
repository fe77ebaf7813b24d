import { z } from 'zod';
import { accountKeys, type AccountId } from '../contracts/account-pause';
import type { Ports } from './ports';
import type { Purchase } from './purchase-documents';

const DAY_MS = 24 * 3_600_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Spent = Purchase & { account: string; at: number; priceCents: number };

/** What was told of a purchase first. */
const First = z.object({ at: z.number(), priceCents: z.int() });

/**
 * Notes what a label cost, once however often it is told: when and how much is what was told first. Both stand in the key of its day,
 * so that a sum reads no document.
 */
export async function noteSpend({ documents }: Pick<Ports, 'documents'>, spent: Spent): Promise<void> {
  const { orderId, package: parcel, attempt } = spent;
  const purchase = `${orderId}-${parcel}-${attempt}`;
  const firstKey = `${accountKeys.spent(spent)}/${purchase}`;
  const told = { at: spent.at, priceCents: spent.priceCents };
  const isFirst = await documents.putIfAbsent(firstKey, JSON.stringify(told));
  const text = isFirst ? undefined : await documents.get(firstKey);
  const { at, priceCents } = text === undefined ? told : First.parse(JSON.parse(text));
  // Told again it writes the same key: whoever told it first may have died before.
  await documents.putIfAbsent(`${accountKeys.spend(spent, dayOf(at))}/${purchase}.${at}.${priceCents}`, '{}');
}

/** What was spent through an account in the 24 h before an instant, in integer cents. */
export async function spentBefore({ documents }: Pick<Ports, 'documents'>, id: AccountId, at: number): Promise<number> {
  const days = [dayOf(at - DAY_MS), dayOf(at)];
  const keys = (await Promise.all(days.map((day) => documents.list(accountKeys.spend(id, day))))).flat();
  return keys
    .map((key) => key.split('.').slice(-2).map(Number))
    .reduce((sum, [boughtAt = 0, cents = 0]) => (boughtAt > at - DAY_MS ? sum + cents : sum), 0);
}
