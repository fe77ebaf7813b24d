import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ShopMode } from '../domain/account/account';
import type { ConnectStatus } from '../domain/account/connect';
import type { ConnectView } from '../domain/account/connect-view';

/** The connection of shops that one owner consents to, by a state that nobody can guess and that is used once. */
export const SHOP_CONNECT = 'shopConnect';
export const connectWorkflowId = (state: string): string => `connect:${state}`;

/** 128 random bits as hex. */
export const isConnectState = (state: string): boolean => /^[0-9a-f]{32}$/.test(state);

export type ConnectInput = { state: string };

/** What stays in history when it is over. */
export type ConnectResult = { status: ConnectStatus; connected: string[] };

/** Answered with where the owner consents; null where our own app is not known. */
export const openConnect = defineUpdate<{ consentUrl: string | null }>('openConnect');

/** The owner came back with a code, which lies in the vault. */
export const codeCame = defineSignal('codeCame');

/** Without a mode a shop that was connected before keeps its own, and a new one only watches. */
export type ChooseShopsInput = { shopIds: string[]; mode?: ShopMode; actor: string; bodyHash?: string; key?: string };
export type ChooseVerdict = { accepted: boolean; reason?: string; bodyHash?: string };
export const chooseShops = defineUpdate<ChooseVerdict, [ChooseShopsInput]>('chooseShops');

export type { ConnectView };
export const connectState = defineQuery<ConnectView>('connectState');
