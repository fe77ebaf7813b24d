import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { LookupInput } from './messages';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '3 s',
  scheduleToCloseTimeout: '4 s',
  retry: { maximumAttempts: 3, initialInterval: '200 ms' },
});

/** Whether the platform knows an order: for a caller who may speak to workflows only. */
export async function orderLookup({ shopId, orderId }: LookupInput): Promise<boolean> {
  return activities.isOrderKnown({ shopId, orderId });
}
