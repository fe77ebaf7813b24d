import { storyWords } from '../words/stories';
import { movedAndDelivered, packedSameDay, placed, platformShipping } from './moves';
import { HOUR_MS, type Story } from './story';

type Handover = {
  name: string;
  about: string;
  method: 'pickup' | 'dropOff';
  handedOverAfterH: number;
  takenInAfterH: number;
};

/** An order that the platform ships: packed, given away after so many hours, taken in by the platform later. */
const handedOver = ({ name, about, method, handedOverAfterH, takenInAfterH }: Handover): Story => ({
  name,
  about,
  play: async (stage) => {
    const { id } = await placed(stage, platformShipping);
    await packedSameDay(stage, id);
    const packedAt = await stage.now();
    await stage.person(id, 'reschedule', { method, at: new Date(packedAt + 20 * HOUR_MS).toISOString() });
    await stage.advanceTo(packedAt + handedOverAfterH * HOUR_MS);
    await stage.person(id, 'handed-over', { method });
    await stage.advanceTo(packedAt + takenInAfterH * HOUR_MS);
    await movedAndDelivered(stage, id);
    return [id];
  },
});

export const pickupOnTime = handedOver({
  name: 'pickup-on-time',
  about: storyWords.pickupOnTime,
  method: 'pickup',
  handedOverAfterH: 23,
  takenInAfterH: 40,
});

export const dropoffOnTime = handedOver({
  name: 'dropoff-on-time',
  about: storyWords.dropoffOnTime,
  method: 'dropOff',
  handedOverAfterH: 23,
  takenInAfterH: 40,
});

export const pickupCarrierLate = handedOver({
  name: 'pickup-carrier-late',
  about: storyWords.pickupCarrierLate,
  method: 'pickup',
  handedOverAfterH: 30,
  takenInAfterH: 44,
});

export const dropoffMissed = handedOver({
  name: 'dropoff-missed',
  about: storyWords.dropoffMissed,
  method: 'dropOff',
  handedOverAfterH: 30,
  takenInAfterH: 44,
});
