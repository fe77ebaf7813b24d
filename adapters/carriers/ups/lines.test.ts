import { linesOf, rateBody } from './body';
import { aRequest } from '../test-support';
import type { UpsAt } from './client';

const AT = { account: { accountNumber: 'A1' } } as UpsAt;
const to = aRequest('2026-11-24').to as NonNullable<ReturnType<typeof aRequest>['to']>;

describe('a street for UPS', () => {
  it.each([
    [
      ['179 N Harbor Dr', 'Apt 4'],
      ['179 N Harbor Dr', 'Apt 4'],
    ],
    [[' ', undefined], []],
    [['12345 Northwest Martin Luther King Boulevard East'], ['12345 Northwest Martin Luther King', 'Boulevard East']],
  ])('stands in lines between its words: %j', (streets, lines) => {
    expect(linesOf('rates', ...streets)).toEqual(lines);
  });

  it('that needs more lines by its parts is run together', () => {
    const street = Array.from({ length: 8 }, () => 'Boulevard').join(' ');
    expect(linesOf('rates', street, 'Apt 4')).toEqual([
      'Boulevard Boulevard Boulevard',
      'Boulevard Boulevard Boulevard',
      'Boulevard Boulevard Apt 4',
    ]);
  });

  it.each([
    [{ street1: Array.from({ length: 12 }, () => 'Boulevard').join(' ') }, 'street too long'],
    [{ street1: 'x'.repeat(36) }, 'street too long'],
    [{ city: 'x'.repeat(31) }, 'city too long'],
  ])('that does not fit is refused, and not cut: %j', (fields, code) => {
    const request = aRequest('2026-11-24', { to: { ...to, ...fields } });
    expect(refusalOf(() => rateBody(AT, request))).toMatchObject({ outcome: 'refused', code });
  });
});

function refusalOf(asking: () => unknown): unknown {
  try {
    return asking();
  } catch (error) {
    return error;
  }
}
