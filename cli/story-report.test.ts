import { storyReportLines } from './story-report';

it('tells a story with what it came to and what it did outside', () => {
  const at = '2026-11-25T20:00:00.000Z';
  const lines = storyReportLines({
    story: 'seller-on-time',
    shop: '7',
    outcome: 'delivered',
    appeal: 'won',
    filings: 2,
    orders: [{ order: '42', outcome: 'delivered', shipOn: '2026-11-24' }],
    phases: [{ phase: 'toPack', at }],
    deadlines: [
      { name: 'shipBy', at, platformAt: null, severity: 'limit', met: true, order: '42' },
      { name: 'autoCancelUnpacked', at, platformAt: null, severity: 'limit', met: null, order: '42' },
    ],
    alerts: [
      { key: 'b', orderId: '42', about: 'shipBy', tierMs: 0, raisedAt: at, kind: 'deadline' },
      {
        key: 'c',
        orderId: '',
        about: 'parcelsWithoutEvent',
        tierMs: null,
        raisedAt: '2026-11-25T06:00:00.000Z',
        kind: 'task',
      },
      {
        key: 'a',
        orderId: '42',
        about: 'shipBy',
        tierMs: 86_400_000,
        raisedAt: '2026-11-24T19:58:00.000Z',
        kind: 'deadline',
      },
    ],
    effects: [
      { kind: 'labelBought', at, ref: 'shp_1', order: '42', provider: 'easypost' },
      { kind: 'formCreated', at, ref: 'sf_1', order: null },
    ],
  });
  expect(lines).toEqual([
    'seller-on-time: delivered (shop 7)',
    'Appeal: won, filed 2 times',
    'Order 42 should leave on 2026-11-24.',
    '',
    'Phases (UTC)',
    '  2026-11-25 20:00:00  toPack',
    '',
    'Deadlines (UTC)',
    '  2026-11-25 20:00:00  shipBy              met            42',
    '  2026-11-25 20:00:00  autoCancelUnpacked  no longer due  42',
    '',
    'Alerts (UTC)',
    '  2026-11-24 19:58:00  deadline  shipBy               24 h before  42',
    '  2026-11-25 06:00:00  task      parcelsWithoutEvent',
    '  2026-11-25 20:00:00  deadline  shipBy               passed       42',
    '',
    'What it did outside (UTC)',
    '  2026-11-25 20:00:00  labelBought  easypost  42  shp_1',
    '  2026-11-25 20:00:00  formCreated                sf_1',
    'While it runs, see the whole order: npx shipclock order show 7/42',
  ]);
});

it('counts orders of one fate where they are many, and calls open what is open', () => {
  const at = '2026-11-25T20:00:00.000Z';
  const orders = ['1', '2', '3', '4'].map((order) => ({ order, outcome: 'delivered', shipOn: '2026-11-24' }));
  const deadline = { name: 'shipBy', at, platformAt: null, severity: 'limit' };
  const lines = storyReportLines({
    ...{ story: 's', shop: '7', outcome: 'open', appeal: 'none', filings: 0, phases: [], alerts: [], effects: [] },
    orders: [...orders, { order: '5', outcome: null, shipOn: null }],
    deadlines: [
      ...orders.map(({ order }) => ({ ...deadline, met: true, order })),
      { ...deadline, met: null, order: '5' },
    ],
  });
  expect(lines).toContain('4 orders should leave on 2026-11-24.');
  expect(lines.filter((line) => line.includes('shipBy'))).toEqual([
    '  2026-11-25 20:00:00  shipBy  met   4 orders',
    '  2026-11-25 20:00:00  shipBy  open  5',
  ]);
});
