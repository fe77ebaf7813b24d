import { createHash } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { AdapterError, type AdapterOutcome, type AgainstParcel } from '../contracts/adapter-error';
import type { ManifestKey, Member } from '../domain/manifest/manifest';
import { manifestReasons } from '../words/manifest';
import {
  isBegun,
  handedOn,
  probesOf,
  putBegun,
  putMaking,
  putOutcome,
  readMaking,
  readOutcome,
  type Outcome,
  type Sheet,
} from './form-sheets';
import { droppedBy, isOnAForm, isUnnamed, saidBy } from './form-refusal';
import { checkLabels, type LabelsSay } from './form-labels';
import { claimForm, folderOfForm, formFileKey } from './manifest-documents';
import { manifestFolder } from '../workflows/messages-manifest';
import type { Form, FormMailing, FormProvider, LabelProvider, Ports } from './ports';
import { assertWriting } from './shop-of';

/** `ever` joined, and perhaps left. `formIds`: the forms of this closing so far, in the order of their making. */
export type Making = {
  ports: Ports;
  key: ManifestKey;
  shopId: string;
  forms: FormProvider;
  /** Where its labels can be read back. */
  labels: LabelProvider | undefined;
  mailing: FormMailing;
  since: number;
  ever: readonly Member[];
  formIds: string[];
};

/** Clear no's: asking again for the same parcels cannot help. */
const FINAL: readonly AdapterOutcome[] = ['refused', 'bug', 'reRate'];

/** A sheet under way. `wasBegun`: an earlier attempt made its call, or was about to. */
type Asking = Sheet & { wasBegun: boolean };

const unfinished = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'form provider', call: 'makeForm', code });

const parcelOf = ({ shipmentId, trackingNumber }: Member): { shipmentId: string; trackingNumber: string } => ({
  shipmentId,
  trackingNumber,
});

/**
 * Asks for one sheet's form. What was written down decides; then, where an earlier attempt may have made it, the provider is asked;
 * then one call is made.
 */
export async function askForSheet(making: Making, sheet: Sheet): Promise<Outcome> {
  const { ports, key } = making;
  const known = await readOutcome(ports, key, sheet.path);
  if (known !== undefined) return known;
  heartbeat();
  const asking = { ...sheet, wasBegun: await isBegun(ports, key, sheet.path) };
  const outcome = await settleSheet(making, asking);
  return putOutcome(ports, key, { path: sheet.path, outcome: mayBeMade(asking) ? handedOn(outcome) : outcome });
}

/** A call of it, or of what it was cut from, was never answered. */
const mayBeMade = ({ wasBegun, mayBeMade: isHanded }: Asking): boolean => wasBegun || isHanded === true;

async function settleSheet(making: Making, sheet: Asking): Promise<Outcome> {
  try {
    const earlier = await earlierForm(making, sheet);
    return await keepForm(making, sheet, earlier ?? (await createForm(making, sheet)));
  } catch (error) {
    if (!(error instanceof AdapterError) || !FINAL.includes(error.outcome)) throw error;
    if (error.outcome !== 'refused') return { kind: 'bad', code: error.code, reason: saidBy(error) };
    return afterRefusal(making, sheet, error);
  }
}

async function createForm({ ports, key, shopId, forms, mailing }: Making, { path, parcels }: Sheet): Promise<Form> {
  await assertWriting(ports, { shopId });
  await putBegun(ports, key, path);
  return forms.createForm(parcels.map(parcelOf), mailing);
}

/** A sheet that was never asked for has no form; the first ones may have one of a version that wrote less down. */
const mayHaveForm = ({ isFirst, wasBegun }: Asking): boolean => isFirst === true || wasBegun;

/** The form that an earlier attempt made, since the manifest closed. One that failed is told only where it was this very sheet's. */
async function earlierForm(making: Making, sheet: Asking): Promise<Form | undefined> {
  if (!mayHaveForm(sheet)) return undefined;
  const { ports, key, forms, since } = making;
  const begun = await readMaking(ports, key, sheet.path);
  if (begun !== undefined) return forms.readForm(begun);
  const found = await forms.findForm(sheet.parcels.map(parcelOf), since);
  if (found === undefined || !(await isOurs(making, found))) return undefined;
  return found.status !== 'failed' || isOf(found, sheet) ? found : undefined;
}

const isOf = ({ trackingNumbers }: Form, { parcels }: Sheet): boolean =>
  trackingNumbers.length === parcels.length && touches(trackingNumbers, parcels) === parcels.length;

const touches = (trackingNumbers: readonly string[], parcels: readonly Member[]): number => {
  const on = new Set(trackingNumbers);
  return parcels.filter(({ trackingNumber }) => on.has(trackingNumber)).length;
};

/** Of our parcels alone, and no other manifest's. */
async function isOurs({ ports, key, ever }: Making, { id, trackingNumbers }: Form): Promise<boolean> {
  const ours = new Set(ever.map(({ trackingNumber }) => trackingNumber));
  return trackingNumbers.every((number) => ours.has(number)) && claimForm(ports, key, id);
}

/** Keeps a form with its file. The form itself says who is on it. */
async function keepForm(making: Making, { path }: Sheet, form: Form): Promise<Outcome> {
  const { ports, key, ever } = making;
  await claimForm(ports, key, form.id);
  if (form.status === 'failed') throw unfinished('refused', manifestReasons.formFailed);
  if (form.status === 'creating') {
    await putMaking(ports, key, { path, formId: form.id });
    throw unfinished('retryLater', 'still creating');
  }
  heartbeat();
  const ours = new Set(ever.map(({ trackingNumber }) => trackingNumber));
  return {
    kind: 'formed',
    form: {
      formId: form.id,
      number: form.number,
      sha256: await keepFile(making, form),
      trackingNumbers: form.trackingNumbers.filter((number) => ours.has(number)),
    },
  };
}

