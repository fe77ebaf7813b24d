import { hasReached } from './milestones';
import type { OrderState, Package } from './state';

/** Ready at the platform, and neither it nor the carrier says that it moves. */
export const isWaitingForCarrier = (state: OrderState): boolean =>
  hasReached(state, 'awaitingCollection') && !hasReached(state, 'inTransit');

/** Whether the carrier has the piece: by a scan of the piece itself, or by the platform's word. A form proves nothing of it. */
export const isMoving = (state: OrderState, { tracking }: Package): boolean =>
  tracking.acceptedAt !== undefined || hasReached(state, 'inTransit');
