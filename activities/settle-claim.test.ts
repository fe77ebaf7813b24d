import type { AppealNews } from '../domain/appeal/appeal';
import {
  broken,
  BROKEN,
  FIRST,
  HOUR_MS,
  moved,
  newWorld,
  NOW,
  opened,
  openingOf,
  run,
  SCANNED,
  settle,
  tell,
  type World,
} from '../test/support/case-world';
import { readCaseMembers, readClaim } from './case-documents';
import { surveyCase } from './survey-case';
import { tellAppeal } from './tell-appeal';

const tellAlone = (world: World, orderId: string, news: AppealNews[]): Promise<unknown> =>
  run(tellAppeal, world, { shopId: '7', orderId, at: NOW, package: '1', news });
const survey = (world: World, caseKey = FIRST.caseKey): Promise<unknown> =>
  run(surveyCase, world, { ...FIRST, caseKey });
const claimedIn = async ({ ports }: World, caseKey = FIRST.caseKey): Promise<string[] | undefined> =>
  (await readClaim(ports, { shopId: '7', caseKey }))?.members.map(({ orderId }) => orderId);
const membersOf = async ({ ports }: World, caseKey: string): Promise<string[]> =>
  (await readCaseMembers(ports, { shopId: '7', caseKey })).map(({ orderId }) => orderId);

let world: World;
beforeEach(() => {
  world = newWorld(100);
});

describe('telling a case', () => {
  it('of a form rings once for all, and again once somebody has looked', async () => {
    for (const id of ['1', '2', '3']) await tell(world, id, [opened(id)]);
    expect(world.rung).toEqual(['form-sf_1-1']);
    expect(world.inputs[0]).toEqual({ shopId: '7', orderId: '', caseKey: 'form-sf_1-1', edition: 2 });
    expect(await survey(world)).toMatchObject({ members: 3, undecided: 3, opening: { orderId: '1' } });
    await tell(world, '2', [broken()]);
    expect(world.rung).toHaveLength(2);
  });

  it('is silenced by no ring of an order that died over it', async () => {
    world.dies = ({ signal }) => signal.name === 'appealNews';
    await expect(tell(world, '1', [opened('1')])).rejects.toThrow('died');
    world.dies = undefined;
    await tell(world, '2', [opened('2')]);
    expect(world.rung).toEqual(['form-sf_1-1']);
    expect(await survey(world)).toMatchObject({ members: 2 });
    for (const id of ['3', '4']) await tell(world, id, [opened(id)]);
    expect(world.rung).toHaveLength(2);
  });

  it('rings again for an attempt that died after its documents', async () => {
    await tell(world, '1', [opened('1')]);
    await tell(world, '1', [opened('1')]);
    expect(world.rung).toHaveLength(2);
    expect(await membersOf(world, FIRST.caseKey)).toEqual(['1']);
  });

  it('without a form is of its own, and says it in the message too: an older case hears nothing else', async () => {
    expect(await tellAlone(world, '57', [opened('57'), broken()])).toEqual({ kind: 'told', caseKey: '57-1' });
    expect(world.rung).toEqual(['57-1', '57-1']);
    expect(world.inputs[0]).toMatchObject({ orderId: '57', edition: 2 });
    expect(await survey(world, '57-1')).toMatchObject({ members: 1, broken: 1, undecided: 0 });
  });
});

describe('a survey', () => {
  it('goes by the true instants, whatever was told first', async () => {
    await tell(world, '1', [opened('1'), broken(), moved(BROKEN - 1)]);
    await tell(world, '2', [opened('2'), moved(BROKEN), broken()]);
    await tell(world, '3', [opened('3'), { kind: 'over', at: BROKEN - 1 }]);
    await tell(world, '4', [opened('4'), broken(BROKEN + 1)]);
    expect(await survey(world)).toMatchObject({
      ...{ members: 4, undecided: 0, broken: 2, moved: 1, over: 1 },
      firstBroken: { at: BROKEN },
    });
  });

  it('marks the papers that are kept', async () => {
    await tell(world, '1', [opened('1')]);
    const marks = [await survey(world), await survey(world)].map((one) => (one as { papers: string }).papers);
    world.documents.set(`manifests/acc/main/2026-11-20/evidence/${'a'.repeat(64)}`, '{}');
    expect(marks[0]).toBe(marks[1]);
    expect(await survey(world)).not.toMatchObject({ papers: marks[0] });
  });
});

