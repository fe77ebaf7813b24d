import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { LabelHandle } from '../domain/order/state';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import { throughAccount } from './account-pause';
import { noteWaiting } from './account-pause-documents';
import type { LabelProvider, LabelPurchase, Ports, Shipment } from './ports';
import { beginPurchase, forgetBegun, isDoubted, type Purchase } from './purchase-documents';
import { alone } from './purchase-lease';
import { accountOf } from './shop-of';

/** `at`: the order's own time; `key`: under which the purchase is written down. */
type Buying = { shop: Shop; labels: LabelProvider; handle: LabelHandle; at: number; key: Purchase };

/**
 * Makes the one call that spends money. That it is begun is written down before, and forgotten where it was clearly not done.
 * @returns undefined where an earlier call was made that nobody can read back.
 */
export async function buyThrough(ports: Ports, buying: Buying, purchase: LabelPurchase): Promise<Shipment | undefined> {
  const { shop, labels, handle, at, key } = buying;
  // The platform's own packages stand on the order: reading it is all that is needed.
  if (handle.from === 'platform') return labels.buy(purchase);
  // Gone from the settings: the look at the accounts raises a task while somebody waits for it.
  if (ports.carrierOf(shop, handle.account) === undefined)
    await noteWaiting(ports, { shopId: shop.id, account: handle.account ?? FIRST_ACCOUNT }, key.orderId);
  const account = accountOf(ports, shop, handle.account);
  return throughAccount(ports, { shop, account, orderId: key.orderId, at }, async () => {
    const { reconcile, isRepeatCharged } = account.can;
    const isFirst = await beginPurchase(ports, key);
    // Without a reading and without a key it is tried once.
    if (!isFirst && reconcile === 'none') return undefined;
    // One reading that shows nothing is no proof where a second call is charged.
    if (!isFirst && isRepeatCharged === true && (await isDoubted(ports, key))) throw doubted('not there yet');
    const call = (): Promise<Shipment> =>
      isRepeatCharged === true ? aloneUnlessBought(ports, key, { labels, purchase }) : labels.buy(purchase);
    return judged(ports, key, { isFirst, call, account: account.name });
  });
}

/** Read once more by the one who alone may call: what another attempt bought just before is known by then. */
const aloneUnlessBought = (
  ports: Ports,
  key: Purchase,
  { labels, purchase }: { labels: LabelProvider; purchase: LabelPurchase },
): Promise<Shipment> =>
  alone(ports, key, async (assertInTime) => {
    const known = await labels.readShipment(purchase.shipmentId);
    if (known?.isPaid === true) return known;
    assertInTime();
    return labels.buy(purchase);
  });

/** A no to a second call may mean that the first was a success which no reading shows yet. */
const NOS: readonly AdapterOutcome[] = ['refused', 'reRate'];

async function judged(
  ports: Ports,
  key: Purchase,
  { isFirst, call, account }: { isFirst: boolean; call: () => Promise<Shipment>; account: string },
): Promise<Shipment> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AdapterError) || error.outcome === 'outcomeUnknown') throw error;
    if (isFirst) await forgetBegun(ports, key);
    else if (NOS.includes(error.outcome) && (await isDoubted(ports, key))) throw doubted(error.code);
    throw error.outcome === 'refused' ? refusedBy(account, error) : error;
  }
}

/** People read which account said no. */
const refusedBy = (account: string, { message }: AdapterError): AdapterError =>
  new AdapterError('refused', { provider: `account ${account}`, call: 'refused the label', code: message });

const doubted = (code: string): AdapterError =>
  new AdapterError('outcomeUnknown', { provider: 'label provider', call: 'buy', code });
