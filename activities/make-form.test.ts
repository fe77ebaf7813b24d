import { createHash } from 'node:crypto';
import {
  CLOSES,
  documentOf,
  EVENING,
  FOLDER,
  join,
  leave,
  make,
  newWorld,
  NOON,
  parcel,
  shop,
  type World,
} from '../test/support/form-world';

let world: World;
beforeEach(() => {
  world = newWorld();
});

describe('making the form', () => {
  beforeEach(async () => {
    for (const orderId of ['1', '2', '3']) await join(world, orderId);
    await leave(world, '3');
  });
  const formed = { kind: 'formed', form: { formId: 'sf_1', number: '9475', madeAt: CLOSES, members: 2 }, leftOff: 0 };

  it('asks once for those who are there, and keeps the form with its file', async () => {
    expect(await make(world)).toMatchObject(formed);
    const sha256 = createHash('sha256')
      .update(new Uint8Array([1, 2, 3]))
      .digest('hex');
    expect(documentOf(world, 'form')).toMatchObject({
      sha256,
      members: [
        { orderId: '1', package: '1', trackingNumber: '941' },
        { orderId: '2', package: '1', trackingNumber: '942' },
      ],
    });
    expect([...world.files.keys()]).toEqual([`${FOLDER}/form.pdf`]);
    await join(world, '4', { at: NOON });
    expect(await make(world)).toMatchObject(formed);
    expect(world.asked).toEqual([['s1', 's2']]);
  });

  it.each([['lost'], ['creating'], ['noFile'], ['retryLater']] as const)(
    'asks for no second form when the first was %s',
    async (fault) => {
      world.faults.push(fault);
      await expect(make(world)).rejects.toThrow();
      expect(documentOf(world, 'form')).toBeNull();
      expect(await make(world)).toMatchObject(formed);
      expect(world.forms).toHaveLength(1);
    },
  );

  it('finds its form among a refusal that it caused itself', async () => {
    // The list lags behind the form: the first look finds nothing, and the provider refuses what is on a form already.
    world.faults.push('lost');
    await expect(make(world)).rejects.toThrow();
    const find = world.ports.formsOf(shop, '').findForm;
    let looks = 0;
    const late = {
      ...world.ports.formsOf(shop, ''),
      findForm: (...a: Parameters<typeof find>) => ((looks += 1) === 1 ? Promise.resolve(undefined) : find(...a)),
    };
    world.ports.formsOf = () => late;
    expect(await make(world)).toMatchObject(formed);
    expect(world.forms).toHaveLength(1);
  });

  it('leaves out a label that is no longer paid for, and says so', async () => {
    world.badLabels.add('s2');
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 1 }, leftOff: 1 });
    expect(world.asked).toEqual([['s1', 's2'], ['s1']]);
    expect(documentOf(world, 'form')).toMatchObject({ leftOff: [{ orderId: '2', package: '1' }] });
  });

  it('leaves out a parcel that is on another form already, and says so', async () => {
    world.formOf.set('s2', 'sf_8');
    world.forms.push({ id: 'sf_8', status: 'created', number: '1', trackingNumbers: ['942', '948'], madeAt: NOON });
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 1 }, leftOff: 1 });
    expect(world.asked).toEqual([['s1', 's2'], ['s1']]);
    const reason = expect.stringContaining('another form') as string;
    expect(documentOf(world, 'form')).toMatchObject({ leftOff: [{ orderId: '2', package: '1', reason }] });
  });

  it('tells also those whom only a later attempt left out', async () => {
    world.badLabels.add('s2');
    await join(world, '4');
    const { createForm } = world.ports.formsOf(shop, '');
    const slow = { ...world.ports.formsOf(shop, '') };
    slow.createForm = async (parcels, mailing) => {
      if (parcels.length < 3) world.faults.push('retryLater');
      return createForm(parcels, mailing);
    };
    const swift = world.ports.formsOf(shop, '');
    world.ports.formsOf = () => slow;
    await expect(make(world)).rejects.toThrow();
    world.badLabels.add('s4');
    world.ports.formsOf = () => swift;
    expect(await make(world)).toMatchObject({ kind: 'formed', form: { members: 1 }, leftOff: 2 });
    expect(documentOf(world, 'form')).toMatchObject({ leftOff: [{ orderId: '2' }, { orderId: '4' }] });
  });

  it('finds its form by its parcels where the list of forms does not show it', async () => {
    world.faults.push('lost');
    await expect(make(world)).rejects.toThrow();
    const blind = { ...world.ports.formsOf(shop, ''), findForm: () => Promise.resolve(undefined) };
    world.ports.formsOf = () => blind;
    expect(await make(world)).toMatchObject(formed);
    expect(world.forms).toHaveLength(1);
  });

  it('refuses for good where the provider refuses each by itself', async () => {
    for (const id of ['s1', 's2']) world.secretlyBad.add(id);
    expect(await make(world)).toEqual({ kind: 'refused', reason: 'the carrier refused it with X' });
    expect(await make(world)).toMatchObject({ kind: 'refused' });
    expect(world.asked).toEqual([['s1', 's2'], ['s1'], ['s2']]);
  });

  it('takes no other date’s form for its own', async () => {
    world.forms.push(
      { id: 'sf_8', status: 'created', number: '1', trackingNumbers: ['941', '949'], madeAt: EVENING },
      { id: 'sf_9', status: 'created', number: '2', trackingNumbers: ['942'], madeAt: EVENING },
    );
    world.documents.set('forms/easypost-7/sf_9', JSON.stringify({ folder: 'manifests/easypost-7/main/2026-11-24' }));
    await expect(make(world)).resolves.toMatchObject({ kind: 'refused' });
    expect(documentOf(world, 'form')).toBeNull();
  });

  it('makes none where nobody is left, whoever comes later', async () => {
    for (const orderId of ['1', '2']) await leave(world, orderId);
    expect(await make(world)).toEqual({ kind: 'empty' });
    world.documents.set(`${FOLDER}/members/9-1.1`, JSON.stringify({ ...parcel('9'), joinedAt: NOON }));
    expect(await make(world)).toEqual({ kind: 'empty' });
    expect(world.asked).toEqual([]);
  });
});

describe('a truck that is loaded by scanning', () => {
  const scan = (number: string, at: number): unknown =>
    world.documents.set(`${FOLDER}/loaded/${number}`, JSON.stringify({ at }));
  beforeEach(async () => {
    world = newWorld();
    for (const orderId of ['1', '2']) await join(world, orderId);
  });

  it('has what was scanned on its form, also what was scanned while it closed', async () => {
    for (const orderId of ['3', '4']) await join(world, orderId);
    scan('941', NOON);
    scan('943', CLOSES + 1);
    expect(await make(world)).toMatchObject({ form: { members: 2 }, late: 2 });
  });

  it('was not, where the first scan came after the closing: nobody is taken off', async () => {
    scan('941', CLOSES + 1);
    expect(await make(world)).toMatchObject({ form: { members: 2 }, leftOff: 0 });
  });

  it('was not, where nothing that is on the list was scanned: what is left stays on it', async () => {
    await join(world, '3');
    scan('943', NOON);
    await leave(world, '3');
    expect(await make(world)).toMatchObject({ form: { members: 2 } });
  });
});
