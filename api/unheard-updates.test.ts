import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../workflows/messages';
import { fileAppeal } from '../workflows/messages-appeal';
import { switchMode } from '../workflows/messages-account';
import { closeManifest } from '../workflows/messages-manifest';
import { bookPickup } from '../workflows/messages-pickup';
import { orderOfAccount } from './accounts';
import { acknowledge } from './alerts';
import { orderOfAppeal } from './appeals';
import { beginConnect, chooseOf } from './connects';
import type { ApiDeps } from './deps';
import { orderOfManifest } from './manifests';
import { orderCommands } from './routes/command-order';
import { orderOfPickup } from './routes/pickups-call';

const unheard = new WorkflowUpdateFailedError(
  'Workflow Update failed',
  ApplicationFailure.nonRetryable('no', 'UnprocessedUpdate'),
);

let tries: number;
/** What a workflow is begun with is used once. */
let openings: Set<unknown>;

/** Workflows whose worker hears no update at all. */
function depsOf(): ApiDeps {
  const executeUpdate = (): Promise<never> => {
    tries += 1;
    return Promise.reject(unheard);
  };
  const executeUpdateWithStart = (_: unknown, { startWorkflowOperation }: { startWorkflowOperation: unknown }) => {
    openings.add(startWorkflowOperation);
    return executeUpdate();
  };
  const shop = new TypedSearchAttributes([{ key: searchAttributes.shopId, value: '7' }]);
  const describe = () => Promise.resolve({ typedSearchAttributes: shop });
  return {
    taskQueue: 'q',
    vault: {},
    client: {
      withDeadline: (_at: number, call: () => Promise<unknown>) => call(),
      workflow: {
        start: () => Promise.resolve(),
        getHandle: () => ({ executeUpdate, describe }),
        executeUpdateWithStart,
      },
    },
  } as unknown as ApiDeps;
}

const updateId = 'u1';
const caller = { actor: 'Ada' };
const verdict = { ...caller, bodyHash: 'x' };
const pickup = { shopId: '7', account: 'easypost', shipFrom: 'la', date: '2026-11-25', endsAt: 0 };

const orders: Record<string, (deps: ApiDeps) => Promise<unknown>> = {
  'an order': (deps) => orderCommands.prepare('hold', {})(deps, { shopId: '7', orderId: '42', caller, bodyHash: 'x' }),
  'a manifest': (deps) =>
    orderOfManifest(deps, { shopId: '7', manifest: 'm', update: closeManifest, updateId, input: verdict }),
  'a connection': (deps) => chooseOf(deps, 'a'.repeat(32), { updateId, shopIds: ['7'], ...verdict }),
  'an alert': (deps) => acknowledge(deps, { shopId: '7', updateId, input: { key: 'k', ...caller } }),
  'a case': (deps) =>
    orderOfAppeal(deps, { shopId: '7', caseKey: '42-1', update: fileAppeal, updateId, input: verdict }),
  'a pickup': (deps) => orderOfPickup(deps, { about: pickup, update: bookPickup, updateId, input: verdict }),
};
const beginnings: Record<string, (deps: ApiDeps) => Promise<unknown>> = {
  'a new connection': beginConnect,
  'an account': (deps) =>
    orderOfAccount(deps, '7', { update: switchMode, updateId, input: { mode: 'auto', ...caller } }),
};

beforeEach(() => {
  jest.useFakeTimers();
  tries = 0;
  openings = new Set();
});
afterEach(() => jest.useRealTimers());

describe('what no worker hears of', () => {
  it.each(Object.entries({ ...orders, ...beginnings }))('is a silence of the worker: %s', async (name, order) => {
    const answered = expect(order(depsOf())).rejects.toMatchObject({ kind: 'worker-unavailable', status: 503 });
    await jest.runAllTimersAsync();
    await answered;
    expect(tries).toBe(4);
    expect(openings.size).toBe(name in beginnings ? 4 : 0);
  });
});
