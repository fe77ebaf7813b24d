import { createHash } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { FormAnswer } from '../domain/manifest/event';
import type { FormMade, ManifestKey, Member, MemberRef } from '../domain/manifest/manifest';
import { manifestReasons } from '../words/manifest';
import {
  claimForm,
  inTurns,
  putClosed,
  putDropped,
  putEnding,
  putForm,
  readDropped,
  readEnding,
  readForm,
  readMembers,
  refOf,
  type Ending,
  type FormDocument,
} from './manifest-documents';
import { failureOf } from './outcome';
import type { Form, FormProvider, LabelProvider, Ports } from './ports';
import { shopOf, type About } from './shop-of';

/** `at`: the manifest's own time when it closed. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'>;

/** Clear no's: asking again for the same parcels cannot help. */
const FINAL: readonly AdapterOutcome[] = ['refused', 'bug', 'reRate'];

/** The provider's clock and ours are not one. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

type Making = { ports: Ports; input: Input; forms: FormProvider; labels: LabelProvider; since: number };

/**
 * Makes the form of one date, once. What was written down decides first; then the provider is asked whether an earlier attempt
 * made it; only then is one form asked for. So a crash at any step makes no second one.
 */
export async function makeForm(ports: Ports, input: Input): Promise<FormAnswer> {
  const [form, ending] = [await readForm(ports, input), await readEnding(ports, input)];
  if (form !== undefined) return formed(form);
  if (ending !== undefined) return ended(ending);
  const closedAt = await putClosed(ports, input, input.at);
  const { shop } = await shopOf(ports, input);
  const making = {
    ports,
    input,
    forms: ports.formsOf(shop),
    labels: ports.labelsOf(shop),
    since: closedAt - CLOCKS_DIFFER_MS,
  };
  try {
    return await make(making);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (!FINAL.includes(error.outcome)) throw failureOf(error);
    return end(making, 'refused', error.message);
  }
}

async function make(making: Making): Promise<FormAnswer> {
  heartbeat();
  const { ports, input, forms } = making;
  const { ever, now } = await readMembers(ports, input);
  const earlier = await findOurs(making, ever);
  if (earlier !== undefined) return keep(making, earlier, ever);
  if (now.length === 0) return end(making, 'empty', '');
  try {
    return await keep(making, await forms.createForm(now.map(({ shipmentId }) => shipmentId)), ever);
  } catch (error) {
    if (!(error instanceof AdapterError) || error.outcome !== 'refused') throw error;
    return makeWithout(making, { error, ever, now });
  }
}

/** The form that an earlier attempt made: of our parcels alone, since it closed, and no other date's. */
async function findOurs({ ports, input, forms, since }: Making, ever: readonly Member[]): Promise<Form | undefined> {
  if (ever.length === 0) return undefined;
  const found = await forms.findForm(
    ever.map(({ shipmentId, trackingNumber }) => ({ shipmentId, trackingNumber })),
    since,
  );
  if (found === undefined) return undefined;
  const ours = new Set(ever.map(({ trackingNumber }) => trackingNumber));
  const isOurs = found.trackingNumbers.every((trackingNumber) => ours.has(trackingNumber));
  return isOurs && (await claimForm(ports, input, found.id)) ? found : undefined;
}

type Refused = { error: AdapterError; ever: readonly Member[]; now: readonly Member[] };

/**
 * The provider refuses the whole for one bad parcel. It may also refuse because an attempt of ours that was lost sight of has
 * made the form; so that is looked for first. Then labels that are no longer paid for are left out, once.
 */
async function makeWithout(making: Making, { error, ever, now }: Refused): Promise<FormAnswer> {
  const { ports, input, forms, labels } = making;
  const earlier = await findOurs(making, ever);
  if (earlier !== undefined) return keep(making, earlier, ever);
  const isGood = await inTurns(now, async ({ shipmentId }) => {
    heartbeat();
    const shipment = await labels.readShipment(shipmentId);
    return shipment?.isPaid === true && !shipment.isVoided;
  });
  const good = now.filter((_, index) => isGood[index]);
  if (good.length === 0 || good.length === now.length) throw error;
  await putDropped(
    ports,
    input,
    now.filter((_, index) => !isGood[index]),
  );
  return keep(making, await forms.createForm(good.map(({ shipmentId }) => shipmentId)), ever);
}

const unfinished = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'form provider', call: 'makeForm', code });

/** Keeps a form with its file. The form itself says who is on it. */
async function keep({ ports, input }: Making, form: Form, ever: readonly Member[]): Promise<FormAnswer> {
  await claimForm(ports, input, form.id);
  if (form.status === 'failed') throw unfinished('refused', manifestReasons.formFailed);
  if (form.status === 'creating' || form.file === undefined) throw unfinished('retryLater', 'still creating');
  heartbeat();
  const file = await form.file();
  const members = onForm(form, ever);
  const isOn = new Set(members.map(keyOf));
  const document: FormDocument = {
    formId: form.id,
    number: form.number,
    madeAt: input.at,
    sha256: createHash('sha256').update(file).digest('hex'),
    members,
    leftOff: (await readDropped(ports, input)).filter((member) => !isOn.has(keyOf(member))),
  };
  return formed(await putForm(ports, input, { form: document, file }));
}

const keyOf = ({ orderId, package: parcel }: MemberRef): string => `${orderId}-${parcel}`;

/** A parcel that left and came back is on it once. */
function onForm({ trackingNumbers }: Form, ever: readonly Member[]): FormDocument['members'] {
  const byNumber = new Map(ever.map((member) => [member.trackingNumber, member]));
  return trackingNumbers.flatMap((trackingNumber) => {
    const member = byNumber.get(trackingNumber);
    return member === undefined ? [] : [{ ...refOf(member), trackingNumber }];
  });
}

async function end({ ports, input }: Making, kind: Ending['kind'], reason: string): Promise<FormAnswer> {
  const { now } = await readMembers(ports, input);
  return ended(await putEnding(ports, input, { kind, reason, members: now.map(refOf) }));
}

const ended = ({ kind, reason }: Ending): FormAnswer => (kind === 'empty' ? { kind } : { kind, reason });

function formed({ formId, number, madeAt, sha256, members, leftOff }: FormDocument): FormAnswer {
  const form: FormMade = { formId, number, madeAt, members: members.length, sha256 };
  return { kind: 'formed', form, leftOff: leftOff.length };
}
