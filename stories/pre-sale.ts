import { storyWords } from '../words/stories';
import { releaseAfter } from './calendar';
import { formScanned, movedAndDelivered, placed } from './moves';
import { HOUR_MS, type Story } from './story';
import type { Stage } from './stage';

const BUSINESS_DAYS_AHEAD = 5;

/** A pre-order that the seller promised for a week ahead; nothing may be written until then. */
async function released(stage: Stage): Promise<string> {
  const releaseAt = releaseAfter(await stage.now(), BUSINESS_DAYS_AHEAD);
  const { id } = await placed(stage, { order_type: 'PRE_ORDER', release_date: releaseAt / 1_000 });
  await stage.advanceTo(releaseAt + 10 * HOUR_MS);
  return id;
}

export const presaleOnTime: Story = {
  name: 'presale-on-time',
  about: storyWords.presaleOnTime,
  play: async (stage) => {
    const id = await released(stage);
    await stage.person(id, 'packed');
    await formScanned(stage, id);
    await stage.advance(20 * HOUR_MS);
    await movedAndDelivered(stage, id);
    return [id];
  },
};

export const presaleNotReady: Story = {
  name: 'presale-not-ready',
  about: storyWords.presaleNotReady,
  play: async (stage) => {
    const id = await released(stage);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUnpacked')) + HOUR_MS);
    return [id];
  },
};

export const presaleNotShipped: Story = {
  name: 'presale-not-shipped',
  about: storyWords.presaleNotShipped,
  play: async (stage) => {
    const id = await released(stage);
    await stage.person(id, 'packed');
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
    return [id];
  },
};
