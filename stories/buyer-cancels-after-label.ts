import { storyWords } from '../words/stories';
import { sampleOrder } from './sample-order';
import { HOUR_MS, type Story } from './story';

export const buyerCancelsAfterLabel: Story = {
  name: 'buyer-cancels-after-label',
  about: storyWords.buyerCancelsAfterLabel,
  play: async (stage) => {
    const order = sampleOrder({ createdAt: await stage.now() });
    await stage.place(order);
    await stage.advance(2 * HOUR_MS);
    await stage.control('POST', `/orders/${order.id}/buyer-cancel`, {});
    await stage.settle();
    return [order.id];
  },
};
