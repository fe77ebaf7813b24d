import { z } from 'zod';
import type { Answer } from '../answer';
import { checkedPlace } from '../easypost/places';
import type { World } from '../world';
import type { ShipSavingCall } from './gate';
import { answer, INVALID, refusal } from './wire';

const Text = z.string().min(1);

const Wanted = z.object({
  street: Text,
  street2: z.string().optional(),
  city: Text,
  state: Text,
  zip: Text,
  country: Text,
});

const ERRORED = [{ code: 'ADDRESS.PRIMARY.INVALID', message: 'Primary number invalid.' }];
const CORRECTED = [{ code: 'ADDRESS.SECONDARY.ADDED', message: 'A secondary address unit was added.' }];

/** Says whether mail gets to an address, and how it is written. */
export function verifyAddress(_world: World, { body }: ShipSavingCall): Answer {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success) return refusal(INVALID);
  const { street, street2, ...rest } = wanted.data;
  const checked = checkedPlace({ street1: street, street2: street2 ?? '', ...rest });
  const { street1, ...place } = checked.place;
  return answer({
    street: street1,
    ...place,
    residential: true,
    errored: checked.standing === 'unknown',
    corrected: checked.standing === 'corrected',
    standardized: checked.standing !== 'unknown',
    errors: checked.standing === 'unknown' ? ERRORED : [],
    corrections: checked.standing === 'corrected' ? CORRECTED : [],
  });
}
