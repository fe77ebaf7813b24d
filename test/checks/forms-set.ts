import type { AllPorts } from '../../activities';
import { joinManifest } from '../../activities/join-manifest';
import { leaveManifest } from '../../activities/leave-manifest';
import { rememberChoice, rememberOwner } from '../../activities/purchase-documents';
import type { ManifestNotice } from '../../domain/manifest/manifest';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { call } from '../../stories/call';
import { newId } from '../../stories/sample-order';
import type { LedgerLine } from '../../stories/stage';
import { manifestKeyOf, type ManifestInput } from '../../workflows/messages-manifest';
import type { Floor } from '../support/floor';
import { must } from './check';
import type { Doom, Point } from './forms-points';

/** Whose forms are made: one that lists and names nobody, one whose forms can be read nowhere. */
export const PROVIDERS = ['easypost', 'usps'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** One form that is cut off in its making: what varies with the seed. */
export type Case = { provider: Provider; point: Point; seed: number };

/** A manifest of a shop of its own: `good` belong on a form, `bad` are taken by none. Orders by their ids. */
export type FormSet = {
  one: Case;
  shopId: string;
  account: string;
  manifest: string;
  key: Omit<ManifestInput, 'closesAt' | 'asksAt' | 'shopId'>;
  closedAt: number;
  good: string[];
  bad: string[];
  control: <Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Body>;
};

/** A paid label that the sandbox has laid into a shop. */
export type Laid = { shipmentId: string; trackingNumber: string; orderId: string };

const MOST_TRIES = 20;
/** Where the sandbox's shops ship from. */
export const FROM = { street1: '388 Townsend St', city: 'San Francisco', state: 'CA', zip: '94107' };
/** A Tuesday, 10:00 at the ship-from. */
export const TUESDAY = Date.UTC(2026, 10, 24, 18);
const MINUTE_MS = 60_000;

export const nameOf = ({ provider, point, seed }: Case): string => `${provider} ${point} ${seed}`;

/** Opens a shop, lays labels into it and has them join their form; one of them leaves it again in every other shop. */
export async function openFormSet(floor: Floor, ports: AllPorts, one: Case): Promise<FormSet> {
  const { sandboxUrl, apiUrl, documentsDir } = floor;
  const shopId = newId();
  const now = TUESDAY + one.seed * MINUTE_MS;
  const where = { sandboxUrl, apiUrl, documentsDir, shopId, now, autoCancel: false };
  await openSandboxShop({ ...where, carriers: [one.provider] });
  const control: FormSet['control'] = (method, path, body) =>
    call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body);
  const wish = { provider: one.provider, count: 4 + (one.seed % 5), from: FROM };
  const laid = await control<Laid[]>('POST', '/labels', wish);
  let manifest = '';
  const place = { shopId, account: one.provider, at: now };
  for (const label of laid) {
    await ownLabel(ports, place, label);
    manifest = await joinForm(ports, place, label);
  }
  const [first, ...others] = laid.map(({ orderId }) => orderId) as [string, ...string[]];
  const hasLeaver = one.seed % 2 === 1;
  if (hasLeaver) await leaveManifest(ports, { ...whose(shopId, first), at: now, manifest });
  const there = hasLeaver ? others : [first, ...others];
  const bad = one.point === 'halfMade' ? [there[one.seed % there.length] ?? ''] : [];
  if (bad.length > 0) await refuse(control, laid, bad);
  const key = manifestKeyOf(manifest);
  if (key === undefined) throw new Error(manifest);
  const good = there.filter((orderId) => !bad.includes(orderId));
  return { one, shopId, account: key.account, manifest, key, closedAt: now, good, bad, control };
}

const whose = (shopId: string, orderId: string) => ({ shopId, orderId, package: '1', turn: 1 });

/** Where a laid label is, and when its parcel joins: epoch milliseconds. */
type Place = { shopId: string; account: string; at: number };

/** Writes down whose a laid label is, as its purchase would have. */
export async function ownLabel(ports: AllPorts, { shopId, account }: Place, laid: Laid): Promise<void> {
  const { orderId, shipmentId, trackingNumber } = laid;
  const purchase = { shopId, orderId, package: '1', attempt: 1 };
  const bought = { rateId: 'laid', carrier: 'USPS', service: 'GroundAdvantage', priceCents: 0, account };
  await rememberChoice(ports, purchase, { handle: { shipmentId, ...bought } });
  await rememberOwner(ports, trackingNumber, purchase);
}

/** Joins a form, and gives the manifest's id. Whoever could not be told of in time joins again, as orders do. */
export async function joinForm(ports: AllPorts, { shopId, at }: Place, { orderId, ...label }: Laid): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await joinManifest(ports, { ...whose(shopId, orderId), at, ...label, carrier: 'USPS' });
    if (answer.kind !== 'joined') throw new Error(`not joined: ${JSON.stringify(answer)}`);
    if (answer.untold !== true) return answer.manifest;
  }
  throw new Error(`${orderId}: its manifest could not be told`);
}

/** No form takes these, and the provider does not say which they are. */
async function refuse(control: FormSet['control'], laid: Laid[], bad: string[]): Promise<void> {
  const badParcels = laid.filter(({ orderId }) => bad.includes(orderId)).map(({ trackingNumber }) => trackingNumber);
  await control('PUT', '/form-rules', { namesMembers: false, badParcels });
}

export const doomOf = ({ account, one, good }: FormSet): Doom => ({
  ...{ account, point: one.point },
  tellings: Math.floor(good.length / 2),
});

/** What one order heard. */
export type Heard = { orderId: string; notice: ManifestNotice };

type FormLine = LedgerLine & { shipments: number };

export const formsIn = async ({ control }: Pick<FormSet, 'control'>): Promise<FormLine[]> =>
  (await control<{ data: FormLine[] }>('GET', '/ledger')).data.filter(({ kind }) => kind === 'formCreated');

/** Whether every member has heard what became of it. */
export function isTold({ good, bad }: FormSet, heard: readonly Heard[]): boolean {
  const hears = (orderId: string, what: ManifestNotice['what']): boolean =>
    heard.some((one) => one.orderId === orderId && one.notice.what === what);
  return good.every((orderId) => hears(orderId, 'formed')) && bad.every((orderId) => hears(orderId, 'leftOff'));
}

/**
 * The ledger has the forms that the members were told of and no other, each with as many shipments as members were told of it, and every
 * good member was told of one. Gives how many forms there are.
 */
export async function judge(set: FormSet, heard: readonly Heard[]): Promise<number> {
  const name = nameOf(set.one);
  const forms = await formsIn(set);
  if (set.bad.length === 0) must(`${name}: forms`, forms.length, 1);
  const told = new Map(
    heard.flatMap(({ orderId, notice }) => (notice.form === undefined ? [] : [[orderId, notice.form]])),
  );
  must(`${name}: on a form`, [...told.keys()].sort(), [...set.good].sort());
  const off = heard.flatMap(({ orderId, notice }) => (notice.what === 'leftOff' ? [orderId] : []));
  must(`${name}: left off`, [...new Set(off)], set.bad);
  const sizes = forms.map(({ ref, shipments }) => [ref, shipments]);
  const asTold = forms.map(({ ref }) => [ref, [...told.values()].filter((form) => form === ref).length]);
  must(`${name}: members of each form`, asTold, sizes);
  const orders = heard.flatMap(({ orderId, notice }) =>
    notice.form === undefined ? [] : [`${orderId} ${notice.form}`],
  );
  must(`${name}: one form each`, new Set(orders).size, set.good.length);
  return forms.length;
}
