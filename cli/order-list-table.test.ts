import { defaultShopId } from '../engine/sandbox-shop';
import { orderListLines } from './order-list-table';
import type { OrderList } from './order-list-table';

const order = {
  shopId: defaultShopId,
  orderId: '42',
  phase: 'toPack',
  open: true,
  attention: null,
  nextDeadline: { kind: 'shipBy', at: '2026-11-25T20:00:00.000Z' },
};

const listOf = (...data: OrderList['data']): OrderList => ({
  data,
  nextCursor: null,
  asOf: '2026-11-24T18:30:00.000Z',
});

const noClocks = new Map<string, number>();

describe('the list of orders', () => {
  it('tells the next deadline and the time left', () => {
    expect(orderListLines(listOf(order), noClocks, {})).toEqual([
      'ORDER  PHASE   NEXT DEADLINE (UTC)      TIME LEFT  ATTENTION',
      '42     toPack  shipBy 2026-11-25 20:00  1 d 1 h    -',
    ]);
  });

  it("counts the time left from the shop's own clock, and says so", () => {
    const clocks = new Map([[defaultShopId, Date.parse('2026-11-25T22:00:00Z')]]);
    const lines = orderListLines(listOf(order), clocks, {}).join('\n');
    expect(lines).toContain('overdue by 2 h 0 min');
    expect(lines).toContain(`The clock of sandbox shop ${defaultShopId} stands at 2026-11-25 22:00 UTC`);
  });

  it('names orders of other shops so that they can be shown', () => {
    expect(orderListLines(listOf({ ...order, shopId: '7' }), noClocks, {})[1]).toMatch(/^7\/42 /);
  });

  it('tells no deadline of an order that is over', () => {
    const [, row] = orderListLines(listOf({ ...order, open: false, phase: 'closed' }), noClocks, {});
    expect(row).toMatch(/^42 +closed +- +- +-$/);
  });

  it('says how to go on, narrowed in the same way', () => {
    const lines = orderListLines({ ...listOf(order), nextCursor: 'abc' }, noClocks, { phase: 'toPack' });
    expect(lines.at(-1)).toContain('shipclock order list --phase toPack --cursor abc');
  });

  it('says that there are none', () => {
    expect(orderListLines(listOf(), noClocks, {})).toEqual(['No such orders.']);
  });
});
