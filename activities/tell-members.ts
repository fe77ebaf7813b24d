import { activityInfo, heartbeat } from '@temporalio/activity';
import type { ManifestKey, ManifestNotice, MemberRef } from '../domain/manifest/manifest';
import { manifestReasons } from '../words/manifest';
import { manifestChanged, orderWorkflowId } from '../workflows/messages';
import { manifestWorkflowId } from '../workflows/messages-manifest';
import { readMembers } from './form-list';
import { readEnding, readForms, refKey, refOf, type FormDocument } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/**
 * `at`: the instant that the news is of. `to`: who is told, where that is not everybody on it. `form`: the id of the one whose members
 * are told; absent: all forms of the manifest. `reason`: why there is no form, where no provider said it.
 */
type Input = ManifestKey &
  Pick<About, 'shopId' | 'at'> & {
    what: ManifestNotice['what'];
    to?: readonly MemberRef[];
    form?: string;
    reason?: string;
  };

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
  const forms = (await readForms(ports, input)).filter(({ formId }) => (input.form ?? formId) === formId);
  const on = forms.flatMap(({ formId, members }) =>
    members.map((member) => ({
      ...refOf(member),
      notice: { what, at: input.at, ...(what === 'formed' ? { form: formId } : {}) },
    })),
  );
  return what === 'formed' ? [...on, ...forms.flatMap((form) => withoutForm(form, input.at))] : on;
}

/** Whom no form took, each with its reason; and who goes with a later one. */
const withoutForm = ({ leftOff, late = [] }: FormDocument, at: number): Told[] => [
  ...leftOff.map((member) => leftOffFor(member, at, member.reason ?? manifestReasons.notTaken)),
  ...lateOf(late, at),
];

const lateOf = (members: readonly MemberRef[], at: number): Told[] =>
  members.map((member) => ({ ...refOf(member), notice: { what: 'late', at } }));

/** Where there is no form at all, who was not on the truck goes with a later one all the same. */
async function refusalsOf(ports: Ports, input: Input): Promise<Told[]> {
  const ending = await readEnding(ports, input);
  if (ending === undefined) {
    const { listed, unloaded } = await readMembers(ports, input);
    return [...listed.map((member) => leftOffFor(member, input.at, input.reason ?? '')), ...lateOf(unloaded, input.at)];
  }
  return [
    ...ending.members.map((member) => leftOffFor(member, input.at, member.reason ?? ending.reason)),
    ...lateOf(ending.late ?? [], input.at),
  ];
}

const leftOffFor = (member: MemberRef, at: number, reason: string): Told => ({
  ...refOf(member),
  notice: { what: 'leftOff', at, reason },
});

/** Who joined when it was closed may be on a form all the same; the forms say it. */
async function answersTo(ports: Ports, input: Input): Promise<Told[]> {
  const forms = await readForms(ports, input);
  const on = new Map(forms.flatMap((form) => form.members.map((member) => [refKey(member), form] as const)));
  return (input.to ?? []).map((member) => {
    const form = on.get(refKey(member));
    return {
      ...refOf(member),
      notice:
        form === undefined ? { what: 'late', at: input.at } : { what: 'formed', at: form.madeAt, form: form.formId },
    };
  });
}
