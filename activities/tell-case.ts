import { activityInfo, heartbeat } from '@temporalio/activity';
import type { AppealNotice, CaseMember } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import type { Untold } from '../domain/appeal/state';
import { listMembers, readWrittenClaim } from './case-documents';
import { notify } from './case-documents-places';
import { inTurns } from './form-io';
import type { Ports } from './ports';
import type { About } from './shop-of';
import { tellDesk } from './tell-desk';

type Input = About & { caseKey: string } & Untold;

/** So many parcels between two heartbeats: after a crash no more than these hear it twice. */
const BATCH = 200;

/**
 * Tells the orders of a case what became of it: before it claims anything all that are in it, then those that it claims. And the
 * alert desk, what people have to do. A repeat goes on where the last attempt was, in the same list: where the claim was settled
 * meanwhile it is another, and begun from its beginning.
 */
export async function tellCase(ports: Ports, input: Input): Promise<AppealAnswer> {
  const { shopId, at, notices, raise, settle } = input;
  const { list, parcels } = await parcelsToTell(ports, input);
  for (let from = toldOf(list); from < parcels.length; from += BATCH) {
    await inTurns(parcels.slice(from, from + BATCH), (parcel) => tellInTurn(ports, { shopId, parcel, notices }));
    heartbeat({ list, parcels: from + BATCH } satisfies Progress);
  }
  if (raise.length + settle.length > 0) await tellDesk(ports, { shopId, at, news: { at, raise, settle } });
  return { kind: 'toldAll' };
}

/** Whose list was gone through, and how far. */
type Progress = { list: 'members' | 'claim'; parcels: number };

function toldOf(list: Progress['list']): number {
  const before = activityInfo().heartbeatDetails as Partial<Progress> | undefined;
  return before?.list === list ? (before.parcels ?? 0) : 0;
}

type News = { shopId: string; parcel: CaseMember; notices: readonly AppealNotice[] };

/** An order believes what it hears last: sent at once, `filing` could overtake `filed`, and stand for good. */
async function tellInTurn(ports: Ports, { shopId, parcel, notices }: News): Promise<void> {
  for (const notice of notices) await notify(ports, shopId, { parcel, notice });
}

async function parcelsToTell(ports: Ports, input: Input): Promise<{ list: Progress['list']; parcels: CaseMember[] }> {
  if (input.notices.length === 0) return { list: 'members', parcels: [] };
  const claim = await readWrittenClaim(ports, input);
  // A claim of none: everybody heard of it when it was settled.
  const members = claim?.members ?? (await listMembers(ports, input));
  const parcels = members.map(({ orderId, package: parcel }) => ({ orderId, package: parcel }));
  return { list: claim === undefined ? 'members' : 'claim', parcels };
}
