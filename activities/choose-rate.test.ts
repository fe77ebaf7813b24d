import type { Shop } from '../contracts/shop';
import type { LabelChoice } from '../domain/order/state';
import { chooseRate, type RateWish } from './choose-rate';
import type { Offer } from './gather-rates';

const AT = Date.UTC(2026, 10, 23, 18);
const DAY_MS = 24 * 3_600_000;

type Priced = [service: string, priceCents: number, deliveryDays: number | null, more?: Partial<Offer>];

const offer = (...[service, priceCents, deliveryDays, more = {}]: Priced): Offer => ({
  id: `rate-${service}`,
  shipmentId: 's1',
  account: 'easypost',
  carrier: 'USPS',
  service,
  priceCents,
  deliveryDays,
  ...more,
});

const ups = (service: string, priceCents: number, deliveryDays: number | null): Offer =>
  offer(service, priceCents, deliveryDays, { account: 'ups', carrier: 'UPS' });

type Rules = Partial<Shop['labels']> & Omit<Partial<RateWish>, 'shop'> & { maxTransitDays?: number };

function choose(offers: Offer[], { at = AT, deliverBy, choice, records, maxTransitDays = 6, ...rules }: Rules = {}) {
  const labels: Shop['labels'] = { rule: 'cheapest', preferred: [], maxDriftPercent: 20, format: 'pdf', ...rules };
  const chosen = chooseRate(offers, {
    shop: { labels, maxTransitDays },
    at,
    ...(deliverBy === undefined ? {} : { deliverBy }),
    ...(choice === undefined ? {} : { choice }),
    ...(records === undefined ? {} : { records }),
  });
  return chosen && [chosen.offer.service, chosen.reason];
}

describe('the cheapest', () => {
  it.each([
    [
      'arrives in time',
      [offer('slow', 300, 9), offer('ground', 500, 5), offer('express', 900, 1)],
      ['ground', 'cheapest'],
    ],
    ['may arrive on the last day', [offer('ground', 500, 6), offer('express', 900, 1)], ['ground', 'cheapest']],
    ['gives way to the fastest where none does', [offer('slow', 300, 12), offer('less', 900, 9)], ['less', 'late']],
    ['gives way to the cheaper of two as fast', [offer('dear', 900, 9), offer('cheap', 800, 9)], ['cheap', 'late']],
    ['is never one without a promise', [offer('none', 100, null), offer('ground', 500, 5)], ['ground', 'cheapest']],
    ['is one without a promise before none', [offer('none', 100, null)], ['none', 'late']],
    ['is nothing of nothing', [], undefined],
  ])('%s', (_promise, offers, expected) => {
    expect(choose(offers)).toEqual(expected);
  });
});

describe('a deadline for the delivery', () => {
  const offers = [offer('ground', 500, 3), offer('express', 900, 1)];

  it.each([
    ['counts the days from now', AT + 3 * DAY_MS + 1, 'ground'],
    ['is met strictly before its instant', AT + 3 * DAY_MS, 'express'],
    ['takes the place of the longest transit', AT + 30 * DAY_MS, 'ground'],
  ])('%s', (_promise, deliverBy, service) => {
    expect(choose(offers, { deliverBy, maxTransitDays: 1 })).toEqual([service, 'cheapest']);
  });

  it("goes by the carrier's own instant where it names one", () => {
    const deliverBy = AT + 2 * DAY_MS;
    const late = offer('late', 300, 1, { deliverBy: deliverBy + 1 });
    const named = offer('named', 400, null, { deliverBy: deliverBy - 1 });
    expect(choose([late, named, offer('dear', 900, 1)], { deliverBy })).toEqual(['named', 'cheapest']);
  });

  it('goes by the instant that is named where days are asked for and none are', () => {
    const named = offer('named', 400, null, { deliverBy: AT + 2 * DAY_MS });
    expect(choose([named, offer('dear', 900, 1)], { maxTransitDays: 2 })).toEqual(['named', 'cheapest']);
    expect(choose([named, offer('dear', 900, 1)], { maxTransitDays: 1 })).toEqual(['dear', 'cheapest']);
  });
});

describe('ties', () => {
  const same = [
    offer('b', 500, 3),
    offer('a', 500, 3),
    ups('a', 500, 3),
    offer('quick', 500, 2, { account: 'ups' }),
    offer('a', 500, 3, { carrier: 'Amazon', id: 'z' }),
  ];

  it('are broken by price, days, the order of accounts, and names', () => {
    expect(choose(same)).toEqual(['quick', 'cheapest']);
    const slow = same.filter(({ service }) => service !== 'quick');
    const first = chooseRate(slow, wishOf());
    expect(first?.offer).toMatchObject({ account: 'easypost', carrier: 'Amazon', service: 'a' });
  });

  it('are broken alike whatever order an account answers in', () => {
    const mixed = [offer('b', 500, 3), offer('a', 500, 3), offer('c', 500, 3)];
    for (let turn = 0; turn < 3; turn += 1) {
      mixed.push(...mixed.splice(0, 1));
      expect(choose([...mixed])).toEqual(['a', 'cheapest']);
    }
  });

  const wishOf = (): RateWish => ({
    shop: { labels: { rule: 'cheapest', preferred: [], maxDriftPercent: 20, format: 'pdf' }, maxTransitDays: 6 },
    at: AT,
  });
});

