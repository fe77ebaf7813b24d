import { z } from 'zod';
import type { Answer } from '../domain/order/event';
import type { Ports } from './ports';
import { rememberedBought } from './purchase-documents';
import { rememberedQuote } from './quotes';
import { noteRecord, type ParcelRecord } from './records';
import type { About } from './shop-of';

/** Where all that is worth keeping of a finished order lies after Temporal has forgotten it. */
export const dossierKey = ({ shopId, orderId }: Pick<About, 'shopId' | 'orderId'>): string =>
  `orders/${shopId}/${orderId}/dossier`;

/** Keeps the dossier. The first one stands: an order that is played again after a reset does not rewrite what was kept. */
export async function saveDossier(ports: Ports, input: About & { dossier: unknown }): Promise<Answer> {
  await ports.documents.putIfAbsent(dossierKey(input), JSON.stringify(input.dossier));
  await noteCarriers(ports, input);
  return { kind: 'saved' };
}

/** What of a dossier tells how its carriers did. */
const Parcels = z.object({
  packages: z.array(
    z.looseObject({
      key: z.string(),
      label: z.looseObject({ attempt: z.int() }),
      tracking: z.looseObject({ meaning: z.string(), at: z.number() }),
      appeal: z.string().exactOptional(),
    }),
  ),
});
type Parcel = z.infer<typeof Parcels>['packages'][number];

const DAY_MS = 24 * 3_600_000;

/** Our own record of carriers grows by every order that ends. */
async function noteCarriers(ports: Ports, input: About & { dossier: unknown }): Promise<void> {
  const read = Parcels.safeParse(input.dossier);
  const all = await Promise.all((read.data?.packages ?? []).map((parcel) => recordOf(ports, input, parcel)));
  const parcels = all.filter((parcel) => parcel !== undefined);
  await noteRecord(ports, { shop: { id: input.shopId }, at: input.at, parcels });
}

/** Undefined where no label of ours was given to a carrier. */
async function recordOf(ports: Ports, { shopId, orderId }: About, parcel: Parcel): Promise<ParcelRecord | undefined> {
  const { key, label, tracking, appeal } = parcel;
  const purchase = { shopId, orderId, package: key, attempt: label.attempt };
  const bought = await rememberedBought(ports, purchase);
  if (bought === undefined || tracking.meaning === 'none') return undefined;
  const days = (await rememberedQuote(ports, purchase))?.chosen.deliveryDays ?? undefined;
  return {
    key: `${orderId}-${key}`,
    ...{ carrier: bought.carrier, service: bought.service, boughtAt: bought.at },
    ...(bought.account === undefined ? {} : { account: bought.account }),
    ...(days === undefined ? {} : { promisedBy: bought.at + days * DAY_MS }),
    ...(tracking.meaning === 'delivered' ? { deliveredAt: tracking.at } : {}),
    stalled: appeal === 'stalled',
    lost: tracking.meaning === 'lost',
    returned: tracking.meaning === 'returned',
  };
}
