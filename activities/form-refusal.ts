import type { AdapterError, AgainstParcel } from '../contracts/adapter-error';
import { againstParcel, ON_A_FORM_UNNAMED } from '../words/forms';
import { manifestReasons } from '../words/manifest';
import type { Outcome, Sheet } from './form-sheets';
import { refOf, type Dropped } from './manifest-documents';

/** What a provider says where it refuses a form. */

/** Why, for people: the error itself says the provider's code alone, or a reason of ours. */
export const saidBy = ({ code }: Pick<AdapterError, 'code'>): string =>
  code === manifestReasons.formFailed ? code : againstParcel(code);

/** Something is on a form, and which and on which is not said. */
export const isUnnamed = (against: readonly AgainstParcel[]): boolean =>
  against.length > 0 && against.every(({ code }) => code === ON_A_FORM_UNNAMED);

/** Of a single parcel. */
export const isOnAForm = (outcome: Outcome): boolean => outcome.kind === 'bad' && outcome.code === ON_A_FORM_UNNAMED;

/** Those whom the carrier names, each with its reason. Where it names all there is nobody else to ask for. */
export function droppedBy({ parcels }: Pick<Sheet, 'parcels'>, against: readonly AgainstParcel[]): Dropped[] {
  const reasons = new Map(
    isUnnamed(against) ? [] : against.map((one) => [one.trackingNumber, againstParcel(one.code, one.formNumber)]),
  );
  return parcels.flatMap((member) => {
    const { trackingNumber } = member;
    const reason = reasons.get(trackingNumber);
    return reason === undefined ? [] : [{ ...refOf(member), trackingNumber, reason }];
  });
}
