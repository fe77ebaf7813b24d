import { formScanned, moves, movedAndDelivered, packedSameDay } from '../../stories/moves';
import type { Stage } from '../../stories/stage';
import { DAY_MS, HOUR_MS } from '../../stories/story';
import type { Buyer } from './canaries';

/** A shop of its own in which orders of made-up people go one way. */
export type Hunt = {
  stage: Stage;
  /** Places an order of the next buyer. */
  place: (more?: Record<string, unknown>) => Promise<{ id: string; of: Buyer }>;
  next: () => Buyer;
  /** Searches everything now, in the middle of it. */
  look: () => Promise<void>;
};

export type CanaryPath = (hunt: Hunt) => Promise<void>;

const faulty =
  (kind: string): CanaryPath =>
  async ({ stage, place, look }) => {
    for (const route of ['easypost.createShipment', 'easypost.buy', 'easypost.getShipment', 'tiktok.getOrder']) {
      // What is refused on every call would never come to an order at all.
      if (route === 'tiktok.getOrder' && kind !== 'html502') continue;
      await stage.control('POST', '/faults', { route, kind, times: 2 });
    }
    const { id } = await place({ status: 'AWAITING_SHIPMENT' });
    await look();
    await stage.advance(HOUR_MS);
    await stage.control('POST', '/faults', { route: 'tiktok.markShipped', kind: 'warning', times: 1 });
    await stage.person(id, 'packed').catch(() => undefined);
    await stage.settle();
  };

/** The platform is down for good: the messages of attempts that are still to be repeated are searched. */
const platformDown: CanaryPath = async ({ stage, place, look }) => {
  const { id } = await place();
  await stage.advance(3 * HOUR_MS);
  await stage.control('POST', '/faults', { route: 'tiktok.*', kind: 'serverError' });
  await stage.person(id, 'packed');
  await look();
};

const wholeLife: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await movedAndDelivered(stage, id);
};

const addressChange: CanaryPath = async ({ stage, place, next }) => {
  const { id } = await place();
  await stage.advance(2 * HOUR_MS);
  await stage.control('POST', `/orders/${id}/address`, next().recipient);
  await stage.settle();
  await packedSameDay(stage, id);
};

const split: CanaryPath = async ({ stage, place }) => {
  const items = ['1', '2'].map((end) => ({ id: `57647700000000001${end}`, product_name: 'Blue mug', sku_id: '1' }));
  const { id } = await place({ line_items: items });
  await stage.person(id, 'split', { parcels: items.map((item) => [item.id]) });
  await stage.advance(5 * HOUR_MS);
  await stage.person(id, 'packed', { package: '1' });
  await stage.person(id, 'packed', { package: '2' });
};

const combined: CanaryPath = async ({ stage, place, next }) => {
  const group = { auto_combine_group_id: '7301234567890123456', ...next().fields };
  const [one, other] = [await place(group), await place(group)];
  await stage.advance(5 * HOUR_MS);
  for (const { id } of [one, other]) await stage.person(id, 'packed');
};

const buyerAsks: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await stage.control('POST', `/orders/${id}/buyer-cancel`, { request: true });
  await stage.settle();
  await movedAndDelivered(stage, id);
};

const buyerCancels: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await stage.advance(2 * HOUR_MS);
  await stage.control('POST', `/orders/${id}/buyer-cancel`, {});
  await stage.settle();
};

const returned: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await moves(stage, id);
  await stage.control('POST', `/orders/${id}/return`, { type: 'REFUND' });
  await stage.settle();
  await stage.advance(DAY_MS / 2);
};

/** Carriers write down why a parcel could not be handed over, with whatever the driver typed. */
const carrierComplains: CanaryPath = async ({ stage, place }) => {
  const { id, of } = await place();
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await moves(stage, id);
  const message = `Nobody at ${of.street}, call ${of.phone}`;
  for (const status of ['failure', 'return_to_sender']) {
    await stage.control('POST', `/orders/${id}/carrier`, { status, message, statusDetail: 'address_issue' });
    await stage.advance(HOUR_MS);
  }
};

/** The parcel stands still after its form was scanned: the case gathers what was kept of it. */
const stalls: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await stage.advance(12 * DAY_MS);
};

const deauthorised: CanaryPath = async ({ stage, place }) => {
  const { id } = await place();
  await stage.advance(2 * HOUR_MS);
  await stage.control('POST', '/deauthorise', {});
  await stage.settle();
  await stage.until(async () => (await stage.connection()) === 'deauthorised');
  await packedSameDay(stage, id);
};

const swept: CanaryPath = async ({ stage, place }) => {
  await stage.control('POST', '/webhook-faults', { drop: 1_000 });
  const { id } = await place();
  await stage.sweepNow();
  await stage.person(id, 'hold');
};

/** Every way that an order of ours goes; those that fail in the most places come first. */
export const PATHS: Record<string, CanaryPath> = {
  refuse: faulty('refuse'),
  html502: faulty('html502'),
  commitThenCut: faulty('commitThenCut'),
  addressChange,
  split,
  carrierComplains,
  deauthorised,
  platformDown,
  combined,
  buyerAsks,
  buyerCancels,
  returned,
  wholeLife,
  stalls,
  swept,
};
