import { AdapterError } from '../contracts/adapter-error';
import type { FormAnswer } from '../domain/manifest/event';
import type { FormMade, ManifestKey, Member } from '../domain/manifest/manifest';
import { putClosed, readMembers, type Members } from './form-list';
import { makeForms, type Made } from './form-plan';
import type { Making } from './form-sheet';
import type { SheetForm } from './form-sheets';
import {
  putEnding,
  putForms,
  readDropped,
  readEnding,
  readForms,
  refOf,
  type Ending,
  type FormDocument,
} from './manifest-documents';
import { failureOf } from './outcome';
import type { CarrierAccount, LabelProvider, Ports } from './ports';
import { accountNameOf, accountOf, shopOf, type About } from './shop-of';

/** `at`: the manifest's own time when it closed. */
type Input = ManifestKey & Pick<About, 'shopId' | 'at'>;

/** The provider's clock and ours are not one. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/**
 * Makes the forms of one manifest, once: as many as the provider's maximum asks for, with every parcel that it takes. What was written
 * down decides first, so that a crash at any step makes no second form; who is on none is told with the carrier's reason.
 */
export async function makeForm(ports: Ports, input: Input): Promise<FormAnswer> {
  const [forms, ending] = [await readForms(ports, input), await readEnding(ports, input)];
  if (forms.length > 0) return formed(forms);
  if (ending !== undefined) return ended(ending);
  const closedAt = await putClosed(ports, input, input.at);
  const members = await readMembers(ports, input);
  try {
    return await make(ports, input, { members, closedAt });
  } catch (error) {
    throw error instanceof AdapterError ? failureOf(error) : error;
  }
}

type Closing = { members: Members; closedAt: number };

async function make(ports: Ports, input: Input, { members, closedAt }: Closing): Promise<FormAnswer> {
  const { listed, unloaded } = members;
  if (listed.length === 0) return end(ports, input, { kind: 'empty', reason: '', members: [] });
  const { shop } = await shopOf(ports, input);
  const making: Making = {
    ports,
    key: input,
    shopId: input.shopId,
    forms: ports.formsOf(shop, input.account),
    labels: checkable(accountOf(ports, shop, accountNameOf(shop, input.account))),
    mailing: { from: shop.shipFrom.address, date: input.date },
    since: closedAt - CLOCKS_DIFFER_MS,
    ever: members.ever,
    formIds: [],
  };
  const made = await makeForms(making, listed, await readDropped(ports, input));
  if (made.forms.length === 0) {
    const late = unloaded.length > 0 ? { late: unloaded.map(refOf) } : {};
    return end(ports, input, { kind: 'refused', reason: made.refusal ?? '', members: made.leftOff, ...late });
  }
  await putForms(ports, input, documentsOf(made, members, input.at));
  return formed(await readForms(ports, input));
}

/** A provider that cannot be asked about a label cannot say which one it would not take. */
const checkable = ({ can, labels }: CarrierAccount): LabelProvider | undefined =>
  can.reconcile === 'read' ? labels : undefined;

/** Who is on no form stands with the first one. */
function documentsOf(
  { forms, leftOff }: Made,
  { ever, unloaded }: Pick<Members, 'ever' | 'unloaded'>,
  madeAt: number,
): FormDocument[] {
  return forms.map((form, index) => ({
    formId: form.formId,
    number: form.number,
    madeAt,
    sha256: form.sha256,
    members: onForm(form, ever),
    leftOff: index === 0 ? leftOff : [],
    ...(index === 0 && unloaded.length > 0 ? { late: unloaded.map(refOf) } : {}),
    ...(form.isLost === true ? { isLost: true as const } : {}),
  }));
}

/** A parcel that left and came back is on it once. */
function onForm({ trackingNumbers }: SheetForm, ever: readonly Member[]): FormDocument['members'] {
  const byNumber = new Map(ever.map((member) => [member.trackingNumber, member]));
  return trackingNumbers.flatMap((trackingNumber) => {
    const member = byNumber.get(trackingNumber);
    return member === undefined ? [] : [{ ...refOf(member), trackingNumber }];
  });
}

const end = async (ports: Ports, input: Input, ending: Ending): Promise<FormAnswer> =>
  ended(await putEnding(ports, input, ending));

const ended = ({ kind, reason }: Ending): FormAnswer => (kind === 'empty' ? { kind } : { kind, reason });

const madeOf = ({ formId, number, madeAt, sha256, members }: FormDocument): FormMade => ({
  formId,
  number,
  madeAt,
  members: members.length,
  sha256,
});

/** What the manifest is told of its forms: numbers, and no parcel. */
export function formed(forms: readonly FormDocument[]): FormAnswer {
  const [first, ...more] = forms;
  if (first === undefined) return { kind: 'refused', reason: '' };
  const { leftOff, late = [], strangers = 0 } = first;
  return {
    kind: 'formed',
    form: madeOf(first),
    ...(more.length > 0 ? { more: more.map(madeOf) } : {}),
    leftOff: leftOff.length,
    ...(late.length > 0 ? { late: late.length } : {}),
    ...(strangers > 0 ? { strangers } : {}),
  };
}
