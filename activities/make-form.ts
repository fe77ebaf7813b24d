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
  type Dropped,
  type Ending,
  type FormDocument,
} from './manifest-documents';
import { failureOf } from './outcome';
import type { CarrierAccount, Form, FormMailing, FormProvider, LabelProvider, Ports, Shipment } from './ports';
import { accountNameOf, accountOf, assertWriting, shopOf, type About } from './shop-of';

/** `at`: the manifest's own time when it closed. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'>;

/** Clear no's: asking again for the same parcels cannot help. */
const FINAL: readonly AdapterOutcome[] = ['refused', 'bug', 'reRate'];

/** The provider's clock and ours are not one. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/** `ever` joined, and perhaps left; `listed` are those whom the form is asked for. */
type Making = {
  ports: Ports;
  input: Input;
  forms: FormProvider;
  /** Where its labels can be read back. */
  labels: LabelProvider | undefined;
  mailing: FormMailing;
  since: number;
  ever: readonly Member[];
  listed: readonly Member[];
};

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
    forms: ports.formsOf(shop, input.account),
    labels: checkable(accountOf(ports, shop, accountNameOf(shop, input.account))),
    mailing: { from: shop.shipFrom.address, date: input.date },
    since: closedAt - CLOCKS_DIFFER_MS,
    ...(await readMembers(ports, input)),
  };
  try {
    return await make(making);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (!FINAL.includes(error.outcome)) throw failureOf(error);
    return end(making, 'refused', error.message);
  }
}

/** A provider that cannot be asked about a label cannot say which one it would not take. */
const checkable = ({ can, labels }: CarrierAccount): LabelProvider | undefined =>
  can.reconcile === 'read' ? labels : undefined;

async function make(making: Making): Promise<FormAnswer> {
  heartbeat();
  const { forms, listed } = making;
  const earlier = await findOurs(making);
  if (earlier !== undefined) return keep(making, earlier);
  if (listed.length === 0) return end(making, 'empty', '');
  try {
    await assertWriting(making.ports, making.input);
    return await keep(making, await forms.createForm(listed.map(parcelOf), making.mailing));
  } catch (error) {
    if (!(error instanceof AdapterError) || error.outcome !== 'refused') throw error;
    return makeWithout(making, error);
  }
}

/** The form that an earlier attempt made, since it closed. */
async function findOurs(making: Making): Promise<Form | undefined> {
  const { forms, since, ever } = making;
  if (ever.length === 0) return undefined;
  const found = await forms.findForm(ever.map(parcelOf), since);
  return found !== undefined && (await isOurs(making, found)) ? found : undefined;
}

const parcelOf = ({ shipmentId, trackingNumber }: Member) => ({ shipmentId, trackingNumber });

/** Of our parcels alone, and no other date's. */
async function isOurs({ ports, input, ever }: Making, { id, trackingNumbers }: Form): Promise<boolean> {
  const ours = new Set(ever.map(({ trackingNumber }) => trackingNumber));
  return trackingNumbers.every((number) => ours.has(number)) && claimForm(ports, input, id);
}

type Checked = { member: Member; shipment: Shipment | undefined };

/**
 * The provider refuses the whole for one bad parcel. It may also refuse because an attempt of ours that was lost sight of has
 * made the form; so that is looked for first. Then labels that are no longer paid for, or are on a form already, are left out,
 * once.
 */
async function makeWithout(making: Making, error: AdapterError): Promise<FormAnswer> {
  const { ports, input, forms, labels, listed } = making;
  const earlier = await findOurs(making);
  if (earlier !== undefined) return keep(making, earlier);
  if (labels === undefined) throw error;
  const checked = await inTurns(listed, async (member): Promise<Checked> => {
    heartbeat();
    return { member, shipment: await labels.readShipment(member.shipmentId) };
  });
  const unseen = await unseenForm(making, checked);
  if (unseen !== undefined) return keep(making, unseen);
  const dropped = checked.flatMap(droppedOf);
  if (dropped.length === 0 || dropped.length === listed.length) throw error;
  await putDropped(ports, input, dropped);
  const good = checked.flatMap((one) => (droppedOf(one).length === 0 ? [parcelOf(one.member)] : []));
  await assertWriting(making.ports, making.input);
  return keep(making, await forms.createForm(good, making.mailing));
}

const isPaid = ({ shipment }: Checked): boolean => shipment?.isPaid === true && !shipment.isVoided;

function droppedOf(one: Checked): Dropped[] {
  if (!isPaid(one)) return [{ ...refOf(one.member), reason: manifestReasons.notPaid }];
  return one.shipment?.formId === undefined ? [] : [{ ...refOf(one.member), reason: manifestReasons.onOtherForm }];
}

/** Where every parcel is on a form, one of these forms may be ours, though the provider's list does not show it yet. */
async function unseenForm(making: Making, checked: readonly Checked[]): Promise<Form | undefined> {
  const on = checked.filter(isPaid).map(({ shipment }) => shipment?.formId);
  for (const formId of new Set(on)) {
    if (formId === undefined || on.includes(undefined)) return undefined;
    const form = await making.forms.readForm(formId);
    if (form.status !== 'failed' && (await isOurs(making, form))) return form;
  }
  return undefined;
}

const unfinished = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'form provider', call: 'makeForm', code });

/** Keeps a form with its file. The form itself says who is on it. */
async function keep({ ports, input, ever, listed }: Making, form: Form): Promise<FormAnswer> {
  await claimForm(ports, input, form.id);
  if (form.status === 'failed') throw unfinished('refused', manifestReasons.formFailed);
  if (form.status === 'creating') throw unfinished('retryLater', 'still creating');
  heartbeat();
  // USPS gives the file with the making alone: of a form that was found again there is none.
  const file = await form.file?.();
  const members = onForm(form, ever);
  const isOn = new Set(members.map(keyOf));
  const reasons = new Map((await readDropped(ports, input)).map((member) => [keyOf(member), member.reason]));
  const document: FormDocument = {
    formId: form.id,
    number: form.number,
    madeAt: input.at,
    sha256: file === undefined ? '' : createHash('sha256').update(file).digest('hex'),
    members,
    // Who was dropped is written once; what a later attempt left out is told, too.
    leftOff: listed
      .filter((member) => !isOn.has(keyOf(member)))
      .map((member) => ({ ...refOf(member), reason: reasons.get(keyOf(member)) ?? manifestReasons.notTaken })),
  };
  return formed(await putForm(ports, input, { form: document, ...(file === undefined ? {} : { file }) }));
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

async function end({ ports, input, listed }: Making, kind: Ending['kind'], reason: string): Promise<FormAnswer> {
  return ended(await putEnding(ports, input, { kind, reason, members: listed.map(refOf) }));
}

const ended = ({ kind, reason }: Ending): FormAnswer => (kind === 'empty' ? { kind } : { kind, reason });

function formed({ formId, number, madeAt, sha256, members, leftOff }: FormDocument): FormAnswer {
  const form: FormMade = { formId, number, madeAt, members: members.length, sha256 };
  return { kind: 'formed', form, leftOff: leftOff.length };
}
