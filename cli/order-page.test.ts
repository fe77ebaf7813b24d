import type { Deadline, OrderAnswer } from './order-answer';
import { orderPageLines } from './order-page';

const now = Date.parse('2026-11-23T20:00:00Z');

const shipBy: Deadline = {
  name: 'shipBy',
  at: '2026-11-25T20:00:00.000Z',
  platformAt: null,
  local: 'Wed 25 Nov 12:00 PST',
  rule: '72 business hours',
  severity: 'limit',
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
  createdAt: '2026-11-22T20:00:00.000Z',
  holdEndsAt: null,
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

/** The cells of the one deadline, as the table has them. */
const deadlineCells = (page: string): string[] =>
  page
    .split('\n')
    .find((line) => line.startsWith('  shipBy'))
    ?.trim()
    .split(/ {2,}/) ?? [];

describe('the page of an order', () => {
  it('begins with where it stands and what to do', () => {
    expect(pageOf({}).split('\n').slice(0, 6)).toEqual([
      'Order 42, shop 7: toPack',
      'Ordered 2026-11-22 20:00 UTC.',
      'Next deadline: shipBy (a limit), 2026-11-25 20:00 UTC (2 d 0 h).',
      '',
      'To do',
      '  Nothing to do.',
    ]);
  });

  it("calls due what the platform calls due, and counts from the shop's own clock", () => {
    const agenda = [{ ...shipBy, platformAt: '2026-11-25T18:00:00.000Z' }];
    const page = pageOf({ agenda }, new Map([['7', Date.parse('2026-11-25T19:00:00Z')]]));
    expect(page).toContain('Next deadline: shipBy (a limit), 2026-11-25 18:00 UTC (overdue by 1 h 0 min).');
    expect(page).toContain('The clock of sandbox shop 7 stands at 2026-11-25 19:00 UTC');
  });

  it.each<[string, string, Partial<Deadline>]>([
    ['limit', 'open', { met: null }],
    ['limit', 'met', { met: true, metAt: shipBy.at }],
    ['limit', 'missed', { met: false }],
    ['limit', 'late', { met: false, metAt: shipBy.at }],
    ['target', 'passed', { met: false, severity: 'target' }],
    ['target', 'met later', { met: false, metAt: shipBy.at, severity: 'target' }],
  ])('says of a %s that it is %s', (kind, state, change) => {
    const page = pageOf({ agenda: [{ ...shipBy, ...change }] });
    const rule = '72 business hours: Wed 25 Nov 12:00 PST';
    expect(deadlineCells(page)).toEqual(['shipBy', kind, '2026-11-25 20:00', state, '2026-11-25 19:00', rule]);
    expect(page).toContain('A limit that is missed costs the order');
  });

  it('says that nothing is due of an order that is over', () => {
    expect(deadlineCells(pageOf({ outcome: 'buyerCancelled' }))[3]).toBe('no longer due');
  });

  const platformAt = '2026-11-25T18:00:00.000Z';
  const ours = '72 business hours';

  it.each<[string, string, Partial<Deadline>]>([
    ['2026-11-25 20:00, provisional', `${ours}: Wed 25 Nov 12:00 PST, provisional`, { provisional: true }],
    ['2026-11-25 18:00', `platform; ${ours} says Wed 25 Nov 12:00 PST`, { platformAt }],
    ['2026-11-25 18:00', `platform; ${ours} says Wed 25 Nov 12:00 PST, provisional`, { platformAt, provisional: true }],
    ['2026-11-25 20:00', `platform; ${ours} says the same`, { platformAt: '2026-11-25T20:00:20.000Z' }],
    ['2026-11-25 20:00', 'platform', { platformAt: shipBy.at, rule: 'platform' }],
  ])('says of what is due %s who says so: %s', (due, rule, change) => {
    const cells = deadlineCells(pageOf({ agenda: [{ ...shipBy, ...change }] }));
    expect([cells[2], cells[5]]).toEqual([due, rule]);
  });

  it('tells a target that passed from a limit that did, and goes on with what is next', () => {
    const packBy: Deadline = {
      ...shipBy,
      name: 'packBy',
      at: '2026-11-23T18:00:00.000Z',
      severity: 'target',
      met: false,
    };
    const next = 'Next deadline: shipBy (a limit), 2026-11-25 20:00 UTC (2 d 0 h).';
    const target =
      'Past a target: packBy, 2026-11-23 18:00 UTC. Nothing follows from that alone; what counts is the next limit.';
    expect(
      pageOf({ agenda: [shipBy, packBy] })
        .split('\n')
        .slice(2, 5),
    ).toEqual([target, next, '']);
    const both = pageOf({ agenda: [packBy, { ...shipBy, met: false }] });
    expect(both).toContain('Overdue: shipBy, 2026-11-25 20:00 UTC. Send it all the same');
    expect(both).not.toContain('Past a target');
    expect(pageOf({ agenda: [] })).toContain('No deadline is open.');
  });

  it("says until when the buyer may cancel, by the shop's own clock", () => {
    const held = { phase: 'onHold', holdEndsAt: '2026-11-23T20:45:00.000Z' };
    const page = pageOf(held);
    expect(page).toContain('The buyer may still cancel until 2026-11-23 20:45 UTC; next deadline: holdEnds (45 min).');
    expect(page).not.toContain('Next deadline: shipBy');
    const after = pageOf(held, new Map([['7', Date.parse('2026-11-23T21:00:00Z')]]));
    expect(after).toContain('The buyer could cancel until 2026-11-23 20:45 UTC; it goes on once');
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

  it.each(['handedOver', 'inTransit', 'delivered'])('does not say when it should leave once it is %s', (phase) => {
    const page = pageOf({ phase, shipOn: '2026-11-24', handover: { method: 'pickup', at: null } });
    expect(page).not.toMatch(/should leave|Handover planned/);
  });

  it('says who holds it and how it ended', () => {
    expect(pageOf({ heldBy: 'ana' })).toContain('Held by ana');
    expect(pageOf({ outcome: 'delivered' })).toContain('It is over: delivered.');
  });
});
