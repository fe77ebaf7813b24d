import { storyWords } from '../words/stories';
import { placed } from './moves';
import { HOUR_MS, type Story } from './story';

export const buyerCancelsInFirstHour: Story = {
  name: 'buyer-cancels-in-first-hour',
  about: storyWords.buyerCancelsInFirstHour,
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(HOUR_MS / 2);
    await stage.control('POST', `/orders/${id}/buyer-cancel`, {});
    await stage.settle();
    return [id];
  },
};

export const buyerCancelsAfterLabel: Story = {
  name: 'buyer-cancels-after-label',
  about: storyWords.buyerCancelsAfterLabel,
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.control('POST', `/orders/${id}/buyer-cancel`, {});
    await stage.settle();
    return [id];
  },
};
