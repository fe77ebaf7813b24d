import type { NewTokens, PlatformTokens } from './account-ports';

/** What is kept of a pair: whose it is, and neither the seller's name nor anything else. */
export const pairOf = ({
  accessToken,
  accessExpiresAt,
  refreshToken,
  refreshExpiresAt,
  openId,
}: PlatformTokens): NewTokens => ({
  accessToken,
  accessExpiresAt,
  refreshToken,
  refreshExpiresAt,
  sellerOpenId: openId,
});
