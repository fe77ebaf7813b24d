import { facts, HOUR, labelled, opened, T0, uploaded, type Played } from './played';

const asked = { kind: 'cancel', id: 'c1', answerBy: T0 + 30 * HOUR } as const;
const tracking = { number: '9400', carrier: 'USPS' };
const asks = (order: Played, hour: number, more = {}): Played =>
  order.reread(
    hour,
    {
      facts: { ...(order.state.facts ?? facts('awaitingShipment')), cancelRequested: true, afterSale: asked, ...more },
      hasAskedAfterSale: true,
    },
    'afterSale',
  );
const kinds = (order: Played): string[] => order.state.attention.map(({ kind }) => kind);

describe('a buyer who asks to cancel', () => {
  it('is asked about at the platform’s list of requests', () => {
    const order = labelled().then({ kind: 'noticed', at: T0, notice: { at: T0, via: 'webhook', about: 'afterSale' } });
    expect(order.turn.start.map(({ command }) => command)).toEqual([
      { kind: 'loadOrder', first: false, plan: false, afterSale: true },
    ]);
  });

  it('stops everything until somebody has answered, and warns before the platform does', () => {
    const order = asks(labelled(), 2).ordered('markPacked', 2);
    expect(order.turn.verdicts[0]?.accepted).toBe(false);
    expect(order.state.plan?.deadlines.find(({ name }) => name === 'answerCancelBy')).toMatchObject({
      at: T0 + 30 * HOUR,
    });
    expect(order.woke(27).state.attention).toContainEqual(
      expect.objectContaining({ kind: 'deadlineNear', about: 'answerCancelBy' }),
    );
  });

  it('is answered by a person, once, and the order is read again', () => {
    const order = asks(labelled(), 2).ordered('approveCancel', 2);
    expect(order.started).toContain('answerCancel');
    order.answered('answerCancel', { kind: 'answered' }, 2);
    expect(order.started).toEqual(['loadOrder']);
  });

  it('is told no by itself once the parcel is with the carrier', () => {
    const order = uploaded().noticed('awaitingCollection', 2).ordered('markHandedOver', 3);
    asks(order, 4, { tracking });
    expect(order.turn.start.map(({ command }) => command)).toContainEqual({
      kind: 'answerCancel',
      requestId: 'c1',
      decision: 'reject',
    });
    order.answered('answerCancel', { kind: 'answered' }, 4);
    order.answered(
      'loadOrder',
      { kind: 'loaded', facts: facts('awaitingCollection', { tracking }), hasAskedAfterSale: true },
      4,
    );
    expect(order.started).toEqual([]);
    expect(kinds(order)).toEqual([]);
    expect(order.state.plan?.deadlines.some(({ name }) => name === 'answerCancelBy')).toBe(false);
  });

  it('is a person’s matter where the platform does not take the answer', () => {
    const order = asks(labelled(), 2)
      .ordered('rejectCancel', 2)
      .answered('answerCancel', { kind: 'refused', reason: '25001021' }, 2);
    expect(kinds(order)).toContain('cancelAnswerRefused');
    expect(order.started).toEqual([]);
  });

  it('is not told yes while no is on its way', () => {
    const order = asks(labelled(), 2).ordered('rejectCancel', 2).ordered('approveCancel', 2);
    expect(order.turn.verdicts[0]?.accepted).toBe(false);
  });

  it('has another last instant when it asks again', () => {
    const order = asks(labelled(), 2).ordered('rejectCancel', 2).answered('answerCancel', { kind: 'answered' }, 2);
    order.answered('loadOrder', { kind: 'loaded', facts: facts('awaitingShipment'), hasAskedAfterSale: true }, 2);
    asks(order, 3, { afterSale: { kind: 'cancel', id: 'c2', answerBy: T0 + 40 * HOUR } });
    expect(order.woke(37).state.attention).toContainEqual(
      expect.objectContaining({ kind: 'deadlineNear', about: 'answerCancelBy' }),
    );
  });

  it('is looked after: the word that it took its request back may be lost', () => {
    const order = asks(labelled(), 2).woke(3);
    expect(order.turn.start.map(({ command }) => command)).toContainEqual(expect.objectContaining({ afterSale: true }));
  });

  it('has nothing to be answered where nothing was asked', () => {
    expect(labelled().ordered('rejectCancel', 2).turn.verdicts[0]?.accepted).toBe(false);
  });
});

describe('a buyer who asks for a refund', () => {
  it('stops the purchase while it is open, also where a later reading did not look for it', () => {
    const open = { kind: 'refund', id: 'r1' } as const;
    const order = opened('onHold').reread(
      1,
      { facts: facts('onHold', { afterSale: open }), hasAskedAfterSale: true },
      'afterSale',
    );
    order.noticed('awaitingShipment', 2).reread(2, { facts: facts('awaitingShipment', { statusAt: T0 + 2 * HOUR }) });
    expect(order.started).toEqual([]);
    expect(kinds(order)).toContain('afterSaleOpen');
    order.reread(
      3,
      { facts: facts('awaitingShipment', { statusAt: T0 + 2 * HOUR }), hasAskedAfterSale: true },
      'afterSale',
    );
    expect(order.started).toEqual(['prepareLabel:1:1']);
  });
});
