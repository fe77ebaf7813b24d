import { readEnvelope } from './envelope';
import { CODE_CLASSES } from './error-codes';
import { ProvidersData } from './wire';

const CALL = { call: 'aCall', data: ProvidersData };

type Row = { code: number; message: string; ofRead: string; ofWrite: string };

/** Every code that the platform's pages name: what it says, what a read makes of it, what a write makes of it. */
const TABLE: Row[] = [
  { code: 0, message: 'ok', ofRead: 'data', ofWrite: 'data' },
  { code: 36009002, message: 'too many requests', ofRead: 'retryLater', ofWrite: 'retryLater' },
  { code: 36009003, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 36009007, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 10006402, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 12001000, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 12052881, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 33001002, message: 'internal error', ofRead: 'retryLater', ofWrite: 'outcomeUnknown' },
  { code: 36009004, message: 'bad parameter, timestamp or token text', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009009, message: 'wrong path', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009010, message: 'wrong method', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009014, message: 'wrong version', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009022, message: 'wrong content type', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009023, message: 'wrong body', ofRead: 'bug', ofWrite: 'bug' },
  { code: 36009033, message: 'address not allowed', ofRead: 'auth', ofWrite: 'auth' },
  { code: 36009043, message: 'shop inactive', ofRead: 'auth', ofWrite: 'auth' },
  { code: 36009044, message: 'seller inactive', ofRead: 'auth', ofWrite: 'auth' },
  { code: 105002, message: 'token expired', ofRead: 'auth', ofWrite: 'auth' },
  { code: 105005, message: 'scope missing', ofRead: 'auth', ofWrite: 'auth' },
  { code: 101000, message: 'token does not match shop_cipher', ofRead: 'auth', ofWrite: 'auth' },
  { code: 106001, message: 'signature invalid', ofRead: 'auth', ofWrite: 'auth' },
  { code: 10008, message: 'signature invalid', ofRead: 'auth', ofWrite: 'auth' },
  { code: 106013, message: 'shop_cipher missing', ofRead: 'auth', ofWrite: 'auth' },
  { code: 21001001, message: 'bad parameters', ofRead: 'bug', ofWrite: 'bug' },
  { code: 21011005, message: 'bad parameters', ofRead: 'bug', ofWrite: 'bug' },
  { code: 21008106, message: 'not usable in this region', ofRead: 'auth', ofWrite: 'auth' },
  { code: 21008111, message: 'order of another shop', ofRead: 'bug', ofWrite: 'bug' },
  { code: 21011001, message: 'package not found', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011028, message: 'wrong cipher of a package', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011004, message: 'not shipped by the seller', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011043, message: 'not shipped yet', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011006, message: 'already shipped', ofRead: 'stale', ofWrite: 'outcomeUnknown' },
  { code: 21011007, message: 'open after-sale request', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011022, message: 'tracking number or provider invalid', ofRead: 'refused', ofWrite: 'refused' },
  { code: 21011030, message: 'already delivered', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011035, message: 'split blocked by state', ofRead: 'stale', ofWrite: 'stale' },
  { code: 21011037, message: 'no shipping service', ofRead: 'refused', ofWrite: 'refused' },
  { code: 21011048, message: 'several packages', ofRead: 'refused', ofWrite: 'refused' },
  { code: 21011050, message: 'tracking updates used up', ofRead: 'refused', ofWrite: 'refused' },
  { code: 21011051, message: 'tracking updates used up', ofRead: 'refused', ofWrite: 'refused' },
  { code: 21011052, message: 'tracking updates used up', ofRead: 'refused', ofWrite: 'refused' },
  { code: 25001021, message: 'cancel reason does not fit', ofRead: 'bug', ofWrite: 'bug' },
  { code: 99999999, message: 'a code that is not known', ofRead: 'retryLater', ofWrite: 'refused' },
];

const read = (json: unknown, isWrite: boolean, more: { status?: number; retryAfterMs?: number } = {}): string => {
  const answer = readEnvelope(CALL, { status: 200, json, ...more }, isWrite);
  return answer.kind === 'data' ? 'data' : answer.error.outcome;
};

