import type { OrderFacts } from '../order/facts';
import { newsOf, type Changed, type Known } from './heard';

const AT = Date.UTC(2026, 10, 23, 18);

const changed = (facts: Partial<OrderFacts>, updatedAt = AT): Changed => ({
  updatedAt,
  facts: { status: 'awaitingShipment', statusAt: AT, cancelRequested: false, ...facts },
});

const told = (one: Changed, known: Known): unknown => {
  const news = newsOf(one, known);
  return news && { isMissed: news.isMissed, status: news.notice.status, about: news.notice.about };
};

describe('what an order is told by the sweep', () => {
  it.each<[string, Partial<OrderFacts>, string]>([
    ['its status', { status: 'awaitingShipment' }, 'toPack'],
    ['its status, on hold', { status: 'unpaid' }, 'onHold'],
    ['a further phase, by the carrier', { status: 'awaitingCollection' }, 'inTransit'],
    ['its end', { status: 'cancelled' }, 'cancelled'],
    ['its end by loss, which the platform calls cancelled', { status: 'cancelled' }, 'lost'],
  ])('is nothing where lists show %s', (_what, facts, shownPhase) => {
    expect(newsOf(changed(facts), { shownPhase })).toBeUndefined();
  });

  it.each<[string, Partial<OrderFacts>, string | undefined]>([
    ['is not open here', {}, undefined],
    ['is shown in an earlier phase', { status: 'awaitingShipment' }, 'onHold'],
    ['was cancelled and is shown as open', { status: 'cancelled' }, 'toPack'],
    ['is shown in a phase that nobody knows', {}, 'elsewhere'],
  ])('is its status where it %s', (_what, facts, shownPhase) => {
    const { status = 'awaitingShipment' } = facts;
    expect(newsOf(changed(facts), { shownPhase })).toEqual({
      isMissed: true,
      notice: { at: AT, status, via: 'sweep' },
    });
  });

  it('is to read itself again where the buyer asks for something, though its phase is shown', () => {
    const hidden = { isMissed: false, status: 'awaitingShipment', about: 'afterSale' };
    expect(told(changed({ cancelRequested: true }), { shownPhase: 'toPack' })).toEqual(hidden);
    const afterSale = { kind: 'refund', id: '1' } as const;
    expect(told(changed({ afterSale }), { shownPhase: 'toPack' })).toEqual(hidden);
  });

  it('is to read itself again where something else than its status changed and the parcel is in our hands', () => {
    const known = { shownPhase: 'toPack', lastStatus: 'awaitingShipment' } as const;
    expect(told(changed({}), known)).toMatchObject({ isMissed: false, about: 'afterSale' });
    const underWay = changed({ status: 'inTransit' });
    expect(told(underWay, { shownPhase: 'inTransit', lastStatus: 'inTransit' })).toBeUndefined();
  });

  it('is dated by the reading, and read again, where the reading is behind the list', () => {
    const news = newsOf(changed({ status: 'onHold', statusAt: AT }, AT + 1_000), { shownPhase: 'onHold' });
    expect(news).toEqual({ isMissed: false, notice: { at: AT, status: 'onHold', via: 'sweep', about: 'afterSale' } });
  });
});
