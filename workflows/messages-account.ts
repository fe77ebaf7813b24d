import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AccountNews, Connected, ShopMode } from '../domain/account/account';
import type { AccountVerdict, RenewVerdict } from '../domain/account/event';
import type { AccountView } from '../domain/account/view';

/** The account of one shop: its connection, its tokens' lives, its mode and its kill switch. For ever, by the wall clock. */
export const SHOP_ACCOUNT = 'shopAccount';
export const accountWorkflowId = (shopId: string): string => `account:${shopId}`;

export type AccountInput = {
  shopId: string;
  /** What a run that became too long hands to the next. */
  carried?: unknown;
};

export type { AccountNews, AccountVerdict, AccountView, RenewVerdict };

/** What the platform says of the owner's consent. */
export const accountNews = defineSignal<[AccountNews]>('accountNews');

/** `seenVersion`: the pair with which a call was refused. Asked by many at once it is renewed once. */
export type RenewTokenInput = { seenVersion: number };
export const renewToken = defineUpdate<RenewVerdict, [RenewTokenInput]>('renewToken');

/** What comes with a person's order that is sent under a key: the verdict is remembered under it. */
type Keyed = { actor: string; bodyHash?: string; key?: string };

export type SwitchModeInput = Keyed & { mode: ShopMode };
export type SwitchWritesInput = Keyed & { writes: 'on' | 'off' };

/** Each is answered when every step that acts outside can read it. */
export const switchMode = defineUpdate<AccountVerdict, [SwitchModeInput]>('switchMode');
export const switchWrites = defineUpdate<AccountVerdict, [SwitchWritesInput]>('switchWrites');
export const connected = defineUpdate<AccountVerdict, [Connected]>('connected');

export const accountState = defineQuery<AccountView>('accountState');
