import { randomBytes } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { untilHeard } from '../engine/send-update';
import { connectDetails, connectFailures, connectSummaries } from '../words/connect';
import { REFUSED } from '../workflows/messages';
import {
  chooseShops,
  codeCame,
  connectState,
  connectWorkflowId,
  isConnectState,
  openConnect,
  SHOP_CONNECT,
  type ChooseShopsInput,
  type ChooseVerdict,
  type ConnectView,
} from '../workflows/messages-connect';
import type { ApiDeps } from './deps';
import { Problem } from './problem';
import { workerProblem } from './temporal-failures';

/** Nobody guesses it: it says that whoever comes back from the platform was sent there by us. */
const STATE_BYTES = 16;

/** Where the code waits until it is used, by state; the room of activities names it the same. */
const codeKey = (state: string): string => `secrets/connect/${state}`;

const unknown = (): Problem => new Problem('unknown-route', connectDetails.unknown);

/** Begins a connection; its state, and where the owner consents. */
export async function beginConnect(deps: ApiDeps): Promise<{ state: string; consentUrl: string }> {
  if (deps.vault === undefined) throw new Problem('refused', connectDetails.noKeys);
  const state = randomBytes(STATE_BYTES).toString('hex');
  try {
    const { consentUrl } = await untilHeard(() =>
      deps.client.workflow.executeUpdateWithStart(openConnect, { startWorkflowOperation: openingOf(deps, state) }),
    );
    if (consentUrl === null) throw new Problem('refused', connectFailures['noApp'] ?? '');
    return { state, consentUrl };
  } catch (error) {
    throw workerProblem(error);
  }
}

const openingOf = ({ taskQueue }: ApiDeps, state: string) =>
  new WithStartWorkflowOperation(SHOP_CONNECT, {
    workflowId: connectWorkflowId(state),
    taskQueue,
    args: [{ state }],
    // Nobody else has this state: one that runs was begun by a try that no worker heard.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: connectSummaries.connect,
  });

/** A connection as its workflow tells it, also after its end. */
export async function readConnect({ client }: ApiDeps, state: string): Promise<ConnectView> {
  if (!isConnectState(state)) throw unknown();
  try {
    return await client.workflow.getHandle(connectWorkflowId(state)).query(connectState);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw unknown();
    throw workerProblem(error);
  }
}

/**
 * Takes the code that the owner came back with. It goes into the vault and never into a message. A state is used once; the same
 * code may come again where the first time broke off between the two.
 */
export async function takeCode(deps: ApiDeps, state: string, code: string): Promise<'done' | 'used'> {
  const { vault } = deps;
  const { status, hasCode } = await readConnect(deps, state);
  if (vault === undefined || status !== 'waiting' || hasCode) return 'used';
  const text = JSON.stringify({ code });
  const isFirst = await vault.putIfAbsent(codeKey(state), text);
  if (!isFirst && (await vault.get(codeKey(state))) !== text) return 'used';
  await deps.client.workflow.getHandle(connectWorkflowId(state)).signal(codeCame);
  return 'done';
}

/** Chooses among the shops that the owner consented to. */
export async function chooseOf(
  { client }: ApiDeps,
  state: string,
  { updateId, ...input }: ChooseShopsInput & { updateId: string },
): Promise<ChooseVerdict> {
  if (!isConnectState(state)) throw unknown();
  try {
    const handle = client.workflow.getHandle(connectWorkflowId(state));
    return await untilHeard(() => handle.executeUpdate(chooseShops, { args: [input], updateId }));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new Problem('refused', connectDetails.unknown);
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === REFUSED) throw new Problem('refused', cause.message);
    throw workerProblem(error);
  }
}
