import { sampleOrder } from '../../stories/sample-order';
import { orderChanged, orderWorkflowId } from '../../workflows/messages';
import { must, type Check } from './check';

const SIZE = { sample: 500, all: 2_000 } as const;

/** An order that hears thousands of notices goes on in new runs and loses none of them, nor what was under way. */
export const signals: Check = async (floor, size) => {
  const stage = await floor.stage();
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.control('POST', '/faults', { route: 'easypost.buy', kind: 'serverError' });
  await stage.place(order);
  const handle = floor.client.workflow.getHandle(orderWorkflowId(stage.shopId, order.id));
  const first = (await handle.describe()).runId;
  const begun = await stage.now();
  // One after the other, so that each makes events of its own; the newest word is the last one.
  for (let i = 0; i < SIZE[size]; i++) {
    await handle.signal(orderChanged, { at: begun + i, status: 'awaitingShipment', via: 'webhook' });
  }
  await handle.signal('trackingChanged', { at: begun, trackingNumber: 'lost-and-found', meaning: 'inTransit' });
  await stage.control('DELETE', '/faults');
  await stage.advance(3_600_000);
  await stage.person(order.id, 'packed');
  const view = await stage.view(order.id);
  must('phase', view.phase, 'awaitingHandover');
  // The platform's own notices of the order are among them.
  must('messages heard, at least', view.heard >= SIZE[size] + 1, true);
  must('last message heard', view.timeline.filter(({ what }) => what === 'trackingUnknown').length, 1);
  must(
    'effects',
    (await stage.ledger()).map(({ kind }) => kind),
    ['labelBought', 'trackingUploaded'],
  );
  const now = await handle.describe();
  // A sample is too short to outgrow its first run.
  if (size === 'all') must('continued as new', now.runId !== first, true);
  return {
    signals: SIZE[size] + 1,
    historyOfLastRun: now.historyLength,
    continuedAsNew: String(now.runId !== first),
    heard: view.heard,
  };
};
