import { hasReached } from './milestones';
import type { OrderState, Package } from './state';

/** Whether the carrier has the piece: by a scan of the piece itself, or by the platform's word. A form proves nothing of it. */
export const isMoving = (state: OrderState, { tracking }: Package): boolean =>
  tracking.acceptedAt !== undefined || hasReached(state, 'inTransit');

/** It may be with the carrier: nothing is asked back for it any more, though nobody saw the piece. */
export const mayBeMoving = (state: OrderState, parcel: Package): boolean =>
  isMoving(state, parcel) || parcel.tracking.originAt !== undefined;

/** A purchase was lost sight of and may still be made. For its own label of an order that is over the platform asks nothing. */
export const isMoneyUnknown = ({ label }: Package): boolean =>
  label.status === 'unknown' && label.handle?.from !== 'platform';

/** Money that the carrier keeps, for its label or for one that it took the place of. */
export const isUnrefunded = ({ label, unrefunded = [] }: Package): boolean =>
  label.status === 'voidRefused' || unrefunded.length > 0;