/**
 * Keeps a form's file under the form's own number in this closing, and answers its hash. USPS gives the file with the making alone: of
 * a form that was found again there is the one that an earlier attempt kept, or none.
 */
async function keepFile({ ports, key, formIds }: Making, form: Form): Promise<string> {
  const known = formIds.indexOf(form.id);
  const name = formFileKey(key, (known === -1 ? formIds.length : known) + 1);
  const given = await form.file?.();
  if (given !== undefined) await ports.documents.putFileIfAbsent(name, given);
  const file = given ?? (await ports.documents.getFile(name));
  return file === undefined ? '' : createHash('sha256').update(file).digest('hex');
}

/**
 * The provider refuses the whole, for one bad parcel or because an attempt of ours that was lost sight of has made the form: that is
 * looked for first. Then those go whom the provider names, or whose labels show it; else halves are asked for.
 */
async function afterRefusal(making: Making, sheet: Asking, error: AdapterError): Promise<Outcome> {
  const earlier = await earlierForm(making, sheet);
  if (earlier !== undefined && earlier.status !== 'failed') return keepForm(making, sheet, earlier);
  const named = await namedForm(making, sheet, error);
  if (named !== undefined) return named;
  const dropped = droppedBy(sheet, error.against);
  if (dropped.length > 0) return { kind: 'without', dropped };
  const { unseen, dropped: unfit } = await labelsOf(making, sheet);
  if (unseen !== undefined) return keepForm(making, sheet, unseen);
  if (unfit.length > 0) return { kind: 'without', dropped: unfit };
  return (await unnamedForm(making, sheet, error)) ?? partsOf(sheet, error);
}

const partsOf = ({ parcels }: Sheet, error: AdapterError): Outcome => ({
  kind: parcels.length > 1 ? 'halved' : 'bad',
  code: error.code,
  reason: saidBy(error),
});

/** What the labels themselves say. Of the parts of a sheet they were read with it. */
const labelsOf = (making: Making, sheet: Asking): Promise<LabelsSay> =>
  mayHaveForm(sheet)
    ? checkLabels({ ...making, isOurs: (form) => isOurs(making, form) }, sheet.parcels)
    : Promise.resolve({ dropped: [] });

/** "Already on a form" is success where the form is ours. */
async function namedForm(making: Making, sheet: Asking, { against }: AdapterError): Promise<Outcome | undefined> {
  if (isUnnamed(against)) return undefined;
  for (const number of new Set(against.flatMap(({ formNumber }) => formNumber ?? []))) {
    const form = formNamed(sheet, against, number);
    if (form !== undefined && (await isOurNumber(making, sheet, { number, against }))) {
      return keepForm(making, sheet, form);
    }
  }
  return undefined;
}

function formNamed({ parcels }: Sheet, against: readonly AgainstParcel[], number: string): Form | undefined {
  const on = new Set(against.filter((one) => one.formNumber === number).map((one) => one.trackingNumber));
  const trackingNumbers = parcels.map((one) => one.trackingNumber).filter((one) => on.has(one));
  return trackingNumbers.length === 0 ? undefined : { id: number, status: 'created', number, trackingNumbers };
}

/**
 * Ours is a form that this manifest has claimed; or nobody has, and everything that the carrier says is that this sheet is on it.
 * Of a sheet whose call was begun it may name some alone.
 */
async function isOurNumber(
  { ports, key }: Making,
  { parcels, wasBegun }: Asking,
  { number, against }: { number: string; against: readonly AgainstParcel[] },
): Promise<boolean> {
  const folder = await folderOfForm(ports, key.account, number);
  if (folder !== undefined) return folder === manifestFolder(key);
  const isAlone = against.every(({ formNumber }) => formNumber === number);
  const named = against.map(({ trackingNumber }) => trackingNumber);
  return isAlone && (wasBegun || touches(named, parcels) === parcels.length);
}

/**
 * ShipSaving has no list and no reading: that something is on a form is all that it says. Where our call was begun, and two single
 * parcels are refused for the same, the form was made and its answer lost: it is written down without number and file. One bad
 * parcel alone would not have the others refused.
 */
async function unnamedForm(making: Making, sheet: Asking, { against }: AdapterError): Promise<Outcome | undefined> {
  const formId = isUnnamed(against) ? against[0]?.formNumber : undefined;
  // A probe is told by what it is refused for.
  if (formId === undefined || !mayBeMade(sheet) || sheet.isProbe === true) return undefined;
  const probed = await askAlone(making, sheet);
  if (probed !== undefined) return probed;
  await claimForm(making.ports, making.key, formId);
  const trackingNumbers = sheet.parcels.map(({ trackingNumber }) => trackingNumber);
  return { kind: 'formed', form: { formId, number: null, sha256: '', trackingNumbers, isLost: true } };
}

/** Asks for two of a sheet alone; undefined where both are on a form already. */
async function askAlone(making: Making, sheet: Sheet): Promise<Outcome | undefined> {
  const probes = sheet.parcels.length === 1 ? [] : probesOf(sheet);
  for (const [index, probe] of probes.entries()) {
    const outcome = await askForSheet(making, probe);
    if (isOnAForm(outcome)) continue;
    // One that is on a form now was on none before: that call was never made.
    return { kind: 'probed', probes: index + 1, ...(outcome.kind === 'bad' ? { mayBeMade: true } : {}) };
  }
  return undefined;
}
