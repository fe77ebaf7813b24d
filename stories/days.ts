import { storyWords } from '../words/stories';
import { onDayOf, thanksgivingEve } from './calendar';
import { formScanned, movedAndDelivered, placed } from './moves';
import { sampleOrder } from './sample-order';
import { DAY_MS, HOUR_MS, type Story } from './story';
import type { Stage } from './stage';

export const holidayWeekend: Story = {
  name: 'holiday-weekend',
  about: storyWords.holidayWeekend,
  beginsAt: thanksgivingEve,
  play: async (stage) => {
    const { id } = await placed(stage);
    // Thursday is a holiday, the weekend is no business time: Monday at noon is still in time.
    await stage.advance(4 * DAY_MS + 18 * HOUR_MS);
    await stage.person(id, 'packed');
    await formScanned(stage, id);
    await movedAndDelivered(stage, id);
    return [id];
  },
};

export const cutoffNoon: Story = {
  name: 'cutoff-noon',
  about: storyWords.cutoffNoon,
  play: async (stage) => {
    const noon = onDayOf(await stage.now(), 12);
    await stage.advanceTo(noon - 60_000);
    const before = await placed(stage);
    await stage.advanceTo(noon);
    const after = await placed(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.person(before.id, 'packed');
    await formScanned(stage, before.id);
    await stage.advance(20 * HOUR_MS);
    await stage.person(after.id, 'packed');
    await formScanned(stage, after.id);
    await movedAndDelivered(stage, before.id);
    await movedAndDelivered(stage, after.id);
    return [before.id, after.id];
  },
};

const PARCELS = 25;

export const formOfTheDay: Story = {
  name: 'form-of-the-day',
  about: storyWords.formOfTheDay,
  play: async (stage) => {
    const createdAt = await stage.now();
    const ids = Array.from({ length: PARCELS }, () => sampleOrder({ createdAt }));
    await stage.place(...ids);
    await stage.advance(3 * HOUR_MS);
    const [late, voided, ...inTime] = ids.map(({ id }) => id);
    if (late === undefined || voided === undefined) return [];
    for (const id of [voided, ...inTime]) await stage.person(id, 'packed');
    await stage.control('POST', `/orders/${voided}/buyer-cancel`, {});
    await stage.settle();
    const [first = ''] = inTime;
    await stage.closeForm(first);
    await stage.person(late, 'packed');
    await stage.advance(HOUR_MS);
    await stage.reportScan(first);
    await stage.advance(20 * HOUR_MS);
    await stage.closeForm(late);
    await stage.reportScan(late);
    await allArrive(stage, [...inTime, late]);
    return [...inTime, late, voided];
  },
};

async function allArrive(stage: Stage, ids: string[]): Promise<void> {
  for (const status of ['IN_TRANSIT', 'DELIVERED', 'COMPLETED']) {
    await stage.advance(8 * HOUR_MS);
    for (const id of ids) await stage.control('POST', `/orders/${id}/status`, { status });
    await stage.settle();
  }
}
