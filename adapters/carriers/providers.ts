import type { CarrierAccount } from '../../activities/carrier-ports';
import { accountNamed, type CarrierKind } from '../../contracts/carrier-account';
import type { Shop } from '../../contracts/shop';
import { openEasyPost } from './easypost/open';
import type { CarrierWire, OpenAccount } from './provider';
import { openShipSaving } from './shipsaving/open';
import { openUps } from './ups/open';
import { openUsps } from './usps/open';

/** All providers: a further one is its folder, its account in `contracts/carrier-account.ts`, and a line here. */
const OPENERS: { [Kind in CarrierKind]: OpenAccount<Kind> } = {
  easypost: openEasyPost,
  shipsaving: openShipSaving,
  ups: openUps,
  usps: openUsps,
};

/** The accounts of a shop, in its owner's order; only the enabled ones where not all are asked for. */
export const carriersOf =
  (wireOf: (shop: Shop) => CarrierWire) =>
  (shop: Shop, which?: 'all'): CarrierAccount[] =>
    Object.entries(shop.carriers)
      .filter(([, { enabled }]) => enabled || which === 'all')
      .map(([name]) => opened(wireOf(shop), shop, name));

/** One account by its name, enabled or not. */
export const carrierOf =
  (wireOf: (shop: Shop) => CarrierWire) =>
  (shop: Shop, wanted?: string): CarrierAccount | undefined => {
    const name = accountNamed(shop.carriers, wanted);
    return name === undefined ? undefined : opened(wireOf(shop), shop, name);
  };

function opened(wire: CarrierWire, shop: Shop, name: string): CarrierAccount {
  const account = shop.carriers[name];
  if (account === undefined) throw new Error(`no such account: ${name}`);
  const open = OPENERS[account.kind] as OpenAccount<CarrierKind>;
  return open({ wire, shop, name, account: account });
}
