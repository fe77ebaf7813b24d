import { quoteKey } from '../contracts/label-documents';
import { Quote, type Offered } from '../contracts/quote';
import type { Offer, Unrated } from './gather-rates';
import type { Ports } from './ports';
import type { Purchase } from './purchase-documents';

export type { Quote };

export type Quoting = {
  at: number;
  reason: string;
  chosen: Offer;
  offers: Offer[];
  unrated: Unrated[];
  parcel: Quote['parcel'];
};

const offered = ({ account, carrier, service, priceCents, listCents, deliveryDays }: Offer): Offered => ({
  ...{ account, carrier, service, priceCents },
  ...(listCents === undefined ? {} : { listCents }),
  deliveryDays,
});

/** Writes down what was offered; asked again for the same attempt, the newest stands until it is bought. */
export async function rememberQuote({ documents }: Ports, purchase: Purchase, quoting: Quoting): Promise<void> {
  const { chosen, offers, ...rest } = quoting;
  const quote: Quote = { ...rest, chosen: offered(chosen), offers: offers.map(offered) };
  await documents.put(quoteKey(purchase), JSON.stringify(quote));
}

export async function rememberedQuote({ documents }: Ports, purchase: Purchase): Promise<Quote | undefined> {
  const text = await documents.get(quoteKey(purchase));
  return text === undefined ? undefined : Quote.parse(JSON.parse(text));
}
