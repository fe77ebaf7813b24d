import type { AccountPorts } from './account-ports';
import { configureShops } from './configure-shops';
import { exchangeCode } from './exchange-code';
import { forgetConnect } from './forget-connect';
import { keepStanding } from './keep-standing';
import { loadAccount } from './load-account';
import { openConsent } from './open-consent';
import { purgeTokens } from './purge-tokens';
import { renewTokens } from './renew-tokens';
import { tellShop } from './tell-shop';

/** What a shop's account and its connection do outside, by the name under which their workflows ask for it. */
export const ACCOUNT_STEPS = {
  loadAccount,
  keepStanding,
  renewTokens,
  purgeTokens,
  tellShop,
  openConsent,
  exchangeCode,
  configureShops,
  forgetConnect,
};

type Steps = typeof ACCOUNT_STEPS;

export type AccountActivities = {
  [Name in keyof Steps]: Steps[Name] extends (ports: AccountPorts, input: infer Input) => infer Output
    ? (input: Input) => Output
    : never;
};
