import { buyerCancelsAfterLabel } from './buyer-cancels-after-label';
import { sellerOnTime } from './seller-on-time';
import type { Story } from './story';

/** Every story by name: what the tests play, `shipclock story` shows and the benches measure. */
export const stories: readonly Story[] = [sellerOnTime, buyerCancelsAfterLabel];
