import { createHash } from 'node:crypto';
import type { Answer } from '../answer';
import { standingOf } from '../carrier-accounts';
import { carrierKeysOf, findShop } from '../shops';
import type { World } from '../world';
import type { ShipSavingCall } from './gate';
import { SAVING_CARRIERS, type SavingCarrier } from './services';
import { answer } from './wire';

type CarrierAccount = { readonly name: string; readonly token: string; readonly carrier: SavingCarrier };

/** What an account holds that nobody has put a limit to. */
const USUAL_BALANCE_CENTS = 500_000;

/** The store under which a shop's orders are kept. */
export function storeNameOf(world: World, shopId: string): string | undefined {
  const shop = findShop(world, shopId);
  return shop === undefined ? undefined : carrierKeysOf(world, shop).shipsaving.storeName;
}

/**
 * Whether an order must be taken in before its rates are asked for.
 *
 * The publication calls the number "pre-existing" and no more: both readings can be played.
 */
export function wantsOrders(world: World, shopId: string): boolean {
  return world.state.savingAccounts.get(shopId, shopId)?.ordersMustExist === true;
}

/** A shop's carrier accounts: one of each carrier, the same for ever. */
export function carrierAccountsOf(shopId: string): CarrierAccount[] {
  return SAVING_CARRIERS.map((carrier) => ({
    name: `${carrier}-A`,
    token: `ca_${createHash('sha256').update(`${shopId}${carrier}`).digest('hex').slice(0, 32)}`,
    carrier,
  }));
}

/** Lists the carrier accounts. */
export function listAccounts(_world: World, { shopId }: ShipSavingCall): Answer {
  return answer(carrierAccountsOf(shopId));
}

/** Tells the balance, as a decimal string; the only money on this wire that is one. */
export function readBalance(world: World, { shopId }: ShipSavingCall): Answer {
  const { balanceCents } = standingOf(world, shopId, 'shipsaving');
  return answer({ balance: ((balanceCents ?? USUAL_BALANCE_CENTS) / 100).toFixed(2), currency: 'usd' });
}
