import { MockActivityEnvironment } from '@temporalio/testing';
import type { AppealNotice } from '../domain/appeal/appeal';
import { broken, FIRST, moved, newWorld, NOW, opened, run, settle, tell, type World } from '../test/support/case-world';
import { tellCase } from './tell-case';

let world: World;
beforeEach(() => {
  world = newWorld(100);
});

describe('the orders of a case', () => {
  const notice: AppealNotice = { caseKey: FIRST.caseKey, status: 'filed', at: NOW, caseNumber: 'c1' };

  it('hear what became of it: all before the claim, then those that it claims', async () => {
    await tell(world, '1', [opened('1'), broken()]);
    await tell(world, '2', [opened('2'), moved(NOW)]);
    const told = { ...FIRST, raise: [], settle: [] };
    await run(tellCase, world, { ...told, notices: [{ ...notice, status: 'ready' }] });
    await settle(world);
    world.heard.length = 0;
    await run(tellCase, world, { ...told, notices: [notice] });
    expect(world.heard).toEqual([{ ...notice, orderId: '1', package: '1' }]);
  });

  it('hear it in the order in which it happened, however long a message takes', async () => {
    for (const id of ['1', '2']) await tell(world, id, [opened(id)]);
    const { neighbours } = world.ports;
    const { signal } = neighbours;
    const spy = jest.spyOn(neighbours, 'signal').mockImplementation(async (message) => {
      if ((message.payload as AppealNotice).status === 'filing') await new Promise(setImmediate);
      return signal(message);
    });
    const notices: AppealNotice[] = [{ caseKey: FIRST.caseKey, status: 'filing', at: NOW }, notice];
    await run(tellCase, world, { ...FIRST, notices, raise: [], settle: [] });
    spy.mockRestore();
    for (const id of ['1', '2']) {
      const heard = world.heard.filter(({ orderId }) => orderId === id);
      expect(heard.map(({ status }) => status)).toEqual(['filing', 'filed']);
    }
  });

  it('a repeat goes on where the last attempt was', async () => {
    for (let n = 1; n <= 450; n += 1) await tell(world, `${n}`, [opened(`${n}`)]);
    const environment = new MockActivityEnvironment({ heartbeatDetails: { list: 'members', parcels: 200 } });
    const input = { ...FIRST, notices: [notice], raise: [], settle: [] };
    await environment.run(() => tellCase(world.ports, input));
    expect(world.heard).toHaveLength(250);
  });

  it('a repeat begins anew where the claim was settled meanwhile: it is another list', async () => {
    for (const id of ['1', '2', '3']) await tell(world, id, [opened(id), broken()]);
    await settle(world);
    const environment = new MockActivityEnvironment({ heartbeatDetails: { list: 'members', parcels: 200 } });
    await environment.run(() => tellCase(world.ports, { ...FIRST, notices: [notice], raise: [], settle: [] }));
    expect(world.heard).toHaveLength(3);
  });
});
