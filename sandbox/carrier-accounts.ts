import type { World } from './world';

/** The carriers that a shop has an account at. */
export const CARRIER_PROVIDERS = ['easypost', 'shipsaving', 'ups', 'usps'] as const;

export type CarrierProvider = (typeof CARRIER_PROVIDERS)[number];

/** How a shop stands with a carrier. */
export type CarrierStanding = {
  /** What is left to buy with; `null` where all is paid on account. */
  readonly balanceCents: number | null;
  /** Whether its credentials are refused. */
  readonly isDead: boolean;
};

const IN_GOOD_STANDING: CarrierStanding = { balanceCents: null, isDead: false };

/** How a shop stands with a carrier; well, unless a test has said otherwise. */
export function standingOf(world: World, shopId: string, provider: CarrierProvider): CarrierStanding {
  return world.state.carrierAccounts.get(shopId, provider) ?? IN_GOOD_STANDING;
}

/** Changes how a shop stands with a carrier. */
export function changeStanding(
  world: World,
  shopId: string,
  { provider, ...wish }: Partial<CarrierStanding> & { readonly provider: CarrierProvider },
): CarrierStanding {
  const standing = { ...standingOf(world, shopId, provider), ...wish };
  world.state.carrierAccounts.put(shopId, provider, standing);
  return standing;
}

/** One movement of money on an account. */
export type Payment = { readonly provider: CarrierProvider; readonly priceCents: number };

/** Takes a price from an account; `false`, with nothing taken, where too little is left. */
export function pay(world: World, shopId: string, { provider, priceCents }: Payment): boolean {
  const { balanceCents } = standingOf(world, shopId, provider);
  if (balanceCents === null) return true;
  if (balanceCents < priceCents) return false;
  changeStanding(world, shopId, { provider, balanceCents: balanceCents - priceCents });
  return true;
}

/** Gives a price back to an account. */
export function payBack(world: World, shopId: string, { provider, priceCents }: Payment): void {
  const { balanceCents } = standingOf(world, shopId, provider);
  if (balanceCents !== null) changeStanding(world, shopId, { provider, balanceCents: balanceCents + priceCents });
}
