/**
 * What is told instead of a provider's own text where it says only that labels are on a form already, and not on which. Compared
 * too: with it a form that was made and lost sight of is told from a bad parcel.
 */
export const ON_A_FORM_UNNAMED = 'on a form already';

/** What a carrier has against one parcel of a form, by its code. Source: USPS API error inventory (April 2026). */
const AGAINST: Readonly<Record<string, string>> = {
  '160006': 'its label bears another mailing date',
  '160039': 'the carrier does not know its number',
  '160040': 'it is on another form already',
  '160160': 'its label is of a kind that no form takes',
  '160161': 'its label names another entry ZIP code',
  '160162': 'its label names another kind of facility',
  '160163': 'its label was printed at a post office',
  '160164': 'its label has an extra service that no form takes',
  '160165': 'its label is of another mailer ID',
  '160166': 'it goes to a parcel locker, which no form takes',
  '160167': 'its label was bought for a carrier pickup, and the others were not, or the other way round',
  '160397': 'its label was cancelled',
  '160398': 'the carrier has taken its label in without a form',
  [ON_A_FORM_UNNAMED]: 'it is on another form already, and the provider does not say on which',
};

/** Why one parcel is on no form: the carrier's reason, with its code for support. */
export const againstParcel = (code: string, formNumber?: string): string => {
  const said = AGAINST[code];
  const where = formNumber === undefined ? '' : ` (form ${formNumber})`;
  return said === undefined
    ? `the carrier refused it with ${code}${where}`
    : `${said}${where}; the carrier’s code is ${code}`;
};

export const formReasons = {
  noNumber: 'that is no form number; bring the number under the barcode of the form.',
  tooManyRefusals: (most: number): string =>
    `the provider refused ${most} times, and this parcel was not asked for again; make a form of it by hand`,
  claimed: (number: string): string =>
    `form ${number} is another manifest’s already; check the number and bring the right one.`,
  noList: 'the list of the numbers on the form is not there; bring the form again with its list.',
  listNeeded: (number: string): string =>
    `parcels came or went around the time when form ${number} was made; bring it again with the list of the numbers on it.`,
  noneOnIt: (number: string): string =>
    `form ${number} has none of these parcels on it; check the number and the list, and bring it again.`,
};
