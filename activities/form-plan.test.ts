import {
  CLOSES,
  documentOf,
  FOLDER,
  join,
  KEY,
  make,
  newWorld,
  parcel,
  run,
  shop,
  type World,
} from '../test/support/form-world';
import type { Style } from '../test/support/form-provider';
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

describe('a day’s parcels', () => {
  it('are split at the provider’s maximum', async () => {
    const world = newWorld({ most: 7_000 });
    lay(world, numbered(10_001, 17_001));
    expect(await make(world)).toMatchObject({
      kind: 'formed',
      form: { formId: 'sf_1', members: 7_000 },
      more: [{ formId: 'sf_2', members: 1, madeAt: CLOSES }],
      leftOff: 0,
    });
    expect(sizes(world)).toEqual([7_000, 1]);
    expect([...world.files.keys()].sort()).toEqual([`${FOLDER}/form-2.pdf`, `${FOLDER}/form.pdf`]);
    expect(documentOf(world, 'form-2')).toMatchObject({ formId: 'sf_2', members: [{ orderId: '17001' }] });
  });

  it('are split by our own caution where the provider says no maximum', async () => {
    const world = newWorld();
    lay(world, numbered(1_001, 2_001));
    await make(world);
    expect(sizes(world)).toEqual([1_000, 1]);
  });

  it('are told each of its own form, and join it again', async () => {
    const world = newWorld({ most: 2 });
    for (const orderId of ['1', '2', '3']) await join(world, orderId);
    await make(world);
    await run(() => tellMembers(world.ports, { ...KEY, shopId: '7', at: CLOSES, what: 'formed' }));
    await run(() => tellMembers(world.ports, { ...KEY, shopId: '7', at: CLOSES, what: 'scanned', form: 'sf_2' }));
    expect(world.signals.map(({ payload }) => payload)).toMatchObject([
      { what: 'formed', form: 'sf_1' },
      { what: 'formed', form: 'sf_1' },
      { what: 'formed', form: 'sf_2' },
      { what: 'scanned' },
    ]);
    expect(world.signals.at(-1)).toMatchObject({ workflowId: 'order:7:3' });
    expect(await join(world, '3')).toMatchObject({ form: 'sf_2', formedAt: CLOSES });
  });

  it('stay split as they were when the maximum changes between two attempts', async () => {
    const world = newWorld({ most: 2 });
    for (const orderId of ['1', '2', '3']) await join(world, orderId);
    world.faults.push('lost');
    await expect(make(world)).rejects.toThrow();
    world.provider.most = 3;
    await make(world);
    expect(sizes(world)).toEqual([2, 1]);
  });
});

describe('a bad parcel', () => {
  const orderIds = numbered(101, 164);

  it('that is named is left off with the carrier’s reason, and the rest is one form', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, orderIds);
    world.badLabels.add('s107').add('s150');
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 62 }, leftOff: 2 });
    expect(sizes(world)).toEqual([62]);
    expect(world.asked).toHaveLength(2);
    const reason = expect.stringContaining('160397') as string;
    expect(leftOff(world)).toMatchObject([
      { orderId: '107', trackingNumber: '94107', reason },
      { orderId: '150', trackingNumber: '94150', reason },
    ]);
  });

  it('that is named as on another’s form is left off with that form’s number', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, orderIds);
    world.formOf.set('s107', 'sf_9');
    await make(world);
    expect(leftOff(world)).toMatchObject([{ orderId: '107', reason: expect.stringContaining('form sf_9') as string }]);
    expectAllAccounted(world, orderIds);
  });

  it.each([['listed'], ['numbered'], ['mute']] as [Style][])(
    'that nobody names is found by halving: %s',
    async (style) => {
      const world = newWorld({ style });
      lay(world, orderIds);
      world.secretlyBad.add('s107');
      expect(await make(world)).toMatchObject({ kind: 'formed', leftOff: 1 });
      expect(leftOff(world)).toMatchObject([
        { orderId: '107', trackingNumber: '94107', reason: 'the carrier refused it with X' },
      ]);
      expect(world.asked.length).toBeLessThanOrEqual(2 * Math.log2(64) + 1);
      expectAllAccounted(world, orderIds);
    },
  );

  it('is not alone: two are found, and every other is on a form', async () => {
    const world = newWorld({ style: 'mute' });
    lay(world, orderIds);
    world.secretlyBad.add('s101').add('s164');
    expect(await make(world)).toMatchObject({ kind: 'formed', leftOff: 2 });
    expectAllAccounted(world, orderIds);
  });

  it('is no parcel at all where the account is refused: that ends after few calls', async () => {
    const world = newWorld({ style: 'mute' });
    lay(world, numbered(1_001, 1_900));
    for (const orderId of numbered(1_001, 1_900)) world.secretlyBad.add(`s${orderId}`);
    expect(await make(world)).toEqual({ kind: 'refused', reason: 'the carrier refused it with X' });
    expect(world.asked).toHaveLength(47);
    expect((documentOf(world, 'ending') as { members: unknown[] }).members).toHaveLength(900);
  });

  it.each([
    [64, 4],
    [1_000, 60],
  ])('in every part is no refusal of the account: of %i every %ith', async (count, every) => {
    const world = newWorld({ style: 'mute' });
    const many = numbered(10_000, 9_999 + count);
    lay(world, many);
    const bad = many.filter((_, index) => index % every === 0);
    for (const orderId of bad) world.secretlyBad.add(`s${orderId}`);
    expect(await make(world)).toMatchObject({ kind: 'formed', leftOff: bad.length });
    expectAllAccounted(world, many);
  });

  it('is one of very many: the asking has an end, and nobody goes unmentioned', async () => {
    const world = newWorld({ style: 'mute' });
    const many = numbered(10_001, 11_000);
    lay(world, many);
    for (const orderId of many.slice(0, 300)) world.secretlyBad.add(`s${orderId}`);
    expect(await make(world)).toMatchObject({ kind: 'formed' });
    const refused = world.asked.length - world.forms.length;
    expect(refused).toBe(400);
    expectAllAccounted(world, many);
  });
});

