import { storyWords } from '../words/stories';
import { formScanned, movedAndDelivered, placed } from './moves';
import { HOUR_MS, type Story } from './story';

type Wish = { name: string; about: string; dispatchH: number; packedAfterH: number };

/** The platform names its own instants when the hold ends, so many hours after the order; 0 is none. */
const named = ({ name, about, dispatchH, packedAfterH }: Wish): Story => ({
  name,
  about,
  play: async (stage) => {
    const createdAt = await stage.now();
    const at = dispatchH === 0 ? 0 : Math.floor(createdAt / 1_000) + dispatchH * 3_600;
    const { id } = await placed(stage, { _sla_after_hold: { rts_sla_time: at, shipping_due_time: at } });
    await stage.advanceTo(createdAt + packedAfterH * HOUR_MS);
    await stage.person(id, 'packed');
    await formScanned(stage, id);
    await movedAndDelivered(stage, id);
    return [id];
  },
});

export const platformDeadlineEarlier = named({
  name: 'platform-deadline-earlier',
  about: storyWords.platformDeadlineEarlier,
  dispatchH: 30,
  packedAfterH: 28,
});

export const platformDeadlineLater = named({
  name: 'platform-deadline-later',
  about: storyWords.platformDeadlineLater,
  dispatchH: 100,
  packedAfterH: 80,
});

export const platformDeadlineZero = named({
  name: 'platform-deadline-zero',
  about: storyWords.platformDeadlineZero,
  dispatchH: 0,
  packedAfterH: 5,
});

export const platformSilentPastLimit: Story = {
  ...named({
    name: 'platform-silent-past-limit',
    about: storyWords.platformSilentPastLimit,
    dispatchH: 0,
    packedAfterH: 80,
  }),
  platformCancels: false,
};
