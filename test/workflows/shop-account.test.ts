import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { standingKey } from '../../contracts/standing';
import { updateAccount } from '../../engine/shop-accounts';
import { renewalBy } from '../../workers/accounts';
import {
  accountNews,
  accountState,
  accountWorkflowId,
  renewToken,
  switchMode,
  switchWrites,
  type AccountView,
} from '../../workflows/messages-account';
import { alertDeskWorkflowId, alertList, type AlertView } from '../../workflows/messages-alerts';
import { connectedShop, historyText, openAccountFloor, type AccountFloor } from '../support/account-floor';
import { untilTrue } from '../support/until';

let floor: AccountFloor;
beforeAll(async () => {
  floor = await openAccountFloor();
}, 120_000);
afterAll(() => floor.close());

const handleOf = (shopId: string): WorkflowHandle => floor.client.workflow.getHandle(accountWorkflowId(shopId));
const viewOf = (shopId: string): Promise<AccountView> => handleOf(shopId).query(accountState);

async function standingOf(shopId: string): Promise<Record<string, unknown>> {
  const text = await floor.documents.get(standingKey(shopId));
  return JSON.parse(text ?? '{}') as Record<string, unknown>;
}

async function alertsOf(shopId: string): Promise<AlertView[]> {
  try {
    return (await floor.client.workflow.getHandle(alertDeskWorkflowId(shopId)).query(alertList)).alerts;
  } catch {
    return [];
  }
}

const refreshesOf = async (shopId: string): Promise<unknown> =>
  (await floor.control('GET', `/shops/${shopId}/tokens`))['refreshes'];

const renew = (shopId: string, seenVersion: number, client = floor.client) =>
  updateAccount(client, { taskQueue: floor.taskQueue, shopId }, { update: renewToken, input: { seenVersion } });

const tokenMode = (refreshTokens: 'reusable' | 'rotating') => floor.control('PUT', '/app', { refreshTokens });
const expireAccess = (shopId: string) => floor.control('POST', `/shops/${shopId}/tokens/expire`, { which: 'access' });

const cutOnce = (shopId: string) =>
  floor.control('POST', `/shops/${shopId}/faults`, { route: 'tiktok.tokenRefresh', kind: 'commitThenCut', times: 1 });

