import { type Member } from '../domain/manifest/manifest';
import { formReasons } from '../words/forms';
import { manifestReasons } from '../words/manifest';
import { isOnAForm } from './form-refusal';
import { askForSheet, type Making } from './form-sheet';
import { cutSheets, probesOf, readOutcome, sheetsAfter, type Outcome, type Sheet, type SheetForm } from './form-sheets';
import { refKey, refOf, type Dropped } from './manifest-documents';

/** What came of a closing. `refusal`: what the provider said first. */
export type Made = { forms: SheetForm[]; leftOff: Dropped[]; refusal?: string };

/** Halving 7,000 parcels down to one bad one takes 26 calls: this finds the bad ones of any day that is not a mistake as a whole. */
const MOST_REFUSALS = 400;

/**
 * Halved four times, every part refused for one and the same, and none formed: either it is the account that is refused, and no
 * parcel, or each part has a bad one. One parcel of each of sixteen parts says which: it is given up only where all of them are
 * refused as well. That takes 47 calls.
 */
const DEPTH_OF_DOUBT = 4;
const PARTS_OF_DOUBT = 16;

/** A closing under way: what was decided so far. It is worked out from documents alone, so that a repeat comes to the same. */
type Tally = {
  forms: SheetForm[];
  onForm: Set<string>;
  leftOff: Map<string, Dropped>;
  refusals: number;
  /** What the provider refused for, all of it. */
  codes: Set<string>;
  refusal?: string;
};

/**
 * Makes the forms of a closing: as few as the provider's maximum allows, with as many parcels as it takes. Level by level, so that
 * both halves of a sheet are asked for before either is cut again.
 */
export async function makeForms(making: Making, listed: readonly Member[], unfit: readonly Dropped[]): Promise<Made> {
  const tally: Tally = {
    ...{ forms: [], onForm: new Set(), leftOff: new Map(), refusals: 0, codes: new Set() },
  };
  for (const one of unfit) tally.leftOff.set(refKey(one), one);
  const parcels = listed.filter((member) => !tally.leftOff.has(refKey(member)));
  let sheets = await cutSheets(making.ports, making.key, { parcels, most: making.forms.most });
  for (let depth = 0; sheets.length > 0; depth += 1) {
    const next: Sheet[] = [];
    for (const sheet of sheets) next.push(...(await workOn(making, tally, sheet)));
    if (depth >= DEPTH_OF_DOUBT && (await isRefusedWhole(making, tally, sheets))) break;
    sheets = next;
  }
  leaveOff(tally, listed);
  const { forms, leftOff, refusal } = tally;
  return { forms, leftOff: [...leftOff.values()], ...(refusal === undefined ? {} : { refusal }) };
}

const isInDoubt = ({ forms, codes }: Tally): boolean => forms.length === 0 && codes.size === 1;

/** Whether nothing at all goes through. The first parcel that does says that it is not so. */
async function isRefusedWhole(making: Making, tally: Tally, parts: readonly Sheet[]): Promise<boolean> {
  if (parts.length < PARTS_OF_DOUBT) return false;
  for (const single of singlesOf(parts)) {
    if (!isInDoubt(tally)) return false;
    await workOn(making, tally, single);
  }
  return isInDoubt(tally);
}

/** One of each of a few parts: the first of the first, the second of the second, as bad ones may lie at equal distances. */
function singlesOf(parts: readonly Sheet[]): Sheet[] {
  return Array.from(
    { length: PARTS_OF_DOUBT },
    (_, index) => parts[Math.floor((index * parts.length) / PARTS_OF_DOUBT)],
  )
    .flatMap((part) => part ?? [])
    .map(({ path, parcels }, index) => {
      const at = index % parcels.length;
      return { path: `${path}s`, parcels: parcels.slice(at, at + 1), isProbe: true };
    });
}

/** Settles one sheet, and says which are to be asked for in its place. */
async function workOn(making: Making, tally: Tally, { parcels: all, ...about }: Sheet): Promise<Sheet[]> {
  const isSettled = (member: Member): boolean =>
    tally.onForm.has(member.trackingNumber) || tally.leftOff.has(refKey(member));
  const parcels = all.filter((member) => !isSettled(member));
  if (parcels.length === 0) return [];
  const sheet = { ...about, parcels };
  if (tally.refusals >= MOST_REFUSALS) {
    drop(tally, parcels, formReasons.tooManyRefusals(MOST_REFUSALS));
    return [];
  }
  const outcome = await askForSheet(making, sheet);
  if (outcome.kind === 'probed') await foldProbes(making, tally, { sheet, probed: outcome });
  else fold(tally, sheet, outcome);
  making.formIds = tally.forms.map(({ formId }) => formId);
  return sheetsAfter(sheet, outcome);
}

async function foldProbes(
  { ports, key }: Making,
  tally: Tally,
  { sheet, probed }: { sheet: Sheet; probed: Extract<Outcome, { kind: 'probed' }> },
): Promise<void> {
  for (const probe of probesOf(sheet).slice(0, probed.probes)) {
    const outcome = await readOutcome(ports, key, probe.path);
    // It may be on the form that is looked for: it is asked for again with the others.
    const isAskedAgain = probed.mayBeMade === true && outcome !== undefined && isOnAForm(outcome);
    if (outcome === undefined || isAskedAgain) continue;
    fold(tally, probe, outcome);
  }
}

function fold(tally: Tally, { parcels }: Sheet, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'formed':
      foldForm(tally, outcome.form);
      if (!parcels.some(({ trackingNumber }) => tally.onForm.has(trackingNumber)))
        drop(tally, parcels, manifestReasons.notTaken);
      break;
    case 'without':
      for (const one of outcome.dropped) tally.leftOff.set(refKey(one), one);
      countRefusal(tally, { code: 'named', reason: outcome.dropped[0]?.reason ?? '' });
      break;
    case 'halved':
      countRefusal(tally, outcome);
      break;
    case 'bad':
      countRefusal(tally, outcome);
      drop(tally, parcels, outcome.reason);
      break;
    case 'probed':
      break;
  }
}

/** A form that an earlier sheet found already takes the rest of its parcels in here. */
function foldForm(tally: Tally, form: SheetForm): void {
  for (const number of form.trackingNumbers) tally.onForm.add(number);
  const known = tally.forms.find(({ formId }) => formId === form.formId);
  if (known === undefined) tally.forms.push({ ...form, trackingNumbers: [...form.trackingNumbers] });
  else known.trackingNumbers = [...new Set([...known.trackingNumbers, ...form.trackingNumbers])];
}

function countRefusal(tally: Tally, { code, reason }: { code: string; reason: string }): void {
  tally.refusals += 1;
  tally.codes.add(code);
  tally.refusal ??= reason;
}

function drop(tally: Tally, parcels: readonly Member[], reason: string): void {
  for (const member of parcels) {
    const { trackingNumber } = member;
    tally.leftOff.set(refKey(member), { ...refOf(member), trackingNumber, reason });
  }
}

/** Nobody who was listed goes unmentioned: who is on no form and was not named is told what the provider said. */
function leaveOff(tally: Tally, listed: readonly Member[]): void {
  const { onForm, leftOff, refusal = manifestReasons.notTaken } = tally;
  const isOn = (member: Member): boolean => onForm.has(member.trackingNumber);
  for (const member of listed.filter(isOn)) leftOff.delete(refKey(member));
  drop(
    tally,
    listed.filter((member) => !isOn(member) && !leftOff.has(refKey(member))),
    refusal,
  );
}
