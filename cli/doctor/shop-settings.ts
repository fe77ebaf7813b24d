import type { CarrierAccount } from '../../activities/carrier-ports';
import { PLAIN_CARRIER_WIRE } from '../../adapters/carriers/provider';
import { carriersOf } from '../../adapters/carriers/providers';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { policyFor } from '../../policies/us';
import { shopFindings as says } from '../../words/doctor';
import { fail, ok, warn, type Verdict } from './finding';

type ShipFrom = Shop['shipFrom'];

/** Where parcels leave from: a zone that exists, hours in order, closures that lie ahead. */
export function lookAtShipFrom({ shipFrom }: Pick<Shop, 'shipFrom'>, now = Date.now()): Verdict[] {
  const { zone, opensAt, closesAt } = shipFrom;
  if (!isZone(zone)) return [fail(says.zoneUnknown(zone), says.zoneToDo)];
  if (opensAt >= closesAt) return [fail(says.hoursWrong(opensAt, closesAt), says.hoursToDo)];
  const doubts = [closuresDoubt(shipFrom, now), pickupDoubt(shipFrom)].filter((doubt) => doubt !== undefined);
  return doubts.length > 0 ? doubts : [ok(says.shipFrom(shipFrom))];
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Closures are written down once a year, and then forgotten. */
function closuresDoubt({ closures, zone }: ShipFrom, now: number): Verdict | undefined {
  const last = [...closures].sort().at(-1);
  // Swedish writes a date as YYYY-MM-DD.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
  return last === undefined || last >= today ? undefined : warn(says.closuresPast(last), says.closuresToDo);
}

function pickupDoubt({ pickupDays, workdays }: ShipFrom): Verdict | undefined {
  const isMet = pickupDays === undefined || pickupDays.some((day) => workdays.includes(day));
  return isMet ? undefined : warn(says.noPickup, says.pickupToDo);
}

const SEED = 'seed';

/** The rule set: that it exists, and for a live shop that it is no older than today's. */
export function lookAtRules({ policySet, kind }: Pick<Shop, 'policySet' | 'kind'>, now = Date.now()): Verdict {
  const chosen = policyFor(policySet, now);
  if (chosen === undefined) return fail(says.rulesUnknown(policySet), says.rulesToDo);
  const newest = policyFor('us', now) ?? chosen;
  if (kind === 'sandbox' || chosen.id === newest.id) return ok(says.rules(policySet, chosen.id));
  if (chosen.id === SEED) return warn(says.rulesSeed, says.rulesToDo);
  return warn(says.rulesOld(policySet, newest.id), says.rulesToDo);
}

/** EasyPost's test keys begin so; what is bought with one is no postage. Source: EasyPost docs, authentication. */
const TEST_KEY = 'EZTK';

/** Whether each carrier account takes our keys. */
export async function lookAtCarriers(shop: Shop): Promise<Verdict[]> {
  const accounts = carriersOf(() => PLAIN_CARRIER_WIRE)(shop);
  if (accounts.length === 0) return [fail(says.noCarriers, says.noCarriersToDo)];
  return Promise.all(accounts.map((account) => lookAtAccount(shop, account)));
}

async function lookAtAccount(shop: Shop, { name, can: { provider }, check }: CarrierAccount): Promise<Verdict> {
  try {
    await check?.();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return error.outcome === 'auth'
      ? fail(says.carrierRefused(name, error.code), says.carrierRefusedToDo)
      : fail(says.carrierSilent(name, error.code), says.platformSilentToDo);
  }
  const account = shop.carriers[name];
  const isTest = account?.kind === 'easypost' && account.apiKey.startsWith(TEST_KEY);
  if (shop.kind === 'live' && isTest) return warn(says.carrierTest(name), says.carrierTestToDo);
  return ok(check === undefined ? says.carrierUntried(name, provider) : says.carrier(name, provider));
}
