import type { Answer } from '../domain/order/event';
import type { LabelHandle } from '../domain/order/state';
import { activityWords, dollars } from '../words/activities';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import { throughAccount } from './account-pause';
import { noteWaiting } from './account-pause-documents';
import { sorted } from './outcome';
import { referenceOf } from './label-request';
import { folderOfForm, hasScan, isOnScannedForm } from './manifest-documents';
import type { CarrierAccount, LabelProvider, Ports, Shipment } from './ports';
import {
  isPurchaseBegun,
  rememberedBought,
  rememberedChoice,
  rememberVoided,
  type Bought,
  type Purchase,
} from './purchase-documents';
import { noteRefund } from './refunds';
import { accountOf, labelsFor, shipFromName, writableShop, type About } from './shop-of';

type Input = About & Purchase & { shipmentId: string };

/** Asks the money of a label back, if there is one. A purchase whose outcome was never learned is settled here too. */
export async function voidLabel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { shop, assertWriting } = await writableShop(ports, input);
    const handle = (await rememberedChoice(ports, input))?.handle;
    const account = handle?.account;
    const through = await throughLabels(ports, input, { shop, account });
    const shipment = await through((labels) => labels.readShipment(input.shipmentId));
    if (shipment === undefined) return { kind: 'refused', reason: activityWords.shipmentUnknown(input.shipmentId) };
    const bought = await rememberedBought(ports, input);
    const voiding = { shop, account, shipment, bought };
    if (isUnbought(ports, voiding)) return notFound(ports, input, { account: accountOf(ports, shop, account), handle });
    if (shipment.isVoided) return voidedAs(ports, input, voiding);
    if (await wasScanned(ports, input, voiding))
      return { kind: 'refused', reason: activityWords.formScanned(input.shipmentId) };
    await assertWriting();
    return voidedAs(ports, input, {
      ...voiding,
      shipment: await through((labels) => labels.refund(input.shipmentId, bought?.trackingNumber)),
    });
  });
}

type Through = <T>(effect: (labels: LabelProvider) => Promise<T>) => Promise<T>;

/** Dead credentials are one task here too, and an account without money still gives back what was bought. */
async function throughLabels(
  ports: Ports,
  input: Input,
  of: { shop: Shop; account: string | undefined },
): Promise<Through> {
  const { shopId, orderId, at } = input;
  const { shop } = of;
  // Gone from the settings: the look at the accounts raises a task while somebody waits for it.
  if (ports.carrierOf(shop, of.account) === undefined)
    await noteWaiting(ports, { shopId, account: of.account ?? FIRST_ACCOUNT }, orderId);
  const account = accountOf(ports, shop, of.account);
  const labels = labelsFor(ports, shop, of.account === undefined ? {} : { account: of.account });
  return (effect) => throughAccount(ports, { shop, account, orderId, at, needsNoMoney: true }, () => effect(labels));
}

type Voiding = { shop: Shop; account: string | undefined; shipment: Shipment; bought: Bought | undefined };

/** One that cannot be read back is asked for by its key: where nothing was bought nothing is given back. */
function isUnbought(ports: Ports, { shop, account, shipment, bought }: Voiding): boolean {
  if (shipment.isPaid || shipment.isVoided || bought !== undefined) return false;
  return ports.carrierOf(shop, account)?.can.reconcile !== 'repeat';
}

type Sought = { account: CarrierAccount; handle: LabelHandle | undefined };

/** Where nothing can be read, nothing found proves nothing once a purchase was begun. */
async function notFound(ports: Ports, input: Input, { account, handle }: Sought): Promise<Answer> {
  const isUnreadable = account.can.reconcile === 'none' && (await isPurchaseBegun(ports, input));
  if (!isUnreadable) return { kind: 'nothingToVoid' };
  const price = dollars(handle?.priceCents ?? 0);
  return { kind: 'refused', reason: activityWords.unclear(account.name, referenceOf(input), price) };
}

async function voidedAs(ports: Ports, input: Input, { account, shipment, bought }: Voiding): Promise<Answer> {
  if (!shipment.isVoided && !shipment.isPaid && bought === undefined) return { kind: 'nothingToVoid' };
  if (!shipment.isVoided) return { kind: 'refused', reason: activityWords.refundRejected(input.shipmentId) };
  const { shipmentId, at } = input;
  const trackingNumber = bought?.trackingNumber ?? shipment.label?.trackingNumber;
  await rememberVoided(ports, input, at);
  await noteRefund(ports, input, { at, shipmentId, word: shipment.refund, trackingNumber, account });
  return { kind: 'voided' };
}

/**
 * Whether a person showed that the form of a parcel was scanned: then the carrier has it. The order knows that too, unless it
 * began anew without the messages that it had.
 */
async function wasScanned(ports: Ports, { orderId, package: parcel }: Input, voiding: Voiding): Promise<boolean> {
  const { shop, account: name, shipment, bought } = voiding;
  const forms = ports.carrierOf(shop, name)?.forms;
  if (forms === undefined) return false;
  const { account } = forms;
  const folder = shipment.formId === undefined ? undefined : await folderOfForm(ports, account, shipment.formId);
  if (folder !== undefined) return hasScan(ports, folder, shipment.formId);
  // Not every provider says which form a label is on: then our own lists do.
  if (bought === undefined) return false;
  const { trackingNumber } = bought;
  const where = { account, shipFrom: shipFromName(shop) };
  return isOnScannedForm(ports, where, { parcel: { orderId, package: parcel }, trackingNumber });
}
