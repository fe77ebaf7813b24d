import { watchStory } from './story-progress';

type Entry = { at: string; sentence: string };

const entry = (at: string, sentence: string): Entry => ({ at: `2026-11-25T20:00:${at}Z`, sentence });
const bought = (at: string): Entry => entry(at, 'The label was bought.');

/** A product that has one order, with the next of these timelines at each look. */
function productWith(...timelines: Entry[][]): void {
  jest.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const isList = (input as string).includes('?shop=7');
    const body = isList ? { data: [{ orderId: '42' }] } : { timeline: timelines.shift() };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
}

/** What was told by one look at once and one at the end. */
async function toldOf(...timelines: [Entry[], Entry[]]): Promise<string[]> {
  productWith(...timelines);
  const said: string[] = [];
  await watchStory({ apiUrl: 'http://product', shopId: '7', say: (line) => void said.push(line) }).end();
  return said.map((line) => line.trim());
}

afterEach(() => jest.restoreAllMocks());

describe('a story that is watched', () => {
  it('tells two like sentences of one second both, be they found at once or one by one', async () => {
    const two = [bought('01.100'), bought('01.900')];
    const twice = Array(2).fill('2026-11-25 20:00:01  The label was bought.');
    expect(await toldOf(two, two)).toEqual(twice);
    expect(await toldOf(two.slice(1), two)).toEqual(twice);
  });

  it('tells what was late to be heard, and nothing twice', async () => {
    const [early, late] = [entry('00.000', 'It came.'), entry('02.000', 'It was packed.')];
    expect(await toldOf([late], [early, late])).toEqual([
      '2026-11-25 20:00:02  It was packed.',
      '2026-11-25 20:00:00  It came.',
    ]);
  });
});
