import type { RequestHandler } from 'express';
import { z } from 'zod';
import { caseMemberKey, claimKey, type CaseKind } from '../../workflows/messages-appeal';
import { caseKeyOfPath, parcelsOf, type AppealRef } from '../appeals';
import type { ApiDeps } from '../deps';
import { readQuery, shopOfPath } from '../door';
import { linksOf } from '../links';

const Query = z.strictObject({
  from: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(0)).default(0),
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(1_000)).default(100),
});

/** What a parcel's documents say; epoch milliseconds. */
const Opened = z.looseObject({ opening: z.looseObject({ trackingNumber: z.string(), carrier: z.string() }) });
const Broken = z.looseObject({ at: z.number(), deadline: z.string() });
const At = z.looseObject({ at: z.number() });
const Claim = z.looseObject({ members: z.array(z.looseObject({ orderId: z.string(), package: z.string() })) });

const READ_AT_ONCE = 50;

/**
 * `GET /v1/appeals/:shopId/:caseKey/orders`: the parcels of a case, by name, with what is known of each. `isClaimed` is null until
 * it is settled what is claimed. `limit` at a time, from the `from`th on.
 */
export function listCaseOrders(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, caseKey: caseKeyOfPath(req) };
    const { from, limit } = readQuery(req, Query);
    const [parcels, claimed] = await Promise.all([parcelsOf(deps, ref), claimedIn(deps, ref)]);
    const page = parcels.slice(from, from + limit);
    const data: object[] = [];
    for (let at = 0; at < page.length; at += READ_AT_ONCE) {
      const some = page.slice(at, at + READ_AT_ONCE);
      data.push(...(await Promise.all(some.map((parcel) => shownParcel(deps, { ref, parcel, claimed })))));
    }
    res.json({ data, count: parcels.length, asOf: new Date().toISOString() });
  };
}

type Parcel = Awaited<ReturnType<typeof parcelsOf>>[number];
type Claimed = ReadonlySet<string> | undefined;

const nameOf = ({ orderId, package: parcel }: { orderId: string; package: string }): string => `${orderId}-${parcel}`;

/** Undefined until it is settled. */
async function claimedIn({ documents }: ApiDeps, ref: AppealRef): Promise<Claimed> {
  const text = await documents.get(claimKey(ref));
  return text === undefined ? undefined : new Set(Claim.parse(JSON.parse(text)).members.map(nameOf));
}

type Showing = { ref: AppealRef; parcel: Parcel; claimed: Claimed };

async function shownParcel(deps: ApiDeps, { ref, parcel, claimed }: Showing): Promise<object> {
  const read = async <T>(kind: CaseKind, schema: z.ZodType<T>): Promise<T | undefined> => {
    if (!parcel.kinds.includes(kind)) return undefined;
    const text = await deps.documents.get(caseMemberKey(ref, parcel, kind));
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  };
  const [opened, broken, moved, over] = await Promise.all([
    read('opened', Opened),
    read('limitBroken', Broken),
    read('moved', At),
    read('over', At),
  ]);
  const { orderId } = parcel;
  return {
    orderId,
    package: parcel.package,
    trackingNumber: opened?.opening.trackingNumber ?? null,
    carrier: opened?.opening.carrier ?? null,
    limitBroken: broken === undefined ? null : { deadline: broken.deadline, at: isoOf(broken.at) },
    movedAt: isoOf(moved?.at),
    overAt: isoOf(over?.at),
    isClaimed: claimed?.has(nameOf(parcel)) ?? null,
    links: { order: linksOf(deps, { shopId: ref.shopId, orderId }).self },
  };
}

const isoOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
