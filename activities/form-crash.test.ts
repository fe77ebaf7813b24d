import type { FormProvider, Ports } from './ports';
import {
  CLOSES,
  documentOf,
  FOLDER,
  join,
  KEY,
  leave,
  make,
  newWorld,
  NEXT_ROUND,
  parcel,
  run,
  shop,
  type World,
} from '../test/support/form-world';
import type { Style } from '../test/support/form-provider';
import { makeForm } from './make-form';
import { tellMembers } from './tell-members';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

/** Puts parcels on the list without asking anybody: thousands of joins are another test's. */
function lay(world: World, orderIds: readonly string[]): void {
  for (const orderId of orderIds) {
    const { shipmentId, trackingNumber } = parcel(orderId);
    const member = { orderId, package: '1', shipmentId, trackingNumber, joinedAt: 1 };
    world.documents.set(`${FOLDER}/members/${orderId}-1.1`, JSON.stringify(member));
  }
}

const sizes = (world: World): number[] => world.forms.map(({ trackingNumbers }) => trackingNumbers.length);
const leftOff = (world: World): unknown => (documentOf(world, 'form') as { leftOff: unknown }).leftOff;

/** Every parcel is on one form, or said to be on none; and no parcel is on two. */
function expectAllAccounted(world: World, orderIds: readonly string[]): void {
  const on = world.forms.flatMap(({ trackingNumbers }) => trackingNumbers);
  expect(new Set(on).size).toBe(on.length);
  const off = (leftOff(world) as { orderId: string }[]).map(({ orderId }) => `94${orderId}`);
  expect([...on, ...off].sort()).toEqual(orderIds.map((orderId) => `94${orderId}`).sort());
}

/** A process that dies at its nth step: right before it writes, before a call, or after the call before its answer is heard. */
function dying(ports: Ports, at: number): Ports {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps === at) throw new Error('killed');
  };
  const { documents } = ports;
  const through = (forms: FormProvider): FormProvider => ({
    ...forms,
    createForm: async (...asked) => {
      step();
      const made = await forms.createForm(...asked);
      step();
      return made;
    },
  });
  const before =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await Promise.resolve();
      step();
      return work(...args);
    };
  return {
    ...ports,
    documents: {
      ...documents,
      putIfAbsent: before(documents.putIfAbsent),
      putFileIfAbsent: before(documents.putFileIfAbsent),
    },
    formsOf: (...asked) => through(ports.formsOf(...asked)),
  };
}

describe('a crash at any step', () => {
  const orderIds = numbered(101, 107);
  const input = { ...KEY, shopId: '7', at: CLOSES };
  const DIED = 'died';
  const attempt = async (ports: Ports): Promise<unknown> => {
    try {
      return await run(() => makeForm(ports, input));
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
      return DIED;
    }
  };

  it.each([
    ['listed', 'none is bad', () => undefined],
    ['listed', 'one is bad and can be read', (world: World) => world.badLabels.add('s103')],
    ['listed', 'one is bad and cannot', (world: World) => world.secretlyBad.add('s103')],
    ['numbered', 'none is bad', () => undefined],
    ['numbered', 'one is named', (world: World) => world.badLabels.add('s103')],
    ['numbered', 'one is not named', (world: World) => world.secretlyBad.add('s106')],
    ['mute', 'none is bad', () => undefined],
    ['mute', 'one is not named', (world: World) => world.secretlyBad.add('s103')],
  ] as [Style, string, (world: World) => unknown][])('makes no second form: %s, %s', async (style, _case, spoil) => {
    const undisturbed = newWorld({ style, most: 3 });
    lay(undisturbed, orderIds);
    spoil(undisturbed);
    const expected = await attempt(undisturbed.ports);
    for (let at = 1; ; at += 1) {
      const world = newWorld({ style, most: 3 });
      lay(world, orderIds);
      spoil(world);
      if ((await attempt(dying(world.ports, at))) !== DIED) {
        expect(at).toBeGreaterThan(20);
        break;
      }
      const answer = await attempt(world.ports);
      expect(answer).toMatchObject({ kind: 'formed' });
      expectAllAccounted(world, orderIds);
      if (style === 'listed') expect(answer).toEqual(expected);
      expect(sizes(world)).toEqual(sizes(undisturbed));
    }
  });
});

describe('the loading of the truck', () => {
  it('leaves who was not on it for a later form, and tells them', async () => {
    const world = newWorld();
    for (const orderId of ['1', '2', '3', '4']) await join(world, orderId);
    await leave(world, '4');
    for (const number of ['941', '943', '944'])
      world.documents.set(`${FOLDER}/loaded/${number}`, JSON.stringify({ at: 1 }));
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 2 }, leftOff: 0, late: 1 });
    expect(world.asked).toEqual([['s1', 's3']]);
    await run(() => tellMembers(world.ports, { ...KEY, shopId: '7', at: CLOSES, what: 'formed' }));
    expect(world.signals.at(-1)).toMatchObject({ workflowId: 'order:7:2', payload: { what: 'late' } });
    expect(await join(world, '2', { after: KEY.date })).toMatchObject(NEXT_ROUND);
  });

  it('that nobody scanned leaves nobody', async () => {
    const world = newWorld();
    for (const orderId of ['1', '2']) await join(world, orderId);
    expect(await make(world)).toMatchObject({ form: { members: 2 } });
    expect(world.ports.formsOf(shop, '').most).toBeNull();
  });
});