describe('a claim', () => {
  it('is who broke and had not moved; who moved hears it, the rest goes on with all that is known', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await tell(world, '2', [opened('2'), moved(BROKEN - 1)]);
    await tell(world, '3', [opened('3')]);
    expect(await settle(world)).toEqual({
      ...{ kind: 'settled', members: 1, leftOut: 1, spared: 1 },
      limitBroken: { deadline: 'autoCancelUncollected', at: BROKEN },
    });
    expect(await claimedIn(world)).toEqual(['1']);
    expect(world.heard.map(({ orderId, status, package: parcel }) => [orderId, status, parcel])).toEqual([
      ['2', 'unfiled', '1'],
      ['3', 'nextCase', '1'],
    ]);
    expect(await membersOf(world, 'form-sf_1-2')).toEqual(['3']);
    expect(world.rung.at(-1)).toBe('form-sf_1-2');
    await tell(world, '3', [broken()]);
    expect(await survey(world, 'form-sf_1-2')).toMatchObject({ members: 1, broken: 1 });
  });

  it('loses nobody to an attempt that died between two documents, and rings no case that is empty', async () => {
    world = newWorld(1);
    for (const id of ['1', '2', '3']) await tell(world, id, [opened(id), broken(BROKEN + Number(id))]);
    for (let point = 1; point <= 12; point += 1) {
      world.mostWrites = point;
      await settle(world).catch(() => undefined);
    }
    world.mostWrites = Infinity;
    expect(await settle(world)).toMatchObject({ members: 1, leftOut: 2 });
    const next = await Promise.all([2, 3, 4, 5, 6].map((n) => membersOf(world, `form-sf_1-${n}`)));
    expect(next.flat().sort()).toEqual(['2', '3']);
    const whose = new Set(world.heard.flatMap(({ status, orderId }) => (status === 'nextCase' ? [orderId] : [])));
    expect([...whose].sort()).toEqual(['2', '3']);
    const taken = next.flatMap((members, index) => (members.length > 0 ? [`form-sf_1-${index + 2}`] : []));
    expect([...new Set(world.rung)].sort()).toEqual(['form-sf_1-1', ...taken]);
    expect(await survey(world, 'form-sf_1-2')).toMatchObject({ undecided: 0, broken: next[0]?.length });
  });

  it('that is settled again rings no case that nobody went to', async () => {
    world = newWorld(1);
    for (const id of ['1', '2', '3']) await tell(world, id, [opened(id), broken()]);
    await settle(world);
    for (const n of [2, 3]) await settle(world, { caseKey: `form-sf_1-${n}` });
    world.rung.length = 0;
    world.heard.length = 0;
    expect(await settle(world, { again: true })).toMatchObject({ members: 1, leftOut: 2 });
    expect(world.rung).toEqual(['form-sf_1-2', 'form-sf_1-3']);
    expect(world.heard).toEqual([]);
  });

  it('stands as it was written, however often it is asked for', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await settle(world);
    const text = world.documents.get('appeals/7/form-sf_1-1/claim');
    await settle(world, { at: NOW + HOUR_MS });
    expect(world.documents.get('appeals/7/form-sf_1-1/claim')).toBe(text);
  });

  it('takes no more than the desk does; the others are dealt out at once, each to one case', async () => {
    world = newWorld(2);
    for (let n = 1; n <= 5; n += 1) await tell(world, `${n}`, [opened(`${n}`), broken(BROKEN + n)]);
    await tell(world, '6', [opened('6')]);
    await settle(world);
    expect(await claimedIn(world)).toEqual(['1', '2']);
    const next = await Promise.all([2, 3, 4].map((n) => membersOf(world, `form-sf_1-${n}`)));
    expect(next).toEqual([['3', '4'], ['5'], ['6']]);
    expect(world.heard.filter(({ status }) => status === 'nextCase')).toHaveLength(4);
  });

  it('leaves out who was scanned only after the limit, where that leaves some', async () => {
    await tell(world, '1', [opened('1'), broken(SCANNED - 1)]);
    await tell(world, '2', [opened('2'), broken()]);
    await settle(world);
    expect(await claimedIn(world)).toEqual(['2']);
    expect(await membersOf(world, 'form-sf_1-2')).toEqual(['1']);
    const late = newWorld(100);
    await tell(late, '1', [opened('1'), broken(SCANNED - 1)]);
    await settle(late);
    expect(await claimedIn(late)).toEqual(['1']);
  });

  it('of a case that lost nothing is empty: nobody goes on, everybody hears', async () => {
    await tell(world, '1', [opened('1'), moved(NOW)]);
    await tell(world, '2', [opened('2')]);
    expect(await settle(world)).toEqual({ kind: 'settled', members: 0, leftOut: 0, spared: 2 });
    expect(world.heard.map(({ status }) => status)).toEqual(['unfiled', 'unfiled']);
  });

  it('shows who turned out later to have lost nothing no more', async () => {
    for (const id of ['1', '2']) await tell(world, id, [opened(id), broken()]);
    await settle(world);
    await tell(world, '1', [moved(BROKEN - 1)]);
    expect(await claimedIn(world)).toEqual(['2']);
    expect(await survey(world)).toMatchObject({ claimed: 1 });
  });
});

describe('whoever comes after the claim', () => {
  it('goes to the next case by itself', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await settle(world);
    expect(await tell(world, '9', [opened('9'), broken()])).toEqual({ kind: 'told', caseKey: 'form-sf_1-2' });
    expect(await membersOf(world, 'form-sf_1-2')).toEqual(['9']);
    expect(world.rung.at(-1)).toBe('form-sf_1-2');
  });

  it('is there with all that is known, where its order died over going on', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await tell(world, '2', [opened('2')]);
    await settle(world, { at: BROKEN });
    // Its place is written, and nothing else.
    for (const key of [...world.documents.keys()]) if (/-2\/members\/2-1/.test(key)) world.documents.delete(key);
    await tell(world, '2', [broken()]);
    expect(await survey(world, 'form-sf_1-2')).toMatchObject({ members: 1, broken: 1 });
  });

  it('while it was settled is sent on when it is settled again, and nobody hears twice', async () => {
    for (const id of ['1', '2']) await tell(world, id, [opened(id), ...(id === '1' ? [broken()] : [])]);
    await settle(world);
    const slipped = JSON.stringify({ at: NOW, opening: openingOf('3') });
    world.documents.set('appeals/7/form-sf_1-1/members/3-1.opened', slipped);
    expect(await settle(world, { again: true })).toMatchObject({ members: 1, leftOut: 2 });
    expect(await membersOf(world, 'form-sf_1-2')).toEqual(['2', '3']);
    expect(world.heard.map(({ orderId }) => orderId)).toEqual(['2', '3']);
  });

  it('is told no more of a case that is over', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await settle(world);
    world.over.add('form-sf_1-1');
    await tell(world, '1', [moved(BROKEN + 1)]);
    expect(world.rung.filter((key) => key === 'form-sf_1-2')).toEqual([]);
  });
});
