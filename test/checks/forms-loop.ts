import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { AllPorts } from '../../activities';
import { makeForm } from '../../activities/make-form';
import { tellMembers } from '../../activities/tell-members';
import { portsOf } from '../../workers/ports';
import { manifestChanged } from '../../workflows/messages';
import type { Floor } from '../support/floor';
import { keyringIn } from '../support/keys';
import { untilTrue } from '../support/until';
import { must } from './check';
import { standingStill } from './forms-points';
import { doomOf, judge, nameOf, openFormSet, type Case, type FormSet, type Heard } from './forms-set';

/** More than any form needs that was cut off once. */
const MOST_ATTEMPTS = 12;

/** Attempts fail here on purpose. */
const SILENT = new DefaultLogger('ERROR', () => undefined);

/**
 * One form by the real activities and adapters against the sandbox over HTTP: the first attempts stand still for ever at the case's
 * point, others begin anew as after a crash, without the waits between them. Gives how many forms were made.
 */
export async function playFormCase(floor: Floor, one: Case): Promise<number> {
  const heard: Heard[] = [];
  const ports = await portsIn(floor, heard);
  const set = await openFormSet(floor, ports, one);
  if (one.point === 'unanswered') {
    await set.control('POST', '/faults', { route: `${one.provider}.createForm`, kind: 'commitThenCut', times: 1 });
  } else await beginAndStand(ports, set);
  await live(ports, set);
  return judge(set, heard);
}

/** A life that gets as far as its point, and no further. */
async function beginAndStand(ports: AllPorts, set: FormSet): Promise<void> {
  const reached = new Set<string>();
  const dying = standingStill(ports, [doomOf(set)], (account) => reached.add(account));
  const ended = live(dying, set).then(() => {
    throw new Error(`${nameOf(set.one)} was never cut off`);
  });
  await Promise.race([ended, untilTrue(`${nameOf(set.one)} is reached`, () => reached.has(set.account))]);
}

/** All but the workflows: those are played by whoever runs the activities. */
async function portsIn({ documentsDir, client, taskQueue }: Floor, heard: Heard[]): Promise<AllPorts> {
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  return {
    ...ports,
    neighbours: {
      ...ports.neighbours,
      tell: () => Promise.resolve('told'),
      signal: ({ workflowId, signal, payload }) => {
        const orderId = workflowId.slice(workflowId.lastIndexOf(':') + 1);
        if (signal.name === manifestChanged.name) heard.push({ orderId, notice: payload as Heard['notice'] });
        return Promise.resolve('told');
      },
    },
  };
}

/** What the manifest's workflow would have done: the form, then the news of it. */
async function live(ports: AllPorts, { one, key, shopId, closedAt }: FormSet): Promise<void> {
  const input = { ...key, shopId, at: closedAt };
  const answer = await untilDone(() => makeForm(ports, input));
  must(`${nameOf(one)}: ${JSON.stringify(answer)}`, answer.kind, 'formed');
  await untilDone(() => tellMembers(ports, { ...input, what: 'formed' }));
}

async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await new MockActivityEnvironment({ attempt }, { logger: SILENT }).run(work);
    } catch (error) {
      const isFinal = !(error instanceof ApplicationFailure) || error.nonRetryable === true;
      if (isFinal || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
