/** A place as both address checks read it. */
export type Place = {
  readonly street1: string;
  readonly street2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
};

/** What a check makes of a place: mail does not get there; it gets there under the place's right writing; it gets there. */
type Checked = { readonly standing: 'unknown' | 'corrected' | 'found'; readonly place: Place };

/**
 * Checks a place as the sandbox's carriers know it: all there are, but for two kinds of street.
 *
 * A street that holds "UNKNOWN" is nowhere; one that holds "SUITE MISSING" is found with its suite.
 */
export function checkedPlace(place: Place): Checked {
  const written = upper(place);
  if (written.street1.includes('UNKNOWN')) return { standing: 'unknown', place };
  if (!written.street1.includes('SUITE MISSING')) return { standing: 'found', place: written };
  const street1 = written.street1.replace('SUITE MISSING', '').trim();
  return { standing: 'corrected', place: { ...written, street1, street2: 'STE 100' } };
}

function upper(place: Place): Place {
  const entries = Object.entries(place).map(([name, text]) => [name, text.toUpperCase()]);
  return Object.fromEntries(entries) as Place;
}
