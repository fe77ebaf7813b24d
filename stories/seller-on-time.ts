import { storyWords } from '../words/stories';
import { sampleOrder } from './sample-order';
import { DAY_MS, HOUR_MS, type Story } from './story';

export const sellerOnTime: Story = {
  name: 'seller-on-time',
  about: storyWords.sellerOnTime,
  play: async (stage) => {
    const order = sampleOrder({ createdAt: await stage.now() });
    await stage.place(order);
    // The buyer's hour ends, the platform says so, and the label is bought.
    await stage.advance(2 * HOUR_MS);
    await stage.advance(18 * HOUR_MS);
    await stage.person(order.id, 'packed');
    await stage.advance(2 * HOUR_MS);
    await stage.person(order.id, 'handed-over');
    await stage.advance(5 * HOUR_MS);
    await stage.control('POST', `/orders/${order.id}/carrier`, { status: 'in_transit' });
    await stage.advance(2 * DAY_MS);
    await stage.control('POST', `/orders/${order.id}/carrier`, { status: 'delivered' });
    await stage.advance(3 * DAY_MS);
    await stage.control('POST', `/orders/${order.id}/status`, { status: 'COMPLETED' });
    await stage.settle();
    return [order.id];
  },
};
