import { addressByOrderKey, addressKey } from '../contracts/address-check';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { doubtsOfAddress } from './check-address';
import type { AddressVerdict, Ports, Recipient } from './ports';

const recipient: Recipient = {
  name: 'Ada Buyer',
  phone: '5550100',
  street1: '12 North Main Street',
  street2: 'Apartment 4',
  city: 'Los Angeles',
  state: 'CA',
  zip: '90012',
  country: 'US',
};

const shop = { id: '7', addressCheck: 'on' } as unknown as Shop;

let vault: Map<string, string>;
let asked: string[];
beforeEach(() => {
  vault = new Map();
  asked = [];
});

type Answer = AddressVerdict | Error;

function check(answers: Record<string, Answer | undefined>, { mark = 'm1', on = shop, to = recipient } = {}) {
  const accounts = Object.entries(answers).map(([name, answer]) => ({
    name,
    ...(answer === undefined ? {} : { addresses: () => ask(name, answer) }),
  }));
  const ports = {
    carriersOf: () => accounts,
    documents: { get: () => Promise.resolve(undefined), putIfAbsent: () => Promise.resolve(true) },
    vault: {
      get: (key: string) => Promise.resolve(vault.get(key)),
      put: (key: string, text: string) => Promise.resolve(void vault.set(key, text)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(vault.set(key, text).size > 0),
    },
  } as unknown as Ports;
  const about = { orderId: '1', recipient: to, mark: mark === '' ? undefined : mark };
  return doubtsOfAddress(ports, on, about);
}

function ask(name: string, answer: Answer): Promise<AddressVerdict> {
  asked.push(name);
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

const failed = (outcome: AdapterOutcome): Error =>
  new AdapterError(outcome, { provider: 'P', call: 'addresses', code: 'X' });

const corrected = (more: Partial<Recipient>, codes: string[] = []): AddressVerdict => ({
  verdict: 'corrected',
  codes,
  suggestion: { ...recipient, ...more },
});

describe('an address', () => {
  it.each<[string, AddressVerdict, string[]]>([
    ['that can be delivered to', { verdict: 'deliverable', codes: ['E.1'] }, []],
    ['that cannot', { verdict: 'undeliverable', codes: ['E.ADDRESS.NOT_FOUND'] }, ['E.ADDRESS.NOT_FOUND']],
    ['that cannot, and nobody says why', { verdict: 'undeliverable', codes: ['no 12 Main St'] }, ['UNDELIVERABLE']],
    [
      'written in the way of the carrier',
      corrected({ street1: '12 N. MAIN ST APT 4', street2: '', zip: '90012-1234' }),
      [],
    ],
    ['in another street', corrected({ street1: '12 N MAINE ST' }, ['A1']), ['STREET_DIFFERS', 'A1']],
    ['in another flat', corrected({ street2: 'APT 5' }), ['STREET_DIFFERS']],
    ['of another ZIP code', corrected({ zip: '90013' }), ['ZIP_DIFFERS']],
    ['that is corrected to nothing', { verdict: 'corrected', codes: ['A1'] }, []],
  ])('%s', async (_what, verdict, doubts) => {
    expect(await check({ easypost: verdict })).toEqual(doubts);
  });

  it('is asked about once, whoever goes there', async () => {
    const verdict = corrected({ zip: '90013' });
    expect(await check({ easypost: verdict })).toEqual(['ZIP_DIFFERS']);
    expect(await check({ easypost: verdict })).toEqual(['ZIP_DIFFERS']);
    expect(asked).toEqual(['easypost']);
    expect(JSON.parse(vault.get(addressKey('7', 'm1')) ?? '')).toEqual(verdict);
    expect(JSON.parse(vault.get(addressByOrderKey('7', '1')) ?? '')).toEqual({ mark: 'm1' });
    await check({ easypost: verdict }, { mark: 'm2' });
    expect(asked).toHaveLength(2);
  });

  it('is asked about each time, and kept nowhere, where there are no keys', async () => {
    for (let time = 0; time < 2; time += 1) await check({ easypost: corrected({ zip: '90013' }) }, { mark: '' });
    expect([asked.length, vault.size]).toEqual([2, 0]);
  });
});

describe('a checker', () => {
  it.each<AdapterOutcome>(['retryLater', 'refused', 'auth', 'bug'])(
    'that fails (%s) holds nobody up',
    async (outcome) => {
      expect(await check({ easypost: failed(outcome) })).toEqual([]);
      expect(vault.size).toBe(0);
    },
  );

  it('that fails gives way to the next', async () => {
    const doubts = await check({ easypost: failed('retryLater'), ups: undefined, usps: corrected({ zip: '90013' }) });
    expect([doubts, asked]).toEqual([['ZIP_DIFFERS'], ['easypost', 'usps']]);
  });

  it('is not asked where the shop wants none', async () => {
    expect(await check({ easypost: corrected({ zip: '1' }) }, { on: { ...shop, addressCheck: 'off' } })).toEqual([]);
    expect(asked).toEqual([]);
  });
});