describe('a form that is there already', () => {
  it('by an earlier call of ours is success, named by its number', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, ['1', '2']);
    world.faults.push('lost');
    await expect(make(world)).rejects.toThrow();
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { number: 'sf_1', sha256: '', members: 2 } });
    expect(world.forms).toHaveLength(1);
  });

  it('by a call that a version before wrote nothing of is success, where it is of exactly these', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, ['1', '2']);
    for (const id of ['s1', 's2']) world.formOf.set(id, 'sf_5');
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { number: 'sf_5', members: 2 }, leftOff: 0 });
  });

  it('is not ours where another manifest has claimed it', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, ['1', '2']);
    for (const id of ['s1', 's2']) world.formOf.set(id, 'sf_5');
    world.documents.set('forms/easypost-7/sf_5', JSON.stringify({ folder: `${FOLDER}.2` }));
    expect(await make(world)).toMatchObject({ kind: 'refused' });
  });

  it('and is told by nobody is known by two parcels that are refused alone, and is said to be taken from the account', async () => {
    const world = newWorld({ style: 'mute' });
    lay(world, ['1', '2', '3', '4']);
    world.faults.push('lost');
    await expect(make(world)).rejects.toThrow();
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { number: null, sha256: '', members: 4 } });
    expect(documentOf(world, 'form')).toMatchObject({ isLost: true, formId: world.forms[0]?.id });
    expect([world.forms.length, world.asked.length]).toEqual([1, 4]);
  });

  it('is not taken for made where one parcel alone is on another’s', async () => {
    const world = newWorld({ style: 'mute' });
    const orderIds = ['1', '2', '3', '4'];
    lay(world, orderIds);
    world.faults.push('outcomeUnknown');
    await expect(make(world)).rejects.toThrow();
    world.formOf.set('s1', 'ss_other');
    expect(await make(world)).toMatchObject({ kind: 'formed', leftOff: 1 });
    expect(leftOff(world)).toMatchObject([{ orderId: '1' }]);
    expectAllAccounted(world, orderIds);
  });

  it('is not taken for made where a label was given back, which is read first', async () => {
    const world = newWorld({ style: 'mute' });
    const orderIds = ['1', '2', '3', '4'];
    lay(world, orderIds);
    const account = world.ports.carrierOf(shop);
    if (account === undefined) throw new Error('no account');
    world.ports.carrierOf = () => ({ ...account, can: { ...account.can, reconcile: 'read' } });
    world.faults.push('outcomeUnknown');
    await expect(make(world)).rejects.toThrow();
    world.badLabels.add('s1');
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 3 }, leftOff: 1 });
    expect(sizes(world)).toEqual([3]);
    expectAllAccounted(world, orderIds);
  });

  it('without its file has the one that was kept before the crash', async () => {
    const world = newWorld({ style: 'numbered' });
    lay(world, ['1']);
    const { putIfAbsent } = world.ports.documents;
    world.ports.documents.putIfAbsent = (key, text) =>
      key.endsWith('/sheets/1') ? Promise.reject(new Error('killed')) : putIfAbsent(key, text);
    await expect(make(world)).rejects.toThrow('killed');
    world.ports.documents.putIfAbsent = putIfAbsent;
    expect(await make(world)).toMatchObject({ form: { sha256: expect.stringMatching(/^039058/) as string } });
    expect(world.forms).toHaveLength(1);
  });
});
