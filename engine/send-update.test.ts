import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { isUnheard, untilHeard } from './send-update';

const failed = (type: string): Error =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('no', type));
const unheard = failed('UnprocessedUpdate');

/** Sends that answer with these, one after the other, and the instants at which they were made. */
function sendsOf(...answers: unknown[]) {
  const sentAt: number[] = [];
  const send = (): Promise<unknown> => {
    const answer = answers[sentAt.push(Date.now()) - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { sentAt, send };
}

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

describe('an update', () => {
  it('is sent again, a little later each time, where a worker missed it', async () => {
    const { send, sentAt } = sendsOf(unheard, unheard, unheard, 'done');
    const heard = untilHeard(send);
    await jest.runAllTimersAsync();
    expect(await heard).toBe('done');
    expect(sentAt).toEqual([0, 50, 150, 350]);
  });

  it('fails as it did where none of four tries is heard', async () => {
    const { send, sentAt } = sendsOf(unheard, unheard, unheard, unheard, 'done');
    const asked = expect(untilHeard(send)).rejects.toBe(unheard);
    await jest.runAllTimersAsync();
    await asked;
    expect(sentAt).toHaveLength(4);
  });

  it('is not sent again once it was answered', async () => {
    const refused = failed('Refused');
    const { send, sentAt } = sendsOf(refused, 'done');
    await expect(untilHeard(send)).rejects.toBe(refused);
    expect(sentAt).toEqual([0]);
    expect(isUnheard(refused)).toBe(false);
  });
});
