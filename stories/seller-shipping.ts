import { storyWords } from '../words/stories';
import { delivered, formScanned, movedAndDelivered, onItsWay, packedSameDay, placed } from './moves';
import { HOUR_MS, type Story } from './story';

export const sellerOnTime: Story = {
  name: 'seller-on-time',
  about: storyWords.sellerOnTime,
  play: async (stage) => {
    const id = await onItsWay(stage);
    await delivered(stage, id);
    return [id];
  },
};

export const sellerNeverPacked: Story = {
  name: 'seller-never-packed',
  about: storyWords.sellerNeverPacked,
  play: async (stage) => {
    const { id } = await placed(stage);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUnpacked')) + HOUR_MS);
    return [id];
  },
};

export const sellerNeverCollected: Story = {
  name: 'seller-never-collected',
  about: storyWords.sellerNeverCollected,
  play: async (stage) => {
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
    return [id];
  },
};

export const labelOutcomeUnknown: Story = {
  name: 'label-outcome-unknown',
  about: storyWords.labelOutcomeUnknown,
  play: async (stage) => {
    await stage.control('POST', '/faults', { route: 'easypost.buy', kind: 'commitThenCut', times: 1 });
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await formScanned(stage, id);
    await movedAndDelivered(stage, id);
    return [id];
  },
};

export const shippedElsewhere: Story = {
  name: 'shipped-elsewhere',
  about: storyWords.shippedElsewhere,
  play: async (stage) => {
    // Another tool was faster than the first notice that we heard.
    const { id } = await placed(stage, {
      status: 'AWAITING_COLLECTION',
      tracking_number: '1Z9999W99999999999',
      shipping_provider: 'UPS',
    });
    await stage.advance(20 * HOUR_MS);
    await stage.person(id, 'handed-over');
    await stage.control('POST', `/orders/${id}/status`, { status: 'IN_TRANSIT' });
    await stage.advance(24 * HOUR_MS);
    await stage.control('POST', `/orders/${id}/status`, { status: 'DELIVERED' });
    await stage.advance(24 * HOUR_MS);
    await stage.control('POST', `/orders/${id}/status`, { status: 'COMPLETED' });
    await stage.settle();
    return [id];
  },
};
