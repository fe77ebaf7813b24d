import { caseOf, gather, packIn } from './pack-test-support';
import { AT, HOUR_MS, SCANNED, type PackWorld } from './pack-test-world';

/** One parcel with a stamped form, whose limit broke 59 h after the scan that is reported. */
async function judged(
  events: PackWorld['events'],
): Promise<{ answer: object; silentHours: number | null | undefined }> {
  const world = caseOf(1);
  world.events = events;
  const answer = await gather(world);
  return { answer, silentHours: packIn(world).orders[0]?.silentHours };
}

const origin = (at: number): PackWorld['events'][number] => ({ at, meaning: 'originAccepted', code: 'OA' });
const broken = AT - HOUR_MS;

describe('the carrier’s own word against the report', () => {
  it('a first acceptance at the limit leaves it to a person, stamped form or not', async () => {
    const { answer, silentHours } = await judged([origin(broken)]);
    expect(answer).toMatchObject({ complete: true, responsibility: 'unclear' });
    expect(silentHours).toBe(1);
  });

  it('so does one after the dispatch time', async () => {
    expect((await judged([origin(SCANNED + 10 * HOUR_MS)])).answer).toMatchObject({ responsibility: 'unclear' });
  });

  it('one soon after the scan that is reported is that scan, and the silence counts from the report', async () => {
    const { answer, silentHours } = await judged([origin(SCANNED + HOUR_MS)]);
    expect(answer).toMatchObject({ complete: true, responsibility: 'carrier' });
    expect(silentHours).toBe(60);
  });

  it('what says nothing of the parcel does not end the silence', async () => {
    const { answer, silentHours } = await judged([
      { at: SCANNED + 30 * HOUR_MS, meaning: 'none', code: 'unknown' },
      { at: SCANNED + 31 * HOUR_MS, meaning: 'labelCreated', code: 'GX' },
    ]);
    expect(answer).toMatchObject({ responsibility: 'carrier' });
    expect(silentHours).toBe(60);
  });

  it('the silence ends with the first event of the parcel, though the order has not told it', async () => {
    const { answer, silentHours } = await judged([
      origin(SCANNED + HOUR_MS),
      { at: SCANNED + 30 * HOUR_MS, meaning: 'inTransit', code: '10' },
    ]);
    expect(answer).toMatchObject({ responsibility: 'unclear' });
    expect(silentHours).toBe(30);
  });
});
