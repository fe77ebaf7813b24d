import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { AccountName } from '../../contracts/carrier-account';
import { pickupFolder, type PickupKey } from '../../contracts/carrier-pickup';
import type { Shop } from '../../contracts/shop';
import { atTimeOfDay, dayOfDate, startOfDay } from '../../domain/time/days';
import { details } from '../../words/api';
import { pickupRefusals } from '../../words/pickup';
import { bookPickup, cancelPickup, changePickup, type PickupInput } from '../../workflows/messages-pickup';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { atDoor, readBody, readQuery, shopOfPath } from '../door';
import { Problem } from '../problem';
import { askPickup, listedPickup, orderOfPickup } from './pickups-call';
import { assertNearDay, assertOnDay, assertOpenDay } from './pickups-day';

const ANSWER_WITHIN_MS = 5_000;

const instant = z.iso.datetime({ offset: true }).transform((at) => Date.parse(at));

const Wish = z.strictObject({
  account: AccountName.optional(),
  from: instant.optional(),
  until: instant.optional(),
  parcels: z.int().min(1).max(9_999).optional(),
});
type Wish = z.infer<typeof Wish>;
const Booking = Wish.extend({ date: z.iso.date() });
const Which = z.strictObject({ account: AccountName.optional() });

/** `GET /v1/shops/:shopId/pickups`: what was confirmed, the latest day first. */
export function listPickups(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId, carriers, shipFrom } = await shopOfPath(deps, req);
    const places = Object.keys(carriers).map((account) => ({ shopId, account, shipFrom: shipFrom.id }));
    const listed = await Promise.all(places.map((place) => listedIn(deps, place)));
    const data = listed.flat().sort((one, other) => (one.date < other.date ? 1 : -1));
    res.json({ data });
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

async function listedIn(
  { documents }: ApiDeps,
  place: Omit<PickupKey, 'date'>,
): Promise<ReturnType<typeof listedPickup>[]> {
  const folder = pickupFolder(place);
  const dates = (await documents.list(folder))
    .map((key) => key.slice(folder.length + 1))
    .filter((name) => DATE.test(name));
  const texts = await Promise.all(dates.map((date) => documents.get(`${folder}/${date}`)));
  return dates.flatMap((date, n) => {
    const text = texts[n];
    return text === undefined ? [] : [listedPickup({ ...place, date }, text)];
  });
}

/** `GET /v1/shops/:shopId/pickups/:date`: what is booked for a day; status `none` where nothing is. */
export function readPickup(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const key = keyOf(shop, dateOfPath(req), readQuery(req, Which).account);
    res.json(await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => askPickup(deps, key)));
  };
}

/**
 * `POST /v1/shops/:shopId/pickups` calls the carrier, `POST …/pickups/:date` changes what is booked, `DELETE …/pickups/:date` and
 * `POST …/pickups/:date/cancel` cancel it. The answer is the verdict; what the carrier says is read afterwards.
 */
export function commandPickup(deps: ApiDeps, verb: keyof typeof VERBS): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const { date, account, wish, update } = VERBS[verb](req);
    const key = keyOf(shop, date, account);
    await assertNearDay(deps, shop, date);
    if (verb !== 'cancel') assertOpenDay(shop, date);
    const caller = callerOf(req);
    const bodyHash = bodyHashOf(req);
    const input = { ...(wish === undefined ? {} : windowOf(shop, date, wish)), ...caller, bodyHash };
    const updateId = requestIdOf(caller, shop.id, `pickups/${key.account}/${date}/${verb}`);
    const about: PickupInput = { ...key, endsAt: startOfDay(dayOfDate(date) + 1, shop.shipFrom.zone) };
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, () =>
      orderOfPickup(deps, { about, updateId, update, input }),
    );
    if (verdict.bodyHash !== bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    const { accepted, at, status } = verdict;
    res.status(202).json({ accepted, at: new Date(at).toISOString(), account: key.account, date, status });
  };
}

type Ordered = { date: string; account?: string | undefined; wish?: Wish; update: { name: string } };

const VERBS = {
  book: (req: Request): Ordered => {
    const { date, ...wish } = readBody(req, Booking);
    return { date, account: wish.account, wish, update: bookPickup };
  },
  change: (req: Request): Ordered => {
    const wish = readBody(req, Wish);
    return { date: dateOfPath(req), account: wish.account, wish, update: changePickup };
  },
  cancel: (req: Request): Ordered => {
    const account = readBody(req, Which).account ?? readQuery(req, Which).account;
    return { date: dateOfPath(req), account, update: cancelPickup };
  },
} as const;

const dateOfPath = (req: Request): string => atDoor(() => z.iso.date().parse(req.params['date']));

/** The account that is meant; where only one is in use, it need not be named. */
function keyOf({ id: shopId, carriers, shipFrom }: Shop, date: string, wanted: string | undefined): PickupKey {
  const accounts = Object.keys(carriers).filter((name) => carriers[name]?.enabled === true);
  const [only] = accounts;
  if (wanted === undefined && (accounts.length !== 1 || only === undefined))
    throw new Problem('refused', pickupRefusals.whichAccount(accounts));
  const account = wanted ?? only ?? '';
  if (!Object.hasOwn(carriers, account)) throw new Problem('refused', pickupRefusals.noAccount(account, shopId));
  return { shopId, account, shipFrom: shipFrom.id, date };
}

/** Somebody is there by the ship-from's hours, where nobody says otherwise. */
function windowOf(shop: Shop, date: string, { from, until, parcels }: Wish): object {
  const { shipFrom } = shop;
  const at = (timeOfDay: string): number => atTimeOfDay(dayOfDate(date), timeOfDay, shipFrom.zone);
  const window = { from: from ?? at(shipFrom.opensAt), until: until ?? at(shipFrom.closesAt) };
  assertOnDay(shop, date, window);
  return { ...window, ...(parcels === undefined ? {} : { parcels }) };
}
