import { AdapterError, type AdapterOutcome } from '../../../contracts/adapter-error';
import type { HttpAnswer } from '../../http';
import { outcomeOfStatus, patienceOf } from '../bearer-call';
import { pickupGone } from '../pickup-gone';
import { ErrorBody } from './wire';

export const PROVIDER = 'UPS';

/** What the codes mean where the status does not say it. Source: UPS developer documentation, API errors. */
const OUTCOMES: Readonly<Record<string, AdapterOutcome>> = {
  '10429': 'retryLater',
  // The account may not be billed.
  '120122': 'unfunded',
  // The credentials are not those of the account.
  '250002': 'auth',
  '250003': 'auth',
};

/** What is given in place of the provider's own code where nothing stands under a number or a reference. */
const NOT_FOUND = 'not found';

/** How an answer says that nothing is there: by a code, or by its text. The text goes no further. */
type Says = { codes: readonly string[]; text: readonly RegExp[] };

/**
 * What each reading means by "not found". No list is published for label recovery and pickups, so that UPS's texts say it too; that
 * a path, a resource, an account or a shipper number is not found says nothing of what was bought or booked.
 */
const NOTHING_THERE: Readonly<Record<string, Says>> = {
  recovery: {
    codes: ['300200'],
    text: [
      /\bno (?:labels?|shipments?|records?)\b(?: (?!account|shipper|resource|path)[a-z]+){0,4} found\b(?! for (?:the |this )?(?:account|shipper))/i,
      /\b(?:labels?|shipments?|records?)\b(?: (?!account|shipper|resource|path|service|server|page|url|api)[a-z]+){0,8} not found\b/i,
    ],
  },
  tracking: {
    codes: ['TW0001', '150022', '151018', '151044'],
    text: [/\btracking (?:information|number|details?) (?:is |was )?not found\b/i, /\bno tracking information\b/i],
  },
  readPickups: {
    codes: [],
    text: [
      /\bno (?:pending|open|scheduled|on-?call)(?: on-?call)? pickups?\b/i,
      /\bno pickups? (?:is |are |was |were )?pending\b/i,
    ],
  },
};
const NOT_FOUND_STATUSES = [400, 404];

/** A pickup that is not there to be cancelled. One that was made already is another no: the driver came. */
const PICKUP_GONE: Says = {
  codes: [],
  text: [
    /\bpickup\b(?: [a-z]+){0,8} (?:not found|does not exist|could not be found)\b/i,
    /\bpickup\b(?: [a-z]+){0,8} already (?:been )?cancell?ed\b/i,
  ],
};

/** The day that it was rated for is over, or the service is not to be had on it: it is rated again. No codes are published for it. */
const OTHER_DAY: readonly RegExp[] = [
  /\b(?:service|rate)\b.*\b(?:unavailable|not available|invalid)\b.*\b(?:ship(?:ment|ping)?|pick-?up) (?:date|day)\b/i,
  /\b(?:ship(?:ment|ping)?|pick-?up) date\b.*\b(?:past|passed|earlier than|before|expired|no longer)\b/i,
];

type Asked = { call: string; isWrite: boolean };

/** What an answer that is no success means. */
export function upsErrorOf(answer: HttpAnswer, asked: Asked): AdapterError {
  const { code = '', message = '' } = ErrorBody.safeParse(answer.json).data?.response.errors[0] ?? {};
  const { call, isWrite } = asked;
  const outcome = OUTCOMES[code] ?? outcomeOfStatus(answer.status, isWrite, code !== '');
  const from = { provider: PROVIDER, call, code: code || `HTTP ${answer.status}`, ...patienceOf(answer) };
  if (outcome !== 'refused' || !NOT_FOUND_STATUSES.includes(answer.status)) return new AdapterError(outcome, from);
  return clearNo(asked, from, message);
}

type From = ConstructorParameters<typeof AdapterError>[1];

function clearNo({ call }: Asked, from: From, message: string): AdapterError {
  const isSaid = ({ codes, text }: Says): boolean =>
    codes.includes(from.code) || text.some((pattern) => pattern.test(message));
  if (call === 'cancelPickup' && isSaid(PICKUP_GONE)) return pickupGone(from);
  if (call === 'buy' && OTHER_DAY.some((pattern) => pattern.test(message))) return new AdapterError('reRate', from);
  const nothing = Object.hasOwn(NOTHING_THERE, call) ? NOTHING_THERE[call] : undefined;
  const isMissing = nothing !== undefined && isSaid(nothing);
  return new AdapterError('refused', { ...from, ...(isMissing ? { code: NOT_FOUND } : {}) });
}

/** A void that is repeated: what was asked for is done. Source: UPS Void Shipment errors. */
export const isVoidedAlready = (error: unknown): boolean =>
  error instanceof AdapterError && error.outcome === 'refused' && error.code === '190109';

export const isNotFound = (error: unknown): boolean => error instanceof AdapterError && error.code === NOT_FOUND;

/** What a reading failed by. A no that is not "nothing is there" has said nothing of it, so that it is asked again. */
export const failureOfReading = (error: unknown, call: string): unknown =>
  error instanceof AdapterError && error.outcome === 'refused'
    ? new AdapterError('retryLater', { provider: PROVIDER, call, code: error.code })
    : error;
