import { nowOf } from './clock';
import { prefixedId } from './ids';
import { plan, unplan } from './schedule';
import type { World } from './world';

/** Meets every call on TikTok Shop's wire: the whole platform is down, or answers with one code. */
export const EVERY_TIKTOK_CALL = 'tiktok.*';

/** The calls that can be made to go wrong. */
export const FAULT_ROUTES = [
  'tiktok.getOrder',
  'tiktok.search',
  'tiktok.markShipped',
  'tiktok.cancel',
  'tiktok.shippingProviders',
  'tiktok.services',
  'tiktok.createPackages',
  'tiktok.getPackage',
  'tiktok.document',
  'tiktok.correctTracking',
  'tiktok.trackingValidation',
  'tiktok.cancellations',
  'tiktok.answerCancel',
  'tiktok.returns',
  'tiktok.packagesSearch',
  'tiktok.slots',
  'tiktok.split',
  'tiktok.warehouses',
  'tiktok.shops',
  'tiktok.products',
  'tiktok.webhooks',
  'tiktok.tokenGet',
  'tiktok.tokenRefresh',
  EVERY_TIKTOK_CALL,
  'easypost.createShipment',
  'easypost.getShipment',
  'easypost.buy',
  'easypost.refund',
  'easypost.createForm',
  'easypost.getForm',
  'easypost.listForms',
  'easypost.address',
  'easypost.pickup',
  'easypost.trackers',
  'easypost.labelFile',
  'shipsaving.rates',
  'shipsaving.buy',
  'shipsaving.get',
  'shipsaving.void',
  'shipsaving.createForm',
  'shipsaving.verifyAddress',
  'shipsaving.balance',
  'shipsaving.accounts',
  'ups.token',
  'ups.rates',
  'ups.ship',
  'ups.void',
  'ups.recovery',
  'ups.track',
  'ups.pickup',
  'usps.token',
  'usps.rates',
  'usps.label',
  'usps.cancelLabel',
  'usps.createForm',
  'usps.tracking',
  'usps.pickup',
  'appeals.file',
  'appeals.find',
  'appeals.read',
] as const;

/** The ways in which a call goes wrong. */
export const FAULT_KINDS = [
  'hang',
  'commitThenCut',
  'commitThenHang',
  'commitThen502',
  'html502',
  'rateLimited',
  'serverError',
  'slow',
  'refuse',
  'insufficientFunds',
  'internalCode',
  'code',
  'staleRead',
  'notFound',
  'notFoundCode',
  'numberLater',
  'refundRejected',
  'noRates',
  'ratesUnavailable',
  'cancelPending',
  'warning',
  'formPending',
] as const;

export type FaultRoute = (typeof FAULT_ROUTES)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What is asked for: a fault without `times` and `until` stays until it is taken away. */
export type FaultWish = {
  readonly route: FaultRoute;
  readonly kind: FaultKind;
  readonly times?: number | undefined;
  /** Epoch milliseconds on the shop's clock. */
  readonly until?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly delayMs?: number | undefined;
  /** Of kind `code`: what TikTok's envelope says. */
  readonly code?: number | undefined;
};

/** A fault in force or past. */
export type Fault = FaultWish & { readonly id: string; readonly struck: number; readonly isOver: boolean };

/** Lays a fault on a shop's route. */
export function addFault(world: World, shopId: string, wish: FaultWish): Fault {
  const fault: Fault = { ...wish, id: prefixedId('fault'), struck: 0, isOver: false };
  world.state.faults.put(shopId, fault.id, fault);
  if (wish.until !== undefined) {
    plan(world, shopId, { id: fault.id, at: wish.until, what: { kind: 'faultEnds', faultId: fault.id } });
  }
  return fault;
}

/** The fault that meets this call, oldest first, counted as having struck. */
export function strike(world: World, shopId: string, route: FaultRoute): Fault | undefined {
  const fault = faultInForce(world, shopId, route);
  if (fault === undefined) return undefined;
  const struck = fault.struck + 1;
  world.state.faults.put(shopId, fault.id, { ...fault, struck, isOver: struck >= (fault.times ?? Infinity) });
  return fault;
}

/** The fault that would meet a call, oldest first. */
export function faultInForce(world: World, shopId: string, route: FaultRoute): Fault | undefined {
  const now = nowOf(world, shopId);
  const isMet = (fault: Fault): boolean =>
    fault.route === route || (fault.route === EVERY_TIKTOK_CALL && route.startsWith('tiktok.'));
  return world.state.faults
    .of(shopId)
    .find((one) => isMet(one) && !one.isOver && (one.until === undefined || now < one.until));
}

/** Ends a fault whose instant has come; it stays in the list with its count. */
export function endFault(world: World, shopId: string, faultId: string): void {
  const fault = world.state.faults.get(shopId, faultId);
  if (fault !== undefined) world.state.faults.put(shopId, faultId, { ...fault, isOver: true });
}

/** Takes one fault away, or all of the shop; answers how many there were. */
export function removeFaults(world: World, shopId: string, faultId?: string): number {
  const faults = world.state.faults.of(shopId).filter(({ id }) => faultId === undefined || id === faultId);
  for (const { id } of faults) {
    unplan(world, shopId, id);
    world.state.faults.remove(shopId, id);
  }
  return faults.length;
}
