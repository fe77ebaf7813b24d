import { AdapterError, type AdapterOutcome } from '../../../contracts/adapter-error';
import type { HttpAnswer } from '../../http';
import { outcomeOfStatus, patienceOf } from '../bearer-call';
import { pickupGone } from '../pickup-gone';
import { ErrorBody, type UspsProblem } from './wire';

export const PROVIDER = 'USPS';

/** A refusal with all that was said in it, for the adapter alone: its texts name parcels, and enter no message. */
export class UspsRefusal extends AdapterError {
  readonly problems: readonly UspsProblem[];
  constructor(from: ConstructorParameters<typeof AdapterError>[1], problems: readonly UspsProblem[]) {
    super('refused', from);
    this.problems = problems;
  }
}

/** Only to sort what has no code in the published inventory; the text goes no further. */
const says = (problems: readonly UspsProblem[], pattern: RegExp): boolean =>
  problems.some(({ title, detail, source }) => pattern.test(`${title} ${detail} ${source?.parameter ?? ''}`));

const NO_MONEY = /insufficient (?:funds|balance)/i;
const OTHER_BODY = /idempotency/i;

/** The code for a mailing date that is past or too far ahead. Source: USPS API error inventory (April 2026). */
const BAD_MAILING_DATE = '160034';
const MAILING_DATE = /mailing ?date/i;
const OTHER_DAY = /\b(?:past|passed|earlier|prior|before|expired|today|future|ahead|advance)\b/i;

const isOfAnotherDay = (problems: readonly UspsProblem[], code: string): boolean =>
  code === BAD_MAILING_DATE || problems.some((one) => says([one], MAILING_DATE) && says([one], OTHER_DAY));

/** No codes are published for carrier pickups. */
const PICKUP_GONE =
  /\bpickup\b(?: [a-z]+){0,8} (?:not found|does not exist|could not be found|already (?:been )?cancell?ed)\b/i;
const PICKUP_CALLS = ['readPickup', 'changePickup', 'cancelPickup'];

/** The key was used before, for a body that was another: a label stands under it. */
export const KEY_IS_TAKEN = 'key used for another body';

const BAD_REQUEST = 400;
/** Somebody changed it between our reading and our write: it is read again. */
const CHANGED_MEANWHILE = 412;

type Asked = { call: string; isWrite: boolean };

/** What an answer that is no success means. Sources: USPS API error inventory (April 2026), HTTP statuses of the specifications. */
export function uspsErrorOf(answer: HttpAnswer, asked: Asked): AdapterError {
  const body = ErrorBody.safeParse(answer.json).data?.error;
  const problems = body?.errors ?? [];
  const known = codeOf(problems, body?.code);
  const { outcome, code } = meaningOf(answer.status, { ...asked, problems, known });
  const from = { provider: PROVIDER, call: asked.call, code: code === '' ? `HTTP ${answer.status}` : code };
  if (outcome !== 'refused') return new AdapterError(outcome, { ...from, ...patienceOf(answer) });
  const isGone = PICKUP_CALLS.includes(asked.call) && says(problems, PICKUP_GONE);
  return isGone ? pickupGone(from) : new UspsRefusal(from, problems);
}

const codeOf = ([first]: readonly UspsProblem[], code = ''): string => first?.code || code;

type Said = Asked & { problems: readonly UspsProblem[]; known: string };

function meaningOf(
  status: number,
  { call, isWrite, problems, known: code }: Said,
): { outcome: AdapterOutcome; code: string } {
  if (says(problems, NO_MONEY)) return { code, outcome: 'unfunded' };
  // Something was bought under it: a refusal would let another label be bought.
  if (status === BAD_REQUEST && isWrite && says(problems, OTHER_BODY))
    return { code: KEY_IS_TAKEN, outcome: 'outcomeUnknown' };
  if (status === CHANGED_MEANWHILE && code !== '') return { code, outcome: 'retryLater' };
  if (status === BAD_REQUEST && call === 'buy' && isOfAnotherDay(problems, code)) return { code, outcome: 'reRate' };
  return { code, outcome: outcomeOfStatus(status, isWrite, code !== '') };
}
