import { EvidenceRecord, evidenceFileKey, evidenceRecordKey } from '../contracts/evidence';
import type { FormAnswer, ListAnswer } from '../domain/manifest/event';
import type { BroughtForm, ManifestKey } from '../domain/manifest/manifest';
import { formReasons } from '../words/forms';
import { manifestFolder } from '../workflows/messages-manifest';
import { readAs } from './form-io';
import { membersAt, putClosed, putStrangers, readMembers, readNumbers, settleNames, type Members } from './form-list';
import { formed } from './make-form';
import { claimForm, formFileKey, putForms, readForms, refOf, type FormDocument } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `at`: the manifest's own time when it closed. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'>;

/** Settles who is on the list by which a person makes the form: from here on nobody joins or leaves it. */
export async function settleList(ports: Ports, input: Input): Promise<ListAnswer> {
  await putClosed(ports, input, input.at);
  return { kind: 'listed', members: (await settleNames(ports, input)).names.length };
}

/**
 * Takes in a form that a person made: compares its numbers with our parcels and keeps it as any other. Parcels of ours that are not on
 * it go with a later form; numbers on it that are not ours are kept for people to see.
 */
export async function keepForm(ports: Ports, input: Input & BroughtForm): Promise<FormAnswer> {
  // It becomes a document's name: what can be none would be tried for ever.
  if (!/^[A-Za-z0-9]{1,64}$/.test(formIdOf(input))) return { kind: 'refused', reason: formReasons.noNumber };
  const known = await readForms(ports, input);
  if (known.length > 0) return formed(known);
  await putClosed(ports, input, input.at);
  const members = await readMembers(ports, input);
  const numbers = await numbersOn(ports, input);
  if (numbers === undefined) return { kind: 'refused', reason: formReasons.noList };
  if (numbers === 'unclear') return { kind: 'refused', reason: formReasons.listNeeded(input.number) };
  const { form, strangers } = compare(input, members, numbers);
  if (form.members.length === 0) return { kind: 'refused', reason: formReasons.noneOnIt(input.number) };
  if (!(await claimForm(ports, input, form.formId))) {
    return { kind: 'refused', reason: formReasons.claimed(input.number) };
  }
  if (strangers.length > 0) await putStrangers(ports, input, strangers);
  await putForms(ports, input, [{ ...form, sha256: await keepFile(ports, input) }]);
  return formed(await readForms(ports, input));
}

/** The number that stands under its barcode, without the gaps and dashes that people read it by. */
const formIdOf = ({ number }: Pick<BroughtForm, 'number'>): string => number.replace(/[^A-Za-z0-9]/g, '');

/** The numbers that stand on it; without a list, of all that were to when it was made. */
async function numbersOn(ports: Ports, input: ManifestKey & BroughtForm): Promise<string[] | 'unclear' | undefined> {
  if (input.listHash !== undefined) return readNumbers(ports, input, input.listHash);
  const members = await membersAt(ports, input, input.madeAt);
  return members === 'unclear' ? members : members.map(({ trackingNumber }) => trackingNumber);
}

function compare(
  { number, madeAt }: BroughtForm,
  { ever, listed, unloaded }: Members,
  numbers: readonly string[],
): { form: FormDocument; strangers: string[] } {
  const onIt = new Set(numbers);
  // A parcel that left and came back is on it once; one that left too late for the person is on it all the same.
  const ours = new Map(ever.map((member) => [member.trackingNumber, member]));
  const late = [...listed, ...unloaded].filter(({ trackingNumber }) => !onIt.has(trackingNumber));
  const strangers = [...onIt].filter((one) => !ours.has(one));
  const form = {
    formId: formIdOf({ number }),
    number,
    madeAt,
    sha256: '',
    members: [...onIt].flatMap((trackingNumber) => {
      const member = ours.get(trackingNumber);
      return member === undefined ? [] : [{ ...refOf(member), trackingNumber }];
    }),
    leftOff: [],
    ...(late.length > 0 ? { late: late.map(refOf) } : {}),
    ...(strangers.length > 0 ? { strangers: strangers.length } : {}),
  };
  return { form, strangers };
}

/** The form's own file, which was brought as evidence: its hash, if it is there. As PDF it is the form's file like any other. */
async function keepFile({ documents }: Ports, input: ManifestKey & BroughtForm): Promise<string> {
  const { file: sha256 } = input;
  const folder = manifestFolder(input);
  const record =
    sha256 === undefined ? undefined : await readAs({ documents }, evidenceRecordKey(folder, sha256), EvidenceRecord);
  if (record === undefined) return '';
  const file = record.type === 'pdf' ? await documents.getFile(evidenceFileKey(folder, record)) : undefined;
  if (file !== undefined) await documents.putFileIfAbsent(formFileKey(input, 1), file);
  return record.sha256;
}
