import type { OrderAnswer } from './order-answer';
import { orderPageLines } from './order-page';

const now = Date.parse('2026-11-23T20:00:00Z');

const shipBy = {
  name: 'shipBy',
  at: '2026-11-25T20:00:00.000Z',
  platformAt: null,
  local: 'Wed 25 Nov 12:00 PST',
  rule: '72 business hours',
  provisional: false,
  workBy: '2026-11-25T19:00:00.000Z',
  met: null,
  metAt: null,
};

const order: OrderAnswer = {
  shopId: '7',
  orderId: '42',
  phase: 'toPack',
  outcome: null,
  heldBy: null,
  shipOn: null,
  handover: null,
  agenda: [shipBy],
  packages: {
    '1': {
      label: { status: 'none' },
      upload: { status: 'none' },
      tracking: { meaning: 'none' },
      manifest: { status: 'none' },
    },
  },
  toDo: [],
  timeline: [{ at: '2026-11-22T20:00:00.000Z', sentence: 'The order came in.' }],
  links: { temporal: 'http://127.0.0.1:8233/namespaces/shipclock/workflows/order%3A7%3A42' },
};

const pageOf = (change: Partial<OrderAnswer>, clocks = new Map<string, number>()): string =>
  orderPageLines({ ...order, ...change }, clocks, now).join('\n');

describe('the page of an order', () => {
  it('begins with where it stands and what to do', () => {
    expect(pageOf({}).split('\n').slice(0, 5)).toEqual([
      'Order 42, shop 7: toPack',
      'Next deadline: shipBy, Wed 25 Nov 12:00 PST (2 d 0 h).',
      '',
      'To do',
      '  Nothing to do.',
    ]);
  });

  it("calls due what the platform calls due, and counts from the shop's own clock", () => {
    const agenda = [{ ...shipBy, platformAt: '2026-11-25T18:00:00.000Z' }];
    const page = pageOf({ agenda }, new Map([['7', Date.parse('2026-11-25T19:00:00Z')]]));
    expect(page).toContain('Next deadline: shipBy, 2026-11-25 18:00 UTC (overdue by 1 h 0 min).');
    expect(page).toContain('The clock of sandbox shop 7 stands at 2026-11-25 19:00 UTC');
  });

  it.each([
    ['open', { met: null }, null],
    ['met', { met: true, metAt: shipBy.at }, null],
    ['missed', { met: false }, null],
    ['late', { met: false, metAt: shipBy.at }, null],
    ['no longer due', { met: null }, 'buyerCancelled'],
  ])('says of a deadline that it is %s', (state, change, outcome) => {
    const page = pageOf({ agenda: [{ ...shipBy, ...change }], outcome });
    expect(page).toMatch(new RegExp(`shipBy +Wed 25 Nov 12:00 PST +${state} +2026-11-25 19:00 +72 business hours`));
  });

  it('shows the label of each parcel and why one was refused', () => {
    const upload = { status: 'none' };
    const page = pageOf({
      packages: {
        '1': {
          label: { status: 'bought', carrier: 'USPS', trackingNumber: '9400' },
          upload: { status: 'done' },
          tracking: { meaning: 'accepted' },
          manifest: { status: 'formed', date: '2026-11-25' },
          appeal: { status: 'filed', caseNumber: 'A1' },
        },
        '2': {
          label: { status: 'refused', reason: 'no funds' },
          upload,
          tracking: { meaning: 'none' },
          manifest: { status: 'none' },
        },
      },
    });
    expect(page).toMatch(/1 +bought +USPS 9400 +done +of 2026-11-25: formed +accepted +filed A1/);
    expect(page).toMatch(/2 +refused \(no funds\) +- +- +- +- +-/);
  });

  it('says when it should leave, and how people planned to hand it over', () => {
    const handover = { method: 'pickup', at: '2026-11-25T20:00:00.000Z' };
    const page = pageOf({ shipOn: '2026-11-24', handover });
    expect(page).toContain('By the cut-off it should leave on 2026-11-24.');
    expect(page).toContain('Handover planned: pickup, 2026-11-25 20:00 UTC.');
  });

  it('says who holds it and how it ended', () => {
    expect(pageOf({ heldBy: 'ana' })).toContain('Held by ana');
    expect(pageOf({ outcome: 'delivered' })).toContain('It is over: delivered.');
  });
});
