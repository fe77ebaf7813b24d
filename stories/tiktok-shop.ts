import { storyWords } from '../words/stories';
import { formScanned, moves, movedAndDelivered, onItsWay, packedSameDay, placed } from './moves';
import { sampleOrder } from './sample-order';
import { DAY_MS, HOUR_MS, type Story } from './story';

/** What a live shop does to its orders. */

/** More than any story has. */
const EVERY_WEBHOOK = 100_000;

export const webhooksAllLost: Story = {
  name: 'webhooks-all-lost',
  about: storyWords.webhooksAllLost,
  settings: { sweep: { dayMinutes: 120, nightMinutes: 240 } },
  play: async (stage) => {
    await stage.control('POST', '/webhook-faults', { drop: EVERY_WEBHOOK });
    await stage.sweepNow();
    const order = sampleOrder({ createdAt: await stage.now() });
    // Nobody tells us of it: the buyer orders, and the sweep finds it.
    await stage.control('PUT', `/orders/${order.id}`, order);
    await packedSameDay(stage, order.id);
    await formScanned(stage, order.id);
    await moves(stage, order.id);
    await stage.advance(2 * DAY_MS);
    await stage.control('POST', `/orders/${order.id}/carrier`, { status: 'delivered' });
    await stage.advance(DAY_MS);
    await stage.control('POST', `/orders/${order.id}/status`, { status: 'COMPLETED' });
    await stage.advance(5 * HOUR_MS);
    return [order.id];
  },
};

export const addressChangedAfterLabel: Story = {
  name: 'address-changed-after-label',
  about: storyWords.addressChangedAfterLabel,
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.control('POST', `/orders/${id}/address`, {});
    await stage.settle();
    await packedSameDay(stage, id);
    await formScanned(stage, id);
    await movedAndDelivered(stage, id);
    return [id];
  },
};

export const combinedOrder: Story = {
  name: 'combined-order',
  about: storyWords.combinedOrder,
  settings: { combine: 'auto' },
  play: async (stage) => {
    const createdAt = await stage.now();
    const group = { auto_combine_group_id: '7301234567890123456' };
    const [one, other] = [sampleOrder({ createdAt, ...group }), sampleOrder({ createdAt, ...group })];
    await stage.place(one, other);
    const [owner, member] = [one.id, other.id].sort();
    if (owner === undefined || member === undefined) throw new Error(storyWords.noOwner);
    await packedSameDay(stage, owner);
    await stage.person(member, 'packed');
    await formScanned(stage, owner);
    await moves(stage, owner);
    // One parcel, and the platform counts each of its orders by the same number.
    await stage.advance(2 * DAY_MS);
    await stage.control('POST', `/orders/${owner}/carrier`, { status: 'delivered' });
    await stage.advance(DAY_MS);
    for (const id of [owner, member]) await stage.control('POST', `/orders/${id}/status`, { status: 'COMPLETED' });
    await stage.settle();
    return [owner, member];
  },
};

export const splitParcels: Story = {
  name: 'split-parcels',
  about: storyWords.splitParcels,
  play: async (stage) => {
    const order = sampleOrder({ createdAt: await stage.now() });
    const [item] = order['line_items'] as { id: string }[];
    const items = [item, { ...item, id: `${item?.id ?? ''}1` }];
    await stage.place({ ...order, line_items: items });
    const { id } = order;
    await stage.person(id, 'split', { parcels: items.map((each) => [each?.id]) });
    await stage.advance(5 * HOUR_MS);
    await stage.person(id, 'packed', { package: '1' });
    await stage.person(id, 'packed', { package: '2' });
    await stage.closeForm(id);
    await stage.person(id, 'handed-over', { package: '1' });
    await stage.advance(HOUR_MS);
    await stage.person(id, 'handed-over', { package: '2' });
    const numbers = Object.values((await stage.view(id)).packages).map(({ label }) => label.trackingNumber);
    await scanned(stage, { id, numbers, status: 'in_transit' });
    await stage.advance(2 * DAY_MS);
    await scanned(stage, { id, numbers, status: 'delivered' });
    await stage.advance(DAY_MS);
    await stage.control('POST', `/orders/${id}/status`, { status: 'COMPLETED' });
    await stage.settle();
    return [id];
  },
};

type Scanned = { id: string; numbers: (string | undefined)[]; status: string };

/** The carrier's scan of every parcel of an order, one after the other. */
async function scanned(stage: Parameters<Story['play']>[0], { id, numbers, status }: Scanned): Promise<void> {
  for (const trackingNumber of numbers) {
    await stage.control('POST', `/orders/${id}/carrier`, { status, trackingNumber });
  }
  await stage.settle();
}

export const buyerCancelAfterHandover: Story = {
  name: 'buyer-cancel-after-handover',
  about: storyWords.buyerCancelAfterHandover,
  play: async (stage) => {
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await formScanned(stage, id);
    await stage.control('POST', `/orders/${id}/buyer-cancel`, { request: true });
    await stage.settle();
    await movedAndDelivered(stage, id);
    return [id];
  },
};

export const platformCancelAfterHandover: Story = {
  name: 'platform-cancel-after-handover',
  about: storyWords.platformCancelAfterHandover,
  play: async (stage) => {
    const id = await onItsWay(stage);
    await stage.advance(3 * DAY_MS);
    await stage.control('POST', `/orders/${id}/cancel`, { by: 'SYSTEM', reason: 'system_cancel_order_untracked' });
    await stage.advance(HOUR_MS);
    await stage.decide(id, 'won');
    await stage.advance(2 * DAY_MS);
    return [id];
  },
};

export const returnedToSender: Story = {
  name: 'returned-to-sender',
  about: storyWords.returnedToSender,
  play: async (stage) => {
    const id = await onItsWay(stage);
    await stage.advance(2 * DAY_MS);
    await stage.control('POST', `/orders/${id}/carrier`, { status: 'return_to_sender' });
    await stage.advance(DAY_MS);
    await stage.control('POST', `/orders/${id}/cancel`, {
      by: 'SYSTEM',
      reason: 'returned_to_shipper_no_such_address',
    });
    await stage.settle();
    return [id];
  },
};

export const shopDeauthorised: Story = {
  name: 'shop-deauthorised',
  about: storyWords.shopDeauthorised,
  staysOpen: true,
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.control('POST', '/deauthorise', {});
    await stage.settle();
    await stage.until(async () => (await stage.connection()) === 'deauthorised');
    await packedSameDay(stage, id);
    await stage.advance(HOUR_MS);
    return [id];
  },
};
