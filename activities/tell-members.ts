import { activityInfo, heartbeat } from '@temporalio/activity';
import type { ManifestKey, ManifestNotice, MemberRef } from '../domain/manifest/manifest';
import { manifestReasons } from '../words/manifest';
import { manifestChanged, orderWorkflowId } from '../workflows/messages';
import { manifestWorkflowId } from '../workflows/messages-manifest';
import { readEnding, readForm, readMembers, refOf } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `at`: the instant that the news is of. `to`: who is told, where that is not everybody on it. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'> & { what: ManifestNotice['what']; to?: readonly MemberRef[] };

type Told = MemberRef & { notice: Omit<ManifestNotice, 'package' | 'manifest'> };

/** So many signals between two heartbeats: after a crash no more than these are sent twice. */
const BATCH = 200;
const AT_ONCE = 20;

/**
 * Tells the orders of a manifest what became of it, 200 a batch. A repeat goes on where the last attempt was, in the same
 * order: who is told stands in a document that does not change. An order that is over hears nothing and needs nothing.
 */
export async function tellMembers(ports: Ports, input: Input): Promise<{ kind: 'done' }> {
  const told = await newsOf(ports, input);
  const first: unknown = activityInfo().heartbeatDetails;
  for (let from = typeof first === 'number' ? first : 0; from < told.length; from += BATCH) {
    await tellBatch(ports, input, told.slice(from, from + BATCH));
    heartbeat(from + BATCH);
  }
  return { kind: 'done' };
}

async function tellBatch({ neighbours }: Ports, input: Input, batch: readonly Told[]): Promise<void> {
  for (let from = 0; from < batch.length; from += AT_ONCE) {
    await Promise.all(
      batch.slice(from, from + AT_ONCE).map(({ orderId, package: parcel, notice }) =>
        neighbours.signal({
          workflowId: orderWorkflowId(input.shopId, orderId),
          signal: manifestChanged,
          payload: { ...notice, package: parcel, manifest: manifestWorkflowId(input) } satisfies ManifestNotice,
        }),
      ),
    );
  }
}

function newsOf(ports: Ports, input: Input): Promise<Told[]> {
  switch (input.what) {
    case 'late':
      return answersTo(ports, input);
    case 'leftOff':
      return refusalsOf(ports, input);
    case 'formed':
    case 'scanned':
      return newsOfForm(ports, input, input.what);
  }
}

async function newsOfForm(ports: Ports, input: Input, what: 'formed' | 'scanned'): Promise<Told[]> {
  const form = await readForm(ports, input);
  if (form === undefined) return [];
  const on = form.members.map((member) => ({
    ...refOf(member),
    notice: { what, at: input.at, ...(what === 'formed' ? { form: form.formId } : {}) },
  }));
  const off = form.leftOff.map((member) => ({
    ...refOf(member),
    notice: { what: 'leftOff' as const, at: input.at, reason: member.reason ?? manifestReasons.notTaken },
  }));
  return what === 'formed' ? [...on, ...off] : on;
}

async function refusalsOf(ports: Ports, input: Input): Promise<Told[]> {
  const ending = await readEnding(ports, input);
  const members = ending?.members ?? (await readMembers(ports, input)).listed;
  const notice = { what: 'leftOff', at: input.at, reason: ending?.reason ?? '' } as const;
  return members.map((member) => ({ ...refOf(member), notice }));
}

/** Who joined when it was closed may be on the form all the same; the form says it. */
async function answersTo(ports: Ports, input: Input): Promise<Told[]> {
  const form = await readForm(ports, input);
  const on = new Set(form?.members.map(keyOf));
  return (input.to ?? []).map((member) => ({
    ...refOf(member),
    notice:
      form !== undefined && on.has(keyOf(member))
        ? { what: 'formed', at: form.madeAt, form: form.formId }
        : { what: 'late', at: input.at },
  }));
}

const keyOf = ({ orderId, package: parcel }: MemberRef): string => `${orderId}-${parcel}`;
