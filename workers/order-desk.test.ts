import { WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { orderDeskOf } from './order-desk';

const failed = (type: string): Error =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('no', type));

/** The desk of an order that fails so many times with this, and the ids of the approvals that it was sent. */
function deskOf(error: Error, times: number) {
  const sent: string[] = [];
  const executeUpdate = (_update: unknown, { updateId }: { updateId: string }): Promise<void> =>
    sent.push(updateId) > times ? Promise.resolve() : Promise.reject(error);
  const client = {
    withDeadline: (_at: number, call: () => Promise<unknown>) => call(),
    workflow: { getHandle: () => ({ executeUpdate }) },
  } as unknown as Client;
  const approve = () => orderDeskOf(client).approve({ shopId: '7', orderId: '42', actor: 'Ada', updateId: 'batch-1' });
  return { sent, approve };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a batch’s approval', () => {
  it('is given again, under one id, where a worker missed it', async () => {
    const { sent, approve } = deskOf(failed('UnprocessedUpdate'), 2);
    const approved = approve();
    await jest.runAllTimersAsync();
    await approved;
    expect(sent).toEqual(Array(3).fill('batch-1'));
  });

  it('is a failure where no worker hears it: nobody takes it for given', async () => {
    const unheard = failed('UnprocessedUpdate');
    const { approve } = deskOf(unheard, Infinity);
    const asked = expect(approve()).rejects.toBe(unheard);
    await jest.runAllTimersAsync();
    await asked;
  });

  it('is done with where the order does not need it', async () => {
    const { sent, approve } = deskOf(failed('Refused'), Infinity);
    await approve();
    expect(sent).toEqual(['batch-1']);
  });
});
