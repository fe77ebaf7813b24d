import type { FormProvider } from '../../activities/carrier-ports';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { PROVIDER } from './envelope';

/**
 * Manifests of USPS labels that TikTok sold. They are made in Seller Center alone, until 20:00 at the warehouse and for up to 7,000
 * packages each; there is no call for them. Source: TikTok Shop Academy, "USPS SCAN Form" (seller-us.tiktok.com 6099489652459310).
 */
const TIKTOK_FORMS = { carriers: ['USPS'], cutoffTime: '20:00', most: 7_000 } as const;

/** The page on which they are made. Its path is published nowhere: this is where it stands today, and ours to adjust. */
const PAGE = 'https://seller-us.tiktok.com/order/manifest';

/** Forms that a person makes, as a provider of them: it says until when and where, and nothing is asked of it. */
export const tiktokHandForms = ({ id }: Pick<Shop, 'id'>): FormProvider => ({
  account: `tiktok-${id}`,
  ...TIKTOK_FORMS,
  byHand: { url: PAGE },
  findForm: () => Promise.reject(noCall('findForm')),
  createForm: () => Promise.reject(noCall('createForm')),
  readForm: () => Promise.reject(noCall('readForm')),
});

const noCall = (call: string): AdapterError =>
  new AdapterError('bug', { provider: PROVIDER, call, code: 'made by a person' });
