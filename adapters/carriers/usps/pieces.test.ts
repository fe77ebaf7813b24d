import { withImage } from './multipart';
import { addressBody, originBody } from './address';
import { chosenRateOf, keyOfReference, rateIdOf } from './rate-id';
import { poundsOf } from './parcel';

describe('an answer in parts', () => {
  const boundary = '9oxGwpVpWyl-C7mImcElxzrQ';
  const text = [
    `--${boundary}`,
    'Content-Type: application/json',
    'Content-Disposition: form-data; name="Scan Form Response"',
    '',
    '{"manifestNumber":"9475038234567000031430"}',
    `--${boundary}`,
    'Content-Type: application/pdf',
    'Content-Disposition: form-data; filename="label.pdf"; name="label"',
    '',
    'JVBERi0xLjQK',
    `--${boundary}--`,
    '',
  ].join('\r\n');

  it('is read by its content types, whatever the parts are called', () => {
    const answer = { status: 200, json: undefined, multipart: { boundary, text } };
    expect(withImage(answer, 'SCANFormImage')).toEqual({
      manifestNumber: '9475038234567000031430',
      SCANFormImage: 'JVBERi0xLjQK',
    });
  });

  it('that was cut off says nothing', () => {
    const answer = { status: 200, json: undefined, multipart: { boundary, text: text.slice(0, 90) } };
    expect(withImage(answer, 'SCANFormImage')).toBeUndefined();
  });
});

describe('what stands in history of a USPS label', () => {
  const chosen = {
    mailClass: 'PRIORITY_MAIL',
    rateIndicator: 'CP',
    processingCategory: 'NONSTANDARD',
    mailingDate: '2026-11-23',
    format: 'zpl',
  } as const;

  it('says again all that its order said', () => {
    expect(rateIdOf(chosen)).toBe('PCPNz20261123');
    expect(chosenRateOf('PCPNz20261123')).toEqual(chosen);
    expect(chosenRateOf('rate_123')).toBeUndefined();
    expect(rateIdOf({ ...chosen, mailClass: 'MEDIA_MAIL' })).toBeUndefined();
  });

  it('is a key of its own for every attempt, and the same one every time', () => {
    const keys = ['7:1:1:1', '7:1:1:2', '7:1:2:1', '8:1:1:1'].map(keyOfReference);
    expect(new Set(keys).size).toBe(4);
    expect(keyOfReference('7:1:1:1')).toBe(keys[0]);
    for (const key of keys)
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

it.each([
  ['Wilhelmina van Buyer', { firstName: 'Wilhelmina van', lastName: 'Buyer' }],
  ['Cher', { firm: 'Cher' }],
  ['', {}],
])('the name %p is %p to USPS', (name, expected) => {
  const { firstName, lastName, firm } = addressBody({ name }) as Record<string, string>;
  expect(JSON.parse(JSON.stringify({ firstName, lastName, firm }))).toEqual(expected);
});

it('a ship-from is a firm, its ZIP five digits and four', () => {
  expect(originBody({ name: 'Ada', company: 'Harbor Goods', zip: '94107-1234', city: 'San Francisco' })).toMatchObject({
    firm: 'Harbor Goods',
    ZIPCode: '94107',
    ZIPPlus4: '1234',
  });
});

it('no parcel weighs nothing in pounds', () => {
  expect([16, 17, 0.001].map(poundsOf)).toEqual([1, 1.063, 0.001]);
});