describe("the shop's rule", () => {
  const offers = [
    offer('ground', 500, 5),
    offer('priority', 800, 2),
    ups('ups ground', 700, 4),
    ups('ups air', 2_500, 1),
  ];

  it.each<[string, Rules, [string, string]]>([
    ['the fastest', { rule: 'fastest' }, ['ups air', 'fastest']],
    ['the fastest under the cap', { rule: 'fastest', maxPriceCents: 1_000 }, ['priority', 'fastest']],
    ['the fastest at the cap', { rule: 'fastest', maxPriceCents: 2_500 }, ['ups air', 'fastest']],
    ['the fastest where all are over the cap', { rule: 'fastest', maxPriceCents: 100 }, ['ups air', 'fastest']],
    [
      'the first preferred that is offered',
      { rule: 'preferred', preferred: [{ carrier: 'FedEx' }, { carrier: 'ups', service: 'UPS Ground' }] },
      ['ups ground', 'preferred'],
    ],
    [
      'the cheapest of a preferred carrier',
      { rule: 'preferred', preferred: [{ carrier: 'UPS', account: 'ups' }] },
      ['ups ground', 'preferred'],
    ],
    [
      'the next preferred where the first is over the cap',
      {
        rule: 'preferred',
        maxPriceCents: 1_000,
        preferred: [{ carrier: 'UPS', service: 'ups air' }, { carrier: 'UPS' }],
      },
      ['ups ground', 'preferred'],
    ],
    [
      'the cheapest where none preferred is offered',
      { rule: 'preferred', preferred: [{ carrier: 'UPS', account: 'easypost' }] },
      ['ground', 'preferredMissing'],
    ],
    [
      'the cheapest where the preferred would be late',
      { rule: 'preferred', maxTransitDays: 2, preferred: [{ carrier: 'UPS', service: 'ups ground' }] },
      ['priority', 'preferredMissing'],
    ],
  ])('takes %s', (_what, rules, expected) => {
    expect(choose(offers, rules)).toEqual(expected);
  });
});

describe('the reliable rule', () => {
  const offers = [offer('ground', 500, 5), ups('ups ground', 700, 4), offer('new', 400, 5, { carrier: 'OnTrac' })];
  const record = (...[carrier, service, onTime, parcels = 100]: [string, string, number, number?]) => ({
    ...{ carrier, service, parcels, onTime },
    ...{ stalls: 0, losses: 0 },
  });

  it.each([
    [
      'goes by the share that came on time',
      [record('USPS', 'ground', 90), record('UPS', 'ups ground', 97)],
      'ups ground',
    ],
    ['takes the cheaper of two as good', [record('USPS', 'ground', 97), record('UPS', 'ups ground', 97)], 'new'],
    [
      'counts shares of one percent as good',
      [record('USPS', 'ground', 970, 1_000), record('UPS', 'ups ground', 974, 1_000), record('OnTrac', 'new', 50)],
      'ground',
    ],
    ['takes the unknown before the bad', [record('USPS', 'ground', 60), record('UPS', 'ups ground', 60)], 'new'],
    [
      'takes the good before the unknown',
      [record('USPS', 'ground', 60), record('UPS', 'ups ground', 99)],
      'ups ground',
    ],
    [
      'does not go by 19 parcels',
      [record('USPS', 'ground', 80), record('UPS', 'ups ground', 0, 19), record('OnTrac', 'new', 79)],
      'ground',
    ],
  ])('%s', (_promise, records, service) => {
    expect(choose(offers, { rule: 'reliable', records })).toEqual([service, 'reliable']);
  });

  it('takes the cheapest where nothing is known', () => {
    const records = [record('USPS', 'ground', 19, 19)];
    expect(choose(offers, { rule: 'reliable', records })).toEqual(['new', 'reliableUnknown']);
    expect(choose(offers, { rule: 'reliable' })).toEqual(['new', 'reliableUnknown']);
  });
});

describe("a person's choice", () => {
  const offers = [offer('ground', 500, 5), offer('priority', 800, 2), ups('ground', 700, 9)];

  it.each<[LabelChoice, string | undefined]>([
    [{ service: 'priority' }, 'priority'],
    [{ carrier: 'usps' }, 'ground'],
    [{ account: 'ups' }, 'ground'],
    [{ account: 'UPS' }, undefined],
    [{ carrier: 'UPS', service: 'priority' }, undefined],
  ])('%j narrows before the rule', (choice, service) => {
    expect(choose(offers, { choice })).toEqual(service === undefined ? undefined : [service, 'person']);
  });

  it('that is empty is the rule again', () => {
    expect(choose(offers, { choice: {} })).toEqual(['ground', 'cheapest']);
  });
});
