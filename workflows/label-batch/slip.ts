import { proxyActivities } from '@temporalio/workflow';
import type { BatchActivities } from '../../activities/batch-activities';
import type { SlipInput } from '../messages-batch';

const activities = proxyActivities<Pick<BatchActivities, 'keepSlips'>>({
  startToCloseTimeout: '8 s',
  scheduleToCloseTimeout: '12 s',
  retry: { maximumAttempts: 3, initialInterval: '200 ms' },
});

/** Has an order's packing slips made and kept, and says how many there are. */
export async function packingSlip({ shopId, orderId }: SlipInput): Promise<number> {
  return activities.keepSlips({ shopId, orderId });
}
