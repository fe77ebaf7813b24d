import { afterReading, isRefundDue, type Refund } from './refund';

const DAY_MS = 24 * 3_600_000;
const asked: Refund = { status: 'submitted', askedAt: 0, readAt: 0 };

describe('a refund', () => {
  it('is read once a day until it has an end', () => {
    expect(isRefundDue(asked, DAY_MS - 1)).toBe(false);
    expect(isRefundDue(asked, DAY_MS)).toBe(true);
    for (const status of ['refunded', 'rejected', 'forgotten'] as const)
      expect(isRefundDue({ ...asked, status }, 9 * DAY_MS)).toBe(false);
  });

  it('that is rejected is asked for once more, and then stands', () => {
    const again = afterReading(asked, 'rejected', DAY_MS);
    expect(again).toEqual({ status: 'again', askedAt: 0, readAt: DAY_MS });
    expect(afterReading(again, 'rejected', 2 * DAY_MS).status).toBe('rejected');
    expect(afterReading(again, 'refunded', 2 * DAY_MS).status).toBe('refunded');
  });

  it('is waited for while the provider says nothing, and then is a matter of people', () => {
    expect(afterReading(asked, 'submitted', 44 * DAY_MS).status).toBe('submitted');
    expect(afterReading(asked, undefined, 45 * DAY_MS).status).toBe('forgotten');
    expect(afterReading({ ...asked, status: 'disputed' }, 'disputed', 10 * DAY_MS).status).toBe('disputed');
  });
});
