import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Problem } from './problem';
import { sendUpdate } from './send-update';

const failed = (type: string): Error =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('no', type));
const unheard = failed('UnprocessedUpdate');

/** A workflow that answers each call with the next of these. */
function workflow(...answers: unknown[]) {
  const calls: unknown[] = [];
  const executeUpdate = (name: string, { args, updateId }: { args: unknown[]; updateId: string }): Promise<unknown> => {
    calls.push({ name, args, updateId });
    const answer = answers[calls.length - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { calls, handle: { executeUpdate } as unknown as Parameters<typeof sendUpdate>[0] };
}

const UPDATE = { update: { name: 'holdOrder' }, updateId: 'u1', input: { actor: 'ann' } };

describe('a person’s order', () => {
  it('is sent again, under the same id, where a worker missed it', async () => {
    const { handle, calls } = workflow(unheard, unheard, { accepted: true });
    expect(await sendUpdate(handle, UPDATE)).toEqual({ accepted: true });
    const sent = { name: 'holdOrder', args: [{ actor: 'ann' }], updateId: 'u1' };
    expect(calls).toEqual([sent, sent, sent]);
  });

  it('is a problem of the worker where none hears it', async () => {
    const { handle, calls } = workflow(unheard, unheard, unheard, unheard, { accepted: true });
    await expect(sendUpdate(handle, UPDATE)).rejects.toThrow('worker-unavailable');
    await expect(sendUpdate(workflow(unheard, unheard, unheard, unheard).handle, UPDATE)).rejects.toBeInstanceOf(
      Problem,
    );
    expect(calls).toHaveLength(4);
  });

  it('is not sent again once it was answered', async () => {
    const { handle, calls } = workflow(failed('Refused'), { accepted: true });
    await expect(sendUpdate(handle, UPDATE)).rejects.toThrow('Workflow Update failed');
    expect(calls).toHaveLength(1);
  });
});
