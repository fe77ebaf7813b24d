import { bought, facts, handle, HOUR, labelled, listed, opened, T0, uploaded, type Played } from './played';

const ready = facts('awaitingShipment');
const kinds = (order: Played): string[] => order.state.attention.map(({ kind }) => kind);

describe('a shop that is only watched', () => {
  it('has nothing written, and goes on when it is let go', () => {
    const order = opened('onHold').reread(1, { facts: ready, mode: 'watch' });
    expect(order.started).toEqual([]);
    expect(order.ordered('cancelOrder', 1).turn.verdicts[0]?.reason).toMatch(/only watched/);
    expect(order.reread(2, { facts: ready }).started).toEqual(['prepareLabel:1:1']);
  });

  it('adopts what another tool did', () => {
    const order = opened('onHold').reread(1, {
      facts: { ...ready, tracking: { number: '1Z9', carrier: 'UPS' } },
      mode: 'watch',
    });
    expect(order.state.packages['1']?.label).toMatchObject({ status: 'adopted', trackingNumber: '1Z9' });
  });

  it('keeps an order whose money is still to be asked back', () => {
    const order = labelled().reread(2, { facts: ready, mode: 'watch' }).noticed('cancelled', 3);
    const cancelled = facts('cancelled', { cancelledBy: 'buyer', statusAt: T0 + 3 * HOUR });
    order.answered('loadOrder', { kind: 'loaded', facts: cancelled, mode: 'watch' }, 3);
    expect(order.started).toEqual([]);
    expect(order.state.ended).toBeUndefined();
    expect(order.reread(4, { facts: cancelled }).started).toEqual(['voidLabel:1:1']);
  });
});

describe('a shop where a person has the word', () => {
  it('waits with every order until it is let go on', () => {
    const order = opened('onHold').reread(1, { facts: ready, mode: 'assist' });
    expect(order.started).toEqual([]);
    expect(kinds(order)).toContain('awaitsApproval');
    expect(order.ordered('approveOrder', 2).started).toEqual(['prepareLabel:1:1']);
    expect(kinds(order)).not.toContain('awaitsApproval');
    expect(order.reread(3, { facts: ready, mode: 'assist' }).state.attention).toEqual([]);
  });

  it('has nothing to approve where it acts by itself', () => {
    expect(labelled().ordered('approveOrder', 2).turn.verdicts[0]?.accepted).toBe(false);
  });
});

describe('what the sweep tells', () => {
  it('is said to have been missed by the webhooks', () => {
    const at = T0 + HOUR;
    const order = opened('onHold').then({
      kind: 'noticed',
      at,
      notice: { at, status: 'awaitingShipment', via: 'sweep' },
    });
    expect(order.state.timeline.map(({ what }) => what)).toContain('webhookMissed');
    expect(order.started).toEqual(['prepareLabel:1:1']);
  });

  it('is nothing where they had told it', () => {
    const at = T0 + HOUR;
    const order = opened('onHold').noticed('awaitingShipment', 1);
    order.then({ kind: 'noticed', at, notice: { at, status: 'awaitingShipment', via: 'sweep' } });
    expect(order.state.timeline.map(({ what }) => what)).not.toContain('webhookMissed');
  });
});

describe('ends that cost money', () => {
  it('a full refund before the handover has the label voided', () => {
    const order = uploaded().noticed('awaitingCollection', 2);
    order.reread(3, { facts: facts('completed', { refunded: true, statusAt: T0 + 3 * HOUR }) });
    expect(order.started).toEqual(['voidLabel:1:1']);
    order.answered('voidLabel:1:1', { kind: 'voided' }, 3);
    expect(order.state.ended?.outcome).toBe('refunded');
  });

  it('a full refund after the handover is a task', () => {
    const order = uploaded().noticed('awaitingCollection', 2).ordered('markHandedOver', 3);
    order.reread(4, { facts: facts('completed', { refunded: true, statusAt: T0 + 4 * HOUR }) });
    expect(kinds(order)).toEqual(['refundedOnTheWay']);
    expect(order.started).not.toContain('voidLabel:1:1');
  });

  it('a platform that cancels what the carrier has opens a case at once', () => {
    const order = listed();
    const manifest = order.state.packages['1']?.manifest;
    if (manifest !== undefined) Object.assign(manifest, { status: 'scanned', scannedAt: T0 + 5 * HOUR });
    order.then({
      kind: 'tracked',
      at: T0 + 20 * HOUR,
      notice: { at: T0 + 20 * HOUR, trackingNumber: '9400', meaning: 'accepted' },
    });
    const cancelled = facts('cancelled', { cancelledBy: 'platform', statusAt: T0 + 60 * HOUR });
    order.reread(60, { facts: cancelled });
    const news = order.turn.start.flatMap(({ command }) => (command.kind === 'tellAppeal' ? command.news : []));
    expect(news.map(({ kind }) => kind)).toEqual(['opened', 'limitBroken', 'moved']);
    expect(order.started.filter((id) => id.startsWith('void'))).toEqual([]);
  });

  it('uploads as soon as the label is bought where the shop says so', () => {
    const order = opened('awaitingShipment').answered('prepareLabel:1:1', { kind: 'prepared', handle });
    if (order.state.plan !== undefined) order.state.plan.uploadOn = 'bought';
    expect(order.answered('buyLabel:1:1', bought).started).toEqual(['uploadTracking:1']);
  });
});
