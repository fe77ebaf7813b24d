import { upsErrorOf } from './errors';

const CALLS = { recovery: false, readPickups: false, tracking: false, buy: true, cancelPickup: true } as const;
type Call = keyof typeof CALLS;

const told = (call: Call, message: string, { code = '9', status = 400 } = {}): [string, string] => {
  const answer = { status, json: { response: { errors: [{ code, message }] } } };
  const { outcome, code: shown } = upsErrorOf(answer, { call, isWrite: CALLS[call] });
  return [outcome, shown];
};

describe('what UPS means by "not found"', () => {
  it.each([
    ['recovery', 'The label for the tracking or reference number is not found.'],
    ['recovery', 'No shipment was found for the reference number given'],
    ['recovery', 'No label found'],
    ['readPickups', 'There is no pending pickup for this account.'],
    ['readPickups', 'No pickups pending'],
    ['tracking', 'Tracking Information Not Found'],
  ] as const)('in %s is that nothing is there: %s', (call, message) => {
    expect(told(call, message)).toEqual(['refused', 'not found']);
  });

  it('is known by its codes, each of its own reading', () => {
    expect(told('recovery', '', { code: '300200', status: 404 })).toEqual(['refused', 'not found']);
    expect(told('tracking', '', { code: 'TW0001', status: 404 })).toEqual(['refused', 'not found']);
    expect(told('recovery', '', { code: 'TW0001', status: 404 })).toEqual(['refused', 'TW0001']);
  });

  it.each([
    ['recovery', 'Resource not found'],
    ['recovery', 'Account not found'],
    ['recovery', 'The shipper number is not found'],
    ['recovery', 'The shipment account is not found'],
    ['recovery', 'No record found for the shipper number'],
    ['recovery', 'Path not found'],
    ['recovery', 'The label recovery service was not found'],
    ['recovery', 'Not found'],
    ['readPickups', 'Account not found'],
    ['readPickups', 'The account number is invalid.'],
    ['readPickups', 'No record found'],
    ['buy', 'The label is not found'],
  ] as const)('in %s is not that nothing is there: %s', (call, message) => {
    expect(told(call, message)).toEqual(['refused', '9']);
  });

  it.each([400, 404])('is not what a gateway says with status %s', (status) => {
    expect(upsErrorOf({ status, json: undefined }, { call: 'recovery', isWrite: false })).toMatchObject({
      ...{ outcome: 'retryLater', code: `HTTP ${status}` },
    });
  });
});

describe('a no of UPS', () => {
  it.each([
    'The requested service is unavailable on the shipment date.',
    'The rate is not available for the ship date',
    'The pickup date is earlier than today',
  ])('because of the day is rated again: %s', (message) => {
    expect(told('buy', message)).toEqual(['reRate', '9']);
  });

  it.each(['The requested service is unavailable between the selected locations.', 'Invalid pickup date format'])(
    'because of something else is not: %s',
    (message) => {
      expect(told('buy', message)).toEqual(['refused', '9']);
    },
  );

  it.each(['The pickup request was not found.', 'The pickup request has already been cancelled'])(
    'to cancel a pickup that is gone says so: %s',
    (message) => {
      expect(told('cancelPickup', message)).toEqual(['stale', 'already cancelled']);
    },
  );

  it.each(['The pickup request has already been completed', 'The account of the pickup is not valid'])(
    'to cancel a pickup for another reason is a refusal: %s',
    (message) => {
      expect(told('cancelPickup', message)).toEqual(['refused', '9']);
    },
  );
});
