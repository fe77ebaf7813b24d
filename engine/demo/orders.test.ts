import { mapOrder } from '../../adapters/tiktok-shop/map';
import { WireOrder } from '../../contracts/platform-order';
import { dueAt } from '../../domain/order/facts';
import type { Deadline, OrderFacts } from '../../domain/order/facts';
import { planOrder } from '../../domain/time/plan';
import { holidaysFor, policyFor } from '../../policies/us';
import { carrierOf } from '../../sandbox/easypost/tracking-number';
import { demoOrders, onScannedForm } from './orders';

const HOUR_MS = 3_600_000;

const shipFrom = {
  id: 'main',
  zone: 'America/Los_Angeles',
  workdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  closures: [],
  cutoffTime: '12:00',
};

/** Every fifth hour of two weeks with a holiday in them, so that each hour of each weekday comes. */
const instants = Array.from(
  { length: 70 },
  (_, index) => Date.parse('2026-11-16T00:10:00-08:00') + index * 5 * HOUR_MS,
);

type Placed = { id: string; facts: OrderFacts; status: string; deadlines: Deadline[]; flags: readonly string[] };

function placedAt(at: number): Placed[] {
  return demoOrders.map(({ id, draft }) => {
    const wire = WireOrder.parse(draft(at));
    const { facts } = mapOrder(wire);
    const policy = policyFor('seed', facts.createdAt);
    if (policy === undefined) throw new Error('no seed');
    const { deadlines, flags = [] } = planOrder({
      facts,
      policy,
      holidays: holidaysFor(policy),
      shipFrom,
      tzdata: 'test',
    });
    return { id, facts, status: wire.status, deadlines, flags };
  });
}

/** The orders to pack whose next deadline lies within a span of hours from an instant. */
const dueWithin = (orders: readonly Placed[], at: number, [from, until]: readonly [number, number]): string[] =>
  orders
    .filter(({ status }) => status === 'AWAITING_SHIPMENT')
    .filter(({ deadlines }) => {
      const next = Math.min(...deadlines.map(dueAt));
      return next >= at + from * HOUR_MS && next < at + until * HOUR_MS;
    })
    .map(({ id }) => id);

describe('the orders of the demo shop', () => {
  it('are at least 24, of every kind, each with an id of its own', () => {
    const orders = placedAt(instants[0] ?? 0);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    expect(orders.length).toBeGreaterThanOrEqual(24);
    expect(orders.every(({ id }) => /^5765\d{14}$/.test(id))).toBe(true);
    const kinds = new Set(orders.map(({ facts }) => `${facts.orderType}/${facts.shippingType}/${facts.fulfilledBy}`));
    expect([...kinds].sort()).toEqual([
      'back-order/seller/seller',
      'made-to-order/seller/seller',
      'pre-sale/platform/seller',
      'pre-sale/seller/seller',
      'standard/platform/platform',
      'standard/platform/seller',
      'standard/seller/seller',
    ]);
    expect(onScannedForm.every((id) => orders.some((one) => one.id === id))).toBe(true);
  });

  it('hold something late, something due within 4 h and something due within a day, whenever the shop is opened', () => {
    for (const at of instants) {
      const orders = placedAt(at);
      expect(dueWithin(orders, at, [-Infinity, 0])).toContain('576500000000000004');
      expect(dueWithin(orders, at, [0, 4]).length).toBeGreaterThanOrEqual(2);
      expect(dueWithin(orders, at, [4, 24]).length).toBeGreaterThanOrEqual(1);
    }
  });

  it('are late in one place only, but for those that the platform cancels', () => {
    for (const at of instants) {
      const late = dueWithin(placedAt(at), at, [-Infinity, 0]);
      expect(late.filter((id) => !['04', '31', '42'].includes(id.slice(-2)))).toEqual([]);
    }
  });

  it('met every limit on their way, so that they tell of no lateness that was none', () => {
    for (const at of instants) {
      for (const { id, status, facts, deadlines } of placedAt(at)) {
        if (status !== 'IN_TRANSIT') continue;
        const missed = deadlines.filter((one) => one.metBy !== 'delivered' && dueAt(one) <= facts.statusAt);
        expect([id, missed.map(({ name }) => name)]).toEqual([id, []]);
      }
    }
  });

  it('are announced 3 to 30 business days ahead where their kind is announced at all', () => {
    for (const at of instants) {
      const flagged = placedAt(at).filter(({ flags }) => flags.length > 0);
      expect(flagged.map(({ id, flags }) => [id, flags])).toEqual([]);
    }
  });

  it('are the same whenever they are written from the same instant, and have numbers that a carrier could read', () => {
    const at = instants[3] ?? 0;
    for (const { draft } of demoOrders) {
      expect(draft(at)).toEqual(draft(at));
      const number = WireOrder.parse(draft(at)).tracking_number;
      if (number !== undefined) expect(carrierOf(number)).toBe('USPS');
    }
  });
});
