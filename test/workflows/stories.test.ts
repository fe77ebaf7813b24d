import { runStory, type StoryReport } from '../../stories/run';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const kinds = ({ effects }: StoryReport): string[] => effects.map(({ kind }) => kind);

describe('stories', () => {
  it('seller-on-time: one label, one upload, every limit met, delivered', async () => {
    const report = await runStory('seller-on-time', floor);
    expect(report.outcome).toBe('delivered');
    expect(kinds(report)).toEqual(['labelBought', 'trackingUploaded']);
    expect(report.deadlines.map(({ name, met }) => [name, met])).toEqual([
      ['shipBy', true],
      ['autoCancelUnpacked', true],
      ['autoCancelUncollected', true],
    ]);
    expect(report.phases.map(({ phase }) => phase)).toEqual([
      'onHold',
      'toPack',
      'awaitingHandover',
      'handedOver',
      'inTransit',
      'delivered',
      'closed',
    ]);
  });

  it('buyer-cancels-after-label: one label, one void, nothing uploaded', async () => {
    const report = await runStory('buyer-cancels-after-label', floor);
    expect(report.outcome).toBe('buyerCancelled');
    expect(kinds(report)).toEqual(['labelBought', 'labelVoided']);
    expect(report.deadlines.map(({ met }) => met)).toEqual([null, null, null]);
  });
});
