import { createHash } from 'node:crypto';
import { evidenceFileKey, evidenceRecordKey } from '../contracts/evidence';
import type { FormAnswer } from '../domain/manifest/event';
import type { BroughtForm } from '../domain/manifest/manifest';
import {
  CLOSES,
  documentOf,
  EVENING,
  FOLDER,
  join,
  KEY,
  leave,
  newWorld,
  NEXT,
  NEXT_ROUND,
  NOON,
  run,
  type World,
} from '../test/support/form-world';
import { keepForm, settleList } from './form-by-hand';
import { tellMembers } from './tell-members';

const HOUR_MS = 3_600_000;
const NUMBER = '9475711201080801234567';
const about = { ...KEY, shopId: '7', at: CLOSES };
const keep = ({ ports }: World, more: Partial<BroughtForm> = {}): Promise<FormAnswer> =>
  keepForm(ports, { ...about, number: NUMBER, madeAt: EVENING, ...more });

function bringList(world: World, numbers: readonly string[]): string {
  const text = JSON.stringify(numbers);
  const hash = createHash('sha256').update(text).digest('hex');
  world.documents.set(`${FOLDER}/lists/${hash}`, text);
  return hash;
}

let world: World;
beforeEach(async () => {
  world = newWorld({ byHand: { url: 'https://seller.example/manifest' } });
  for (const orderId of ['1', '2', '3', '4']) await join(world, orderId);
  await leave(world, '4');
});

describe('the list for a form that a person makes', () => {
  it('is settled when it closes: nobody joins or leaves it afterwards', async () => {
    expect(await settleList(world.ports, about)).toEqual({ kind: 'listed', members: 3 });
    expect(await leave(world, '1')).toEqual({ kind: 'stays' });
    expect(await join(world, '5')).toMatchObject(NEXT_ROUND);
    expect(await settleList(world.ports, { ...about, at: EVENING })).toEqual({ kind: 'listed', members: 3 });
    expect(world.asked).toEqual([]);
  });

  it('has nobody who was not on the truck: they go with the next', async () => {
    world.documents.set(`${FOLDER}/loaded/941`, JSON.stringify({ at: NOON }));
    expect(await settleList(world.ports, about)).toEqual({ kind: 'listed', members: 1 });
    expect(await join(world, '2')).toMatchObject(NEXT_ROUND);
    expect(await join(world, '1')).toMatchObject({ date: KEY.date, manifest: 'manifest:easypost-7:main:2026-11-23' });
  });
});

describe('a form that a person brings', () => {
  it('without a list is of all that were listed', async () => {
    await settleList(world.ports, about);
    expect(await keep(world)).toEqual({
      kind: 'formed',
      form: { formId: NUMBER, number: NUMBER, madeAt: EVENING, members: 3, sha256: '' },
      leftOff: 0,
    });
    expect(JSON.parse(world.documents.get(`forms/easypost-7/${NUMBER}`) ?? '')).toEqual({ folder: FOLDER });
  });

  it('without a list has on it who was on ours when it was made, whatever came and went since', async () => {
    const madeAt = NOON + 2 * HOUR_MS;
    await join(world, '5', { at: madeAt + HOUR_MS });
    world.documents.set(`${FOLDER}/left/3-1.1`, JSON.stringify({ at: madeAt + HOUR_MS }));
    expect(await keep(world, { madeAt })).toMatchObject({ form: { members: 3 }, late: 1 });
    expect(documentOf(world, 'form')).toMatchObject({
      members: [{ orderId: '1' }, { orderId: '2' }, { orderId: '3' }],
      late: [{ orderId: '5' }],
    });
  });

  it('without a list is not taken where who was on ours cannot be told', async () => {
    const madeAt = NOON + 2 * HOUR_MS;
    await join(world, '5', { at: madeAt + 30_000 });
    const reason = expect.stringContaining('list of the numbers') as string;
    expect(await keep(world, { madeAt })).toEqual({ kind: 'refused', reason });
    expect(await keep(world, { madeAt, listHash: bringList(world, ['941', '945']) })).toMatchObject({ late: 2 });

    const loaded = newWorld();
    for (const orderId of ['1', '2']) await join(loaded, orderId);
    loaded.documents.set(`${FOLDER}/loaded/941`, JSON.stringify({ at: madeAt + HOUR_MS }));
    expect(await keep(loaded, { madeAt })).toEqual({ kind: 'refused', reason });
  });

  it('with a list is compared: who is not on it goes with the next, strangers are kept', async () => {
    await settleList(world.ports, about);
    const listHash = bringList(world, ['941', '943', '999']);
    expect(await keep(world, { listHash })).toMatchObject({ form: { members: 2 }, leftOff: 0, late: 1, strangers: 1 });
    expect(documentOf(world, 'strangers')).toEqual(['999']);
    await run(() => tellMembers(world.ports, { ...about, what: 'formed' }));
    expect(world.signals.slice(-3)).toMatchObject([
      { workflowId: 'order:7:1', payload: { what: 'formed', form: NUMBER } },
      { workflowId: 'order:7:3', payload: { what: 'formed', form: NUMBER } },
      { workflowId: 'order:7:2', payload: { what: 'late' } },
    ]);
    expect(await join(world, '2', { at: EVENING, after: KEY.date })).toMatchObject(NEXT);
  });

  it('has on it who left too late for the person who made it', async () => {
    await settleList(world.ports, about);
    expect(await keep(world, { listHash: bringList(world, ['941', '944']) })).toMatchObject({
      form: { members: 2 },
      late: 2,
    });
  });

  it('closes the list where nobody had', async () => {
    expect(await keep(world)).toMatchObject({ form: { members: 3 } });
    expect(await leave(world, '1')).toEqual({ kind: 'stays' });
  });

  it('is brought once: the first stands, and a repeat hears it', async () => {
    const first = await keep(world);
    expect(await keep(world, { number: '9475000', listHash: 'e'.repeat(64) })).toEqual(first);
  });

  it('is refused where its number is another manifest’s, where its list is not there, where none of ours is on it', async () => {
    world.documents.set(`forms/easypost-7/${NUMBER}`, JSON.stringify({ folder: `${FOLDER}.2` }));
    expect(await keep(world)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('another') as string });
    expect(await keep(world, { listHash: 'e'.repeat(64) })).toMatchObject({ kind: 'refused' });
    const nameless = await keep(world, { number: '----' });
    expect(nameless).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no form number') as string });
    expect(await keep(world, { number: '1', listHash: bringList(world, ['999']) })).toMatchObject({ kind: 'refused' });
    expect(world.documents.has('forms/easypost-7/1')).toBe(false);
    expect(await keep(world, { number: '9475111' })).toMatchObject({ kind: 'formed' });
  });

  it('has its file, where that was brought as evidence', async () => {
    const sha256 = 'a'.repeat(64);
    expect(await keep(world, { file: sha256 })).toMatchObject({ form: { sha256: '' } });
    const other = newWorld();
    await join(other, '1');
    const record = { sha256, type: 'pdf', bytes: 3, receivedAt: new Date(NOON).toISOString(), via: 'api' } as const;
    other.documents.set(evidenceRecordKey(FOLDER, sha256), JSON.stringify(record));
    other.files.set(evidenceFileKey(FOLDER, record), new Uint8Array([7]));
    expect(await keep(other, { file: sha256 })).toMatchObject({ form: { sha256 } });
    expect(other.files.get(`${FOLDER}/form.pdf`)).toEqual(new Uint8Array([7]));
  });
});
