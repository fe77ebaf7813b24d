import { ApplicationFailure } from '@temporalio/common';
import type { Shop } from '../contracts/shop';
import type { Plan } from '../domain/order/facts';
import type { LabelHandle } from '../domain/order/state';
import { AdapterError } from '../contracts/adapter-error';
import { activityWords } from '../words/activities';
import type { CarrierAccount, LabelProvider, Platform, PlatformOrder, Ports } from './ports';

/**
 * Which order an activity is about, and the order's own time: an activity never decides by its own clock. `shipFrom`: which of the
 * shop's places it leaves from, where that is not the first.
 */
export type About = { shopId: string; orderId: string; at: number; shipFrom?: string };

/**
 * The shop that an order belongs to, with its connections, as it is at the place that is named. A shop may be configured after its
 * first order came in.
 */
export async function shopOf(
  ports: Ports,
  { shopId, shipFrom }: Pick<About, 'shopId' | 'shipFrom'>,
): Promise<{ shop: Shop; platform: Platform }> {
  const found = await ports.findShop(shopId);
  const shop = found && atPlace(found, shipFrom);
  if (shop === undefined) throw ApplicationFailure.retryable(activityWords.unknownShop(shopId), 'retryLater');
  return { shop, platform: ports.platformOf(shop) };
}

/**
 * The shop with the place that has this id, or this name in a workflow's id, in the place of its first. One that is gone from the
 * settings is waited for: a form from another address than that of its parcels would be wrong.
 */
function atPlace(shop: Shop, shipFrom: string | undefined): Shop {
  if (shipFrom === undefined) return shop;
  const places = [shop.shipFrom, ...Object.values(shop.warehouses ?? {})];
  const place = places.find((one) => one.id === shipFrom || shipFromName({ shipFrom: one }) === shipFrom);
  if (place === undefined)
    throw ApplicationFailure.retryable(activityWords.unknownPlace(shop.id, shipFrom), 'retryLater');
  return { ...shop, shipFrom: place };
}

/** The shop as it is at the warehouse that the platform gave an order to; `further`: the place's id, where it is not the first. */
export function atWarehouse(shop: Shop, warehouseId: string | undefined): { shop: Shop; further?: string } {
  const place = warehouseId === undefined ? undefined : shop.warehouses?.[warehouseId];
  return place === undefined ? { shop } : { shop: { ...shop, shipFrom: place }, further: place.id };
}

/**
 * The same, for a step that writes. `assertWriting` is asked right before the write: it reads the shop's switches as they are
 * then, so that a switch that is thrown holds for what is under way too.
 */
export async function writableShop(
  ports: Ports,
  about: Pick<About, 'shopId' | 'shipFrom'>,
): Promise<{ shop: Shop; platform: Platform; assertWriting: () => Promise<void> }> {
  return { ...(await shopOf(ports, about)), assertWriting: () => assertWriting(ports, about) };
}

/**
 * @throws AdapterError `heldBack` where the shop's writes are switched off, `auth` where it is not connected: both are tried again
 * until they go through. `stale` where the shop is only watched: the order reads that for itself.
 */
export async function assertWriting(
  { standingOf }: Pick<Ports, 'standingOf'>,
  { shopId }: Pick<About, 'shopId'>,
): Promise<void> {
  const { connection, writes, mode } = await standingOf(shopId);
  const no = (outcome: 'auth' | 'heldBack' | 'stale', code: string): AdapterError =>
    new AdapterError(outcome, { provider: `shop ${shopId}`, call: 'write', code });
  if (connection !== 'connected') throw no('auth', connection);
  if (writes === 'off') throw no('heldBack', activityWords.writesOff);
  if (mode === 'watch') throw no('stale', activityWords.watched);
}

/** The order as the platform has it now: read before every write. */
export async function readOrder(platform: Platform, { orderId }: Pick<About, 'orderId'>): Promise<PlatformOrder> {
  const order = await platform.readOrder(orderId);
  if (order === undefined) throw ApplicationFailure.retryable(activityWords.unknownOrder(orderId), 'retryLater');
  return order;
}

/** Where a label is of: the platform, or one of the seller's own accounts; absent: the first, which had no name. */
export type LabelSource = Pick<LabelHandle, 'from' | 'account'>;

/** Through whom a label is bought, read and given back. */
export const labelsFor = (ports: Ports, shop: Shop, source: LabelSource): LabelProvider =>
  source.from === 'platform' ? ports.platformLabelsOf(shop) : labelsThrough(accountOf(ports, shop, source.account));

/** @throws AdapterError `retryLater` where the shop has no such account any more: it may be configured again. */
export function accountOf(ports: Ports, shop: Shop, name?: string): CarrierAccount {
  const account = ports.carrierOf(shop, name);
  if (account !== undefined) return account;
  throw new AdapterError('retryLater', { provider: name ?? 'carrier', call: 'account', code: activityWords.noAccount });
}

function labelsThrough({ name, labels }: CarrierAccount): LabelProvider {
  if (labels !== undefined) return labels;
  throw new AdapterError('bug', { provider: name, call: 'labels', code: activityWords.noLabels });
}

/** The account in a manifest's key is the account's name and the shop's id. */
export const accountNameOf = ({ id }: Pick<Shop, 'id'>, account: string): string => account.slice(0, -`-${id}`.length);

/** What the shop's own settings add to a plan. */
export const asConfigured = ({ uploadTracking }: Shop, plan: Plan): Plan =>
  uploadTracking === 'bought' ? { ...plan, uploadOn: 'bought' } : plan;

/** Part of a workflow's id and of a path. */
export const shipFromName = ({ shipFrom }: Pick<Shop, 'shipFrom'>): string =>
  shipFrom.id.replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^[^A-Za-z0-9]/, '0');