describe('a code of the platform', () => {
  it.each(TABLE)('$code, $message: a read is $ofRead, a write is $ofWrite', ({ code, message, ofRead, ofWrite }) => {
    const json = { code, message, data: {} };
    expect([read(json, false), read(json, true)]).toEqual([ofRead, ofWrite]);
  });

  it('stands in this table if we know it', () => {
    const named = TABLE.map(({ code }) => code).filter((code) => code !== 99999999);
    expect(named.sort((a, b) => a - b)).toEqual(
      Object.keys(CODE_CLASSES)
        .map(Number)
        .sort((a, b) => a - b),
    );
  });

  it.each(TABLE.slice(1))('$code in an answer that did a part only is a failure too', ({ code, message, ofWrite }) => {
    const errors = [{ code, message, detail: { package_id: '9' } }];
    expect(read({ code: 0, data: { errors } }, true)).toBe(ofWrite);
    expect(read({ code: 0, data: { errors: [{ ...errors[0], code: String(code) }] } }, true)).toBe(ofWrite);
  });

  it('never brings the words of the platform with it', () => {
    const answer = readEnvelope(CALL, { status: 200, json: { code: 21011022, message: 'Jane Doe' } }, true);
    expect(answer).toMatchObject({ error: { message: 'TikTok Shop aCall: 21011022' } });
  });
});

describe('an answer', () => {
  it.each([
    { what: 'nothing failed in', json: { code: 0, data: { errors: [] } }, more: {}, ofRead: 'data', ofWrite: 'data' },
    { what: 'has no data', json: { code: 0 }, more: {}, ofRead: 'data', ofWrite: 'data' },
    {
      what: 'is a page of a gateway',
      json: undefined,
      more: { status: 502 },
      ofRead: 'retryLater',
      ofWrite: 'outcomeUnknown',
    },
    {
      what: 'is a page of a gateway that says OK',
      json: undefined,
      more: { status: 200 },
      ofRead: 'retryLater',
      ofWrite: 'outcomeUnknown',
    },
    { what: 'is out of service', json: undefined, more: { status: 503 }, ofRead: 'retryLater', ofWrite: 'retryLater' },
    {
      what: 'is out of service, with a code',
      json: { code: 36009003 },
      more: { status: 503 },
      ofRead: 'retryLater',
      ofWrite: 'retryLater',
    },
    {
      what: 'is too many',
      json: { code: 36009002 },
      more: { status: 429 },
      ofRead: 'retryLater',
      ofWrite: 'retryLater',
    },
    { what: 'is a bare 401', json: undefined, more: { status: 401 }, ofRead: 'auth', ofWrite: 'auth' },
    {
      what: 'is a 401 with a code that is not known',
      json: { code: 99999999 },
      more: { status: 401 },
      ofRead: 'auth',
      ofWrite: 'auth',
    },
    {
      what: 'is a fault with a code that is not known',
      json: { code: 99999999 },
      more: { status: 500 },
      ofRead: 'retryLater',
      ofWrite: 'outcomeUnknown',
    },
    {
      what: 'has another shape',
      json: { code: 0, data: { shipping_providers: 5 } },
      more: {},
      ofRead: 'bug',
      ofWrite: 'outcomeUnknown',
    },
    {
      what: 'failed in part without a code',
      json: { code: 0, data: { errors: [{}] } },
      more: {},
      ofRead: 'retryLater',
      ofWrite: 'refused',
    },
  ])('that $what', ({ json, more, ofRead, ofWrite }) => {
    expect([read(json, false, more), read(json, true, more)]).toEqual([ofRead, ofWrite]);
  });

  it('that asks for patience says for how long', () => {
    const answer = readEnvelope(CALL, { status: 429, json: { code: 36009002 }, retryAfterMs: 17_000 }, true);
    expect(answer).toMatchObject({ error: { outcome: 'retryLater', retryAfterMs: 17_000 } });
  });
});
