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

/** A second place of the shop, by the platform's id of its warehouse. */
const EAST = '7068517275539719999';
const eastern = {
  id: 'east',
  zone: 'America/Los_Angeles',
  workdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  closures: [],
  cutoffTime: '12:00',
  address: {
    name: 'Blue Mug Store, east',
    street1: '500 E 4th St',
    city: 'Los Angeles',
    state: 'CA',
    zip: '90013',
    country: 'US',
    phone: '3105550143',
  },
};

export const formOfTheDay: Story = {
  name: 'form-of-the-day',
  about: storyWords.formOfTheDay,
  settings: { warehouses: { [EAST]: eastern } },
  play: async (stage) => {
    const createdAt = await stage.now();
    const ids = Array.from({ length: PARCELS }, (_, index) =>
      sampleOrder({ createdAt, ...(index % 5 === 4 ? { warehouse_id: EAST } : {}) }),
    );
    await stage.place(...ids);
    await stage.advance(3 * HOUR_MS);
    const [late, voided, ...inTime] = ids.map(({ id }) => id);
    if (late === undefined || voided === undefined) return [];
    for (const id of [voided, ...inTime]) await stage.person(id, 'packed');
    await stage.control('POST', `/orders/${voided}/buyer-cancel`, {});
    await stage.settle();
    const [first = '', , east = ''] = inTime;
    await stage.closeForm(first);
    await stage.closeForm(east);
    // It is packed before the cut-off: another form of the same day takes it.
    await stage.person(late, 'packed');
    await stage.advance(HOUR_MS);
    await stage.closeForm(late);
    await stage.advance(HOUR_MS);
    for (const id of [first, east, late]) await stage.reportScan(id);
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
