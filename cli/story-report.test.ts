import { storyReportLines } from './story-report';

it('tells a story with what it came to and what it did outside', () => {
  const at = '2026-11-25T20:00:00.000Z';
  const lines = storyReportLines({
    story: 'seller-on-time',
    shop: '7',
    outcome: 'delivered',
    appeal: 'none',
    filings: 0,
    orders: [{ order: '42', outcome: 'delivered', shipOn: '2026-11-24' }],
    phases: [{ phase: 'toPack', at }],
    deadlines: [
      { name: 'shipBy', at, platformAt: null, severity: 'limit', met: true, order: '42' },
      { name: 'autoCancelUnpacked', at, platformAt: null, severity: 'limit', met: null, order: '42' },
    ],
    alerts: [{ key: 'k', orderId: '42', about: 'shipBy', tierMs: 1, raisedAt: at, kind: 'deadline' }],
    effects: [],
  });
  expect(lines).toEqual([
    'seller-on-time: delivered (shop 7)',
    'Appeal: none',
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
    '  2026-11-25 20:00:00  deadline  shipBy  42',
    '',
    'What it did outside (UTC)',
    '  -',
    'While it runs, see the whole order: npx shipclock order show 7/42',
  ]);
});