describe('the account of a shop', () => {
  it('renews once when ten calls of five clients are refused at once', async () => {
    const shopId = await connectedShop(floor);
    await expireAccess(shopId);
    const clients = await floor.clients(5);
    const verdicts = await Promise.all(
      clients.flatMap((client) => [renew(shopId, 1, client), renew(shopId, 1, client)]),
    );
    expect(verdicts).toEqual(Array(10).fill({ isNewer: true, version: 2 }));
    expect(await refreshesOf(shopId)).toBe(1);
    expect(await floor.ports.tokens.read(shopId)).toMatchObject({ version: 2 });
  });

  it('gives whoever was refused a shop with the newer token, by looking before it asks', async () => {
    const shopId = await connectedShop(floor);
    await expireAccess(shopId);
    const old = await floor.findShop.findFresh(shopId);
    if (old === undefined) throw new Error('no shop');
    const { client, taskQueue, findShop, ports } = floor;
    const { tokens, standingOf: standingBy } = ports;
    const renewer = renewalBy({ client, taskQueue }, { findShop, tokens, standingOf: standingBy });
    const [first, second] = await Promise.all([renewer(old), renewer(old)]);
    expect(first?.platform).toMatchObject({ tokenVersion: 2 });
    expect(first?.platform.accessToken).not.toBe(old.platform.accessToken);
    expect(second).toEqual(first);
    const events = async () => (await handleOf(shopId).describe()).historyLength;
    const before = await events();
    expect((await renewer(old))?.platform.tokenVersion).toBe(2);
    expect([await refreshesOf(shopId), await events()]).toEqual([1, before]);
  });

  it('is connected after an answer that was lost, where refresh tokens can be used again', async () => {
    await tokenMode('reusable');
    const shopId = await connectedShop(floor);
    await expireAccess(shopId);
    await cutOnce(shopId);
    expect(await renew(shopId, 1)).toEqual({ isNewer: true, version: 2 });
    expect(await viewOf(shopId)).toMatchObject({ connection: 'connected', tokenVersion: 2 });
    expect(await refreshesOf(shopId)).toBe(2);
  });

  it('needs its owner after an answer that was lost, where refresh tokens rotate; nothing else is lost', async () => {
    await tokenMode('rotating');
    const shopId = await connectedShop(floor);
    await expireAccess(shopId);
    await cutOnce(shopId);
    expect(await renew(shopId, 1)).toEqual({ isNewer: false, version: 1, reason: 'reconnectNeeded' });
    await tokenMode('reusable');
    await untilTrue('the alert stands', async () => (await alertsOf(shopId)).length > 0);
    expect(await alertsOf(shopId)).toMatchObject([{ about: 'reconnectNeeded', state: 'open', orderId: '' }]);
    expect(await standingOf(shopId)).toMatchObject({ connection: 'reconnectNeeded', mode: 'auto' });
    const at = Date.now();
    const pair = { accessExpiresAt: at + 7 * DAY_MS, refreshExpiresAt: at + 300 * DAY_MS };
    await floor.ports.accounts.connected(shopId, { tokenVersion: 2, ...pair, at });
    expect(await standingOf(shopId)).toMatchObject({ connection: 'connected', mode: 'auto' });
    await untilTrue('the alert is settled', async () => (await alertsOf(shopId))[0]?.state === 'settled');
  });

  it('takes over the pair that another shop of the same seller got', async () => {
    await tokenMode('rotating');
    const [first, second] = [await connectedShop(floor), await connectedShop(floor)];
    const pair = await floor.ports.tokens.read(first);
    if (pair === undefined || 'purged' in pair) throw new Error('no pair');
    await floor.ports.tokens.store(second, pair, 1);
    expect(await renew(first, 1)).toEqual({ isNewer: true, version: 2 });
    expect(await renew(second, 2)).toEqual({ isNewer: true, version: 3 });
    const [one, other] = [await floor.ports.tokens.read(first), await floor.ports.tokens.read(second)];
    expect(other).toMatchObject({ accessToken: one !== undefined && 'accessToken' in one ? one.accessToken : '' });
    await tokenMode('reusable');
  });

  it('that is deauthorised removes the tokens, stops, and says so; an old notice does nothing', async () => {
    const shopId = await connectedShop(floor);
    await handleOf(shopId).signal(accountNews, { kind: 'deauthorised', at: Date.now() - DAY_MS });
    expect(await viewOf(shopId)).toMatchObject({ connection: 'connected' });
    await handleOf(shopId).signal(accountNews, { kind: 'deauthorised', at: Date.now() });
    await untilTrue('the tokens are gone', async () => 'purged' in ((await floor.ports.tokens.read(shopId)) ?? {}));
    await untilTrue('the alert stands', async () => (await alertsOf(shopId)).length > 0);
    expect(await standingOf(shopId)).toMatchObject({ connection: 'deauthorised' });
    expect((await floor.findShop.findFresh(shopId))?.platform.accessToken).toBe('');
    expect(await renew(shopId, 1)).toMatchObject({ isNewer: false, reason: 'deauthorised' });
    expect(await refreshesOf(shopId)).toBe(0);
  });

  it('is answered only once every step can read the switch, and hears one person twice under one key', async () => {
    const shopId = await connectedShop(floor);
    const ref = { taskQueue: floor.taskQueue, shopId };
    const input = { writes: 'off', actor: 'Ada', bodyHash: 'h', key: 'k' } as const;
    const off = () => updateAccount(floor.client, ref, { update: switchWrites, input, updateId: 'u' });
    expect(await off()).toMatchObject({ accepted: true, writes: 'off', bodyHash: 'h' });
    expect(await standingOf(shopId)).toMatchObject({ writes: 'off' });
    expect(await off()).toMatchObject({ accepted: true, bodyHash: 'h' });
    await updateAccount(floor.client, ref, { update: switchMode, input: { mode: 'watch', actor: 'Ada' } });
    expect(await standingOf(shopId)).toMatchObject({ writes: 'off', mode: 'watch' });
    expect(await viewOf(shopId)).toMatchObject({ switched: { mode: { by: 'Ada' }, writes: { by: 'Ada' } } });
  });

  it('that hears of nothing but callers, because its owner is gone, goes on with a new history', async () => {
    const shopId = await connectedShop(floor);
    await handleOf(shopId).signal(accountNews, { kind: 'deauthorised', at: Date.now() });
    await untilTrue('the tokens are gone', async () => 'purged' in ((await floor.ports.tokens.read(shopId)) ?? {}));
    const { runId } = await handleOf(shopId).describe();
    await floor.stopWorker();
    // All in one task with a caller, and nothing after it.
    await inBatches(1_600, () => handleOf(shopId).signal('noSuchSignal', null));
    const asked = renew(shopId, 1);
    await floor.startWorker();
    expect(await asked).toMatchObject({ isNewer: false, reason: 'deauthorised' });
    await untilTrue('it is another run', async () => (await handleOf(shopId).describe()).runId !== runId);
    expect(await viewOf(shopId)).toMatchObject({ connection: 'deauthorised', mode: 'auto' });
  });

  it('that somebody terminated goes on where it was', async () => {
    const shopId = await connectedShop(floor);
    const ref = { taskQueue: floor.taskQueue, shopId };
    await updateAccount(floor.client, ref, { update: switchMode, input: { mode: 'assist', actor: 'Ada' } });
    await handleOf(shopId).terminate();
    await expireAccess(shopId);
    expect(await renew(shopId, 1)).toEqual({ isNewer: true, version: 2 });
    expect(await viewOf(shopId)).toMatchObject({ mode: 'assist', connection: 'connected', tokenVersion: 2 });
  });

  it('renews ahead of time by its own timer', async () => {
    await floor.control('PUT', '/app', { accessLifetimeSeconds: 4 });
    const shopId = await connectedShop(floor);
    await floor.control('PUT', '/app', { accessLifetimeSeconds: 7 * 86_400 });
    await untilTrue('there is another pair', async () => (await viewOf(shopId)).tokenVersion === 2);
    expect(await refreshesOf(shopId)).toBe(1);
  });

  it('lives through whatever is sent to it, and no token stands in its history', async () => {
    const shopId = await connectedShop(floor);
    const account = handleOf(shopId);
    for (const value of MALFORMED) await account.signal(accountNews.name, value);
    await account.signal('noSuchSignal', null);
    for (const value of MALFORMED) {
      for (const { name } of [renewToken, switchMode, switchWrites]) {
        await expect(account.executeUpdate(name, { args: [value] })).rejects.toThrow(WorkflowUpdateFailedError);
      }
    }
    await account.cancel();
    await expireAccess(shopId);
    await renew(shopId, 1);
    expect(await viewOf(shopId)).toMatchObject({ connection: 'connected', tokenVersion: 2 });
    expect((await viewOf(shopId)).toDo.join(' ')).toContain('cancel');
    const history = await historyText(account);
    expect(history).toContain('accessExpiresAt');
    expect(history).not.toContain('TTP_');
  });
});

const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 100;

async function inBatches(count: number, send: () => Promise<unknown>): Promise<void> {
  for (let sent = 0; sent < count; sent += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, send));
}

const MALFORMED: unknown[] = [
  ...[null, true, 0, -1, 'x', [], {}, { kind: 'deauthorised' }, { kind: 'deauthorised', at: 'now' }],
  ...[{ kind: 'expiring', at: 1 }, { kind: 'toString', at: 1 }, { seenVersion: -1 }, { seenVersion: 1.5 }],
  ...[{ actor: 'Ada' }, { actor: 'Ada', mode: 'toString', writes: 'maybe' }, { mode: 'auto', writes: 'on' }],
];
