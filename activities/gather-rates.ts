import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { throughAccount } from './account-pause';
import { inTime } from './in-time';
import type { CarrierAccount, LabelProvider, Ports, Rate, Shipment, ShipmentRequest } from './ports';

/** One label that can be bought: of which account, and under which shipment there. */
export type Offer = Rate & { account: string; shipmentId: string };

/** Who gave no rate, and why: a code of the provider's, no text. */
export type Unrated = { account: string; carrier?: string; code: string };

/** `passing`: what kept an account from answering and passes, so that asking again may bring more. */
export type Gathered = { offers: Offer[]; unrated: Unrated[]; passing?: AdapterError };

/** Longer than any of them takes when it is well; one that is slower does not hold up the others. */
const ANSWER_WITHIN_MS = 8_000;

type Seller = { account: CarrierAccount; labels: LabelProvider };
type Heard = { name: string } & ({ shipment: Shipment; error?: never } | { shipment?: never; error: AdapterError });

/**
 * Asks all enabled accounts at once, so that it takes no longer than the slowest of them. One that fails, or says nothing within
 * 8 s, is left out and named: its rates are one choice fewer, not an order that waits.
 * @throws AdapterError where nothing is offered and an account that failed may offer something later: what helps most with it.
 */
export async function gatherRates(
  ports: Ports,
  { shop, orderId, at }: { shop: Shop; orderId: string; at?: number },
  request: ShipmentRequest,
): Promise<Gathered> {
  const sellers = ports
    .carriersOf(shop)
    .flatMap((account) => (account.labels ? [{ account, labels: account.labels }] : []));
  const heard = await Promise.all(
    sellers.map(({ account, labels }: Seller) =>
      heardFrom(account.name, () =>
        throughAccount(ports, { shop, account, orderId, isFree: true, ...(at === undefined ? {} : { at }) }, () =>
          labels.createShipment(request),
        ),
      ),
    ),
  );
  const offers = heard.flatMap(offersOf);
  const worst = offers.length === 0 ? whatHelpsMost(heard) : undefined;
  if (worst !== undefined) throw worst;
  const passing = heard.find(({ error }) => error !== undefined && PASSING.includes(error.outcome))?.error;
  return { offers, unrated: heard.flatMap(unratedOf), ...(passing === undefined ? {} : { passing }) };
}

async function heardFrom(name: string, asking: () => Promise<Shipment>): Promise<Heard> {
  try {
    return { name, shipment: await withinTime(name, asking()) };
  } catch (error) {
    if (error instanceof AdapterError) return { name, error };
    throw error;
  }
}

/** What comes after its time is nobody's: a shipment that was asked for is free until it is bought. */
async function withinTime(name: string, asking: Promise<Shipment>): Promise<Shipment> {
  const shipment = await inTime(asking, ANSWER_WITHIN_MS);
  if (shipment === undefined) throw new AdapterError('retryLater', { provider: name, call: 'rates', code: 'timeout' });
  return shipment;
}

const offersOf = ({ name, shipment }: Heard): Offer[] =>
  shipment === undefined ? [] : shipment.rates.map((rate) => ({ ...rate, account: name, shipmentId: shipment.id }));

function unratedOf({ name, shipment, error }: Heard): Unrated[] {
  if (error !== undefined) return [{ account: name, code: error.code }];
  return (shipment.unrated ?? []).map(({ carrier, code }) => ({ account: name, carrier, code }));
}

/**
 * By what gets the order its label soonest: what passes by itself, then what a person puts right once for all orders, then what is
 * wrong with this one.
 */
const HELPFULNESS: readonly AdapterOutcome[] = [
  'retryLater',
  'outcomeUnknown',
  'heldBack',
  'unfunded',
  'auth',
  'stale',
  'reRate',
  'bug',
  'refused',
];

/** What passes by itself. */
const PASSING: readonly AdapterOutcome[] = ['retryLater', 'outcomeUnknown'];

/** From here on nothing will change by asking again. */
const FINAL: readonly AdapterOutcome[] = ['bug', 'refused'];

/** An account that answered without a rate has said its word: then only what may change is worth a retry. */
function whatHelpsMost(heard: readonly Heard[]): AdapterError | undefined {
  const errors = heard.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const [best] = errors.sort((a, b) => HELPFULNESS.indexOf(a.outcome) - HELPFULNESS.indexOf(b.outcome));
  if (best === undefined) return undefined;
  if (errors.length < heard.length && FINAL.includes(best.outcome)) return undefined;
  return soonest(best, errors);
}

/** Who is to be left alone longest does not hold up those who answer sooner. */
function soonest(best: AdapterError, errors: readonly AdapterError[]): AdapterError {
  // Nothing was spent by asking for rates: whether that came through is all the same.
  const outcome = best.outcome === 'outcomeUnknown' ? 'retryLater' : best.outcome;
  const isSame = (error: AdapterError): boolean => error.outcome === best.outcome;
  const waits = errors.filter(isSame).map(({ retryAfterMs }) => retryAfterMs ?? 0);
  const retryAfterMs = Math.min(...waits);
  if (outcome === best.outcome && retryAfterMs === (best.retryAfterMs ?? 0)) return best;
  const { code } = best;
  const from = { provider: 'carriers', call: 'rates', code };
  return new AdapterError(outcome, retryAfterMs > 0 ? { ...from, retryAfterMs } : from);
}
