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
  NEXT_ROUND,
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

  it('is not done by a parcel that only looks where it is', async () => {
    const first = await join(world, '1');
    expect(await join(world, '1', { isLook: true, at: EVENING })).toEqual(first);
    // Of another nobody knows; an attempt that was given up, and joins after the look, has left before.
    expect(await join(world, '2', { isLook: true })).toEqual({ kind: 'notThere' });
    expect(await join(world, '3')).toMatchObject({ kind: 'joined' });
    expect(counts(world.told.at(-1))).toEqual([2, 0]);
    await join(world, '2');
    expect(counts(world.told.at(-1))).toEqual([3, 1]);
    await make(world);
    expect(await join(world, '3')).toHaveProperty('form');
    expect(await join(world, '2', { isLook: true, at: EVENING })).not.toHaveProperty('form');
  });

  it('says to who only looks on which form it is by now', async () => {
    await join(world, '1');
    await make(world);
    expect(await join(world, '1', { isLook: true, at: EVENING })).toMatchObject({
      ...{ kind: 'joined', manifest: MANIFEST },
      form: expect.any(String) as string,
    });
  });

  it('after the cut-off is the next date', async () => {
    expect(await join(world, '1', { at: EVENING })).toMatchObject(NEXT);
  });

  it('is not for carriers that have no form', async () => {
    expect(await join(world, '1', { carrier: 'UPS' })).toEqual({ kind: 'noForm' });
    expect(world.documents.size).toBe(0);
  });

  it('when it is closed already is the next form of that date before the cut-off, and the next date’s after it', async () => {
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1')).toMatchObject({ ...NEXT_ROUND, closesAt: CLOSES });
    expect(world.told).toMatchObject([
      { workflowId: NEXT_ROUND.manifest, input: { ...KEY, round: 2, closesAt: CLOSES, edition: 2 } },
    ]);
    world.documents.set(`${FOLDER}.2/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '2')).toMatchObject({ manifest: `${MANIFEST}:3` });
    expect(await join(world, '3', { at: EVENING, after: KEY.date })).toMatchObject(NEXT);
  });

  it('after a form that was closed without it is the next one, and stays there', async () => {
    await join(world, '1');
    world.documents.set(`${FOLDER}/ending`, JSON.stringify({ kind: 'empty', reason: '', members: [] }));
    expect(await join(world, '1', { after: KEY.date })).toMatchObject(NEXT_ROUND);
    // A month later, asked without a hint.
    expect(await join(world, '1', { at: NOON + 30 * 86_400_000 })).toMatchObject(NEXT_ROUND);
  });

  it('after two forms of one date that went without it is the third', async () => {
    await join(world, '1');
    for (const folder of [FOLDER, `${FOLDER}.2`]) {
      expect(await join(world, '1', { after: KEY.date })).toBeDefined();
      world.documents.set(`${folder}/ending`, JSON.stringify({ kind: 'empty', reason: '', members: [] }));
    }
    expect(await join(world, '1', { after: KEY.date })).toMatchObject({ manifest: `${MANIFEST}:3` });
    expect(await join(world, '1')).toMatchObject({ manifest: `${MANIFEST}:3` });
  });

  it('says when people are warned: an hour before the cut-off, and two where they make the form', async () => {
    await join(world, '1');
    const byHand = { url: 'https://seller.example/manifest' };
    const other = newWorld({ byHand });
    await join(other, '1');
    expect(world.told[0]?.input).toMatchObject({ warnAt: CLOSES - 3_600_000 });
    expect(world.told[0]?.input).not.toHaveProperty('byHand');
    expect(other.told[0]?.input).toMatchObject({ warnAt: CLOSES - 7_200_000, byHand });
  });

  it('of a label that the platform sold is one of the forms that a person makes there', async () => {
    const asked: string[] = [];
    const { formsOf } = world.ports;
    world.ports.formsOf = (shop, account) => {
      asked.push(account);
      return { ...formsOf(shop, account), account };
    };
    const purchase = { shopId: '7', orderId: '1', package: '1', attempt: 1 };
    const handle = {
      shipmentId: 's1',
      rateId: 'r',
      carrier: 'USPS',
      service: 'Ground',
      priceCents: 1,
      from: 'platform',
    };
    world.documents.set('labels/by-tracking/941', JSON.stringify(purchase));
    world.documents.set('labels/7/1/1-1', JSON.stringify(handle));
    expect(await join(world, '1')).toMatchObject({ manifest: 'manifest:tiktok-7:main:2026-11-23' });
    expect(asked).toEqual(['tiktok-7']);
  });

  it('is counted each time while there are few, and then every fiftieth time', async () => {
    for (let n = 1; n <= 160; n += 1) await join(world, String(n));
    const known = world.told.map((message) => counts(message)).filter(([joined]) => joined !== undefined);
    expect(known.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, index) => [index + 1, 0]));
    expect(known.slice(50)).toEqual([
      [100, 0],
      [150, 0],
    ]);
  });

  it('of a parcel that joined before the closing waits for that form, and for no other', async () => {
    await join(world, '1');
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1', { at: EVENING })).toMatchObject({ date: KEY.date });
    expect(world.told.map(({ workflowId }) => workflowId)).toEqual([MANIFEST, MANIFEST]);
  });

  it('of a parcel that was given the date and came too late into its documents is the next form', async () => {
    await join(world, '1');
    world.documents.delete(`${FOLDER}/members/1-1.1`);
    world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
    expect(await join(world, '1')).toMatchObject(NEXT_ROUND);
    expect(world.documents.has(`${FOLDER}/members/1-1.1`)).toBe(false);
  });

  it('says which form it is on, without telling anybody', async () => {
    await join(world, '1');
    await make(world);
    expect(await join(world, '1', { at: EVENING })).toMatchObject({ date: KEY.date, form: 'sf_1', formedAt: CLOSES });
    expect(world.told).toHaveLength(1);
  });

  it('is the next form when the manifest is over without it', async () => {
    world.over.add(MANIFEST);
    expect(await join(world, '1')).toMatchObject(NEXT_ROUND);
  });

  it('of a manifest that cannot be told is a member all the same, and is told when it joins again', async () => {
    const { tell } = world.ports.neighbours;
    world.ports.neighbours.tell = () => Promise.reject(new Error('unavailable'));
    const untold = await join(world, '1');
    expect(untold).toMatchObject({ kind: 'joined', manifest: MANIFEST, closesAt: CLOSES, untold: true });
    expect(world.documents.has(`${FOLDER}/members/1-1.1`)).toBe(true);
    world.ports.neighbours.tell = tell;
    expect({ ...(await join(world, '1')), untold: true }).toEqual(untold);
    expect(await join(world, '1')).not.toHaveProperty('untold');
    expect(counts(world.told[0])).toEqual([1, 0]);
  });

  it('waits for no manifest that does not answer', async () => {
    jest.useFakeTimers();
    try {
      world.ports.neighbours.tell = () => new Promise(() => undefined);
      const joined = join(world, '1');
      await jest.advanceTimersByTimeAsync(4_900);
      await expect(joined).resolves.toMatchObject({ kind: 'joined', untold: true });
    } finally {
      jest.useRealTimers();
    }
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

describe('leaving', () => {
  const close = (): Map<string, string> => world.documents.set(`${FOLDER}/closed`, JSON.stringify({ at: NOON }));
  beforeEach(async () => {
    for (const orderId of ['1', '2']) await join(world, orderId);
  });

  it('is told to the manifest while it is open', async () => {
    expect(await leave(world, '1')).toEqual({ kind: 'left' });
    expect(counts(world.signals[0])).toEqual([2, 1]);
  });

  it('a form that is being made is too late: it stays, and is on the form however often that is tried', async () => {
    close();
    expect(await leave(world, '1')).toEqual({ kind: 'stays' });
    world.faults.push('retryLater');
    await expect(make(world)).rejects.toThrow();
    expect(await leave(world, '2')).toEqual({ kind: 'stays' });
    await make(world);
    expect(world.asked.at(-1)).toEqual(['s1', 's2']);
    expect(await leave(world, '1')).toEqual({ kind: 'stays' });
  });

  it('before it closed is leaving, also when it is asked again after the closing', async () => {
    await leave(world, '1');
    close();
    expect(await leave(world, '1')).toEqual({ kind: 'left' });
    await make(world);
    expect(world.asked).toEqual([['s2']]);
    expect(await leave(world, '1')).toEqual({ kind: 'left' });
  });

  it.each([
    ['the list was read before', 'stays', ['s1', 's2']],
    ['the list is read after', 'left', ['s2']],
  ])('in the moment of the closing goes by the list: %s', async (_when, kind, asked) => {
    const { putIfAbsent } = world.ports.documents;
    world.ports.documents.putIfAbsent = async (key, text) => {
      if (!key.includes('/left/')) return putIfAbsent(key, text);
      close();
      if (kind === 'stays') await make(world);
      return putIfAbsent(key, text);
    };
    expect(await leave(world, '1')).toEqual({ kind });
    await make(world);
    expect(world.asked).toEqual([asked]);
  });
});
