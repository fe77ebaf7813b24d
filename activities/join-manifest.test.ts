import {
  ASKS,
  CLOSES,
  counts,
  EVENING,
  FOLDER,
  join,
  KEY,
  leave,
  make,
  MANIFEST,
  newWorld,
  NEXT,
  NOON,
  type World,
} from '../test/support/form-world';

let world: World;
beforeEach(() => {
  world = newWorld();
});

describe('joining', () => {
  it('tells the manifest of the day, and begins it with its cut-off and its morning', async () => {
    expect(await join(world, '1')).toEqual({ kind: 'joined', manifest: MANIFEST, date: KEY.date, closesAt: CLOSES });
    expect(world.told).toMatchObject([
      { workflowId: MANIFEST, at: NOON, input: { ...KEY, shopId: '7', closesAt: CLOSES, asksAt: ASKS } },
    ]);
    expect(world.told[0]?.payload).toEqual({ orderId: '1', package: '1', at: NOON, joined: 1, left: 0 });
  });

  it('again is the same member on the same date, though the cut-off has passed', async () => {
    const first = await join(world, '1');
    expect(await join(world, '1', { at: EVENING })).toEqual(first);
    expect(counts(world.told[1])).toEqual([1, 0]);
  });

  it('after the cut-off is the next date', async () => {
    expect(await join(world, '1', { at: EVENING })).toMatchObject(NEXT);
  });

  it('is not for carriers that have no form', async () => {
    expect(await join(world, '1', { carrier: 'UPS' })).toEqual({ kind: 'noForm' });
    expect(world.documents.size).toBe(0);
  });

  it('when it is closed already is the next date', async () => {
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1')).toMatchObject(NEXT);
    expect(world.told).toMatchObject([{ workflowId: NEXT.manifest }]);
  });

  it('after a date whose form was closed without it is the next date, and stays there', async () => {
    await join(world, '1');
    world.documents.set(`${FOLDER}/ending`, JSON.stringify({ kind: 'empty', reason: '', members: [] }));
    expect(await join(world, '1', { after: KEY.date })).toMatchObject(NEXT);
    // A month later, asked without a hint.
    expect(await join(world, '1', { at: NOON + 30 * 86_400_000 })).toMatchObject(NEXT);
  });

  it('of a parcel that joined before the closing waits for that form, and for no other', async () => {
    await join(world, '1');
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1', { at: EVENING })).toMatchObject({ date: KEY.date });
    expect(world.told.map(({ workflowId }) => workflowId)).toEqual([MANIFEST, MANIFEST]);
  });

  it('of a parcel that was given the date and came too late into its documents is the next date', async () => {
    await join(world, '1');
    world.documents.delete(`${FOLDER}/members/1-1.1`);
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1')).toMatchObject(NEXT);
    expect(world.documents.has(`${FOLDER}/members/1-1.1`)).toBe(false);
  });

  it('says which form it is on, without telling anybody', async () => {
    await join(world, '1');
    await make(world);
    expect(await join(world, '1', { at: EVENING })).toMatchObject({ date: KEY.date, form: 'sf_1', formedAt: CLOSES });
    expect(world.told).toHaveLength(1);
  });

  it('is the next date when the manifest is over without it', async () => {
    world.over.add(MANIFEST);
    expect(await join(world, '1')).toMatchObject(NEXT);
  });

  it('again after leaving is another member', async () => {
    await join(world, '1');
    await leave(world, '1');
    await leave(world, '1');
    expect(counts(world.signals[1])).toEqual([1, 1]);
    await join(world, '1', { turn: 2 });
    expect(counts(world.told[1])).toEqual([2, 1]);
    await make(world);
    expect(world.asked).toEqual([['s1']]);
  });
});
