import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { z } from 'zod';
import type { Shop } from '../contracts/shop';
import { ALL_SHOPS_KEY, assumedMode, ShopStanding, standingKey } from '../contracts/standing';
import { signalAccount, updateAccount } from '../engine/shop-accounts';
import { REFUSED } from '../workflows/messages';
import {
  accountState,
  accountWorkflowId,
  type AccountNews,
  type AccountVerdict,
  type AccountView,
} from '../workflows/messages-account';
import type { ApiDeps } from './deps';
import { Problem } from './problem';
import { workerProblem } from './temporal-failures';

/**
 * Tells a shop's account what the platform says of its owner's consent, and begins the account if this is the first that is
 * heard of it.
 * @returns Whether somebody heard it.
 */
export async function tellAccount({ client, taskQueue }: ApiDeps, shopId: string, news: AccountNews): Promise<boolean> {
  await signalAccount(client, { taskQueue, shopId }, news);
  return true;
}

/** The account of a shop as its workflow tells it; undefined where nobody has had to do with it yet. */
async function accountOf({ client }: ApiDeps, shopId: string): Promise<AccountView | undefined> {
  try {
    return await client.workflow.getHandle(accountWorkflowId(shopId)).query(accountState);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw workerProblem(error);
  }
}

/** Orders something of a shop's account and waits for its verdict. */
export async function orderOfAccount<Input>(
  { client, taskQueue }: ApiDeps,
  shopId: string,
  order: { update: UpdateDefinition<AccountVerdict, [Input]>; input: Input; updateId: string },
): Promise<AccountVerdict> {
  try {
    return await updateAccount(client, { taskQueue, shopId }, order);
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === REFUSED) throw new Problem('refused', cause.message);
    throw workerProblem(error);
  }
}

/** The switch of all shops, and who threw it. */
export type AllWrites = { writes: 'on' | 'off'; by: string | null; at: string | null };

const AllWritesDocument = z.object({
  writes: z.enum(['on', 'off']),
  by: z.string().optional(),
  at: z.number().optional(),
});

export async function allWrites({ documents }: Pick<ApiDeps, 'documents'>): Promise<AllWrites> {
  const text = await documents.get(ALL_SHOPS_KEY);
  if (text === undefined) return { writes: 'on', by: null, at: null };
  const { writes, by = null, at } = AllWritesDocument.parse(JSON.parse(text));
  return { writes, by, at: at === undefined ? null : new Date(at).toISOString() };
}

/** One shop as people and programs read it. Instants are ISO 8601 in UTC, null where they are not known. */
export type ListedShop = {
  id: string;
  name: string;
  kind: Shop['kind'];
  mode: AccountView['mode'];
  /** Whether anything is written now: `off` if its own switch or that of all shops is. */
  writes: 'on' | 'off';
  writesOfShop: 'on' | 'off';
  connection: AccountView['connection'] | 'notConnected';
  accessExpiresAt: string | null;
  /** By then its owner has to consent again. */
  consentEndsAt: string | null;
  switched: AccountView['switched'];
  toDo: string[];
  links: { self: string; temporal: string };
};

export async function listedShop(deps: ApiDeps, shop: Shop): Promise<ListedShop> {
  const { id, name, kind } = shop;
  const [account, all] = await Promise.all([accountOf(deps, id), allWrites(deps)]);
  const { mode, writes, connection } = account ?? (await keptStanding(deps, shop));
  const isWaiting = account === undefined && shop.platform.accessToken === '';
  return {
    ...{ id, name, kind, mode },
    writes: all.writes === 'off' ? 'off' : writes,
    writesOfShop: writes,
    connection: isWaiting ? 'notConnected' : connection,
    ...livesOf(account),
    links: linksOf(deps, id),
  };
}

/** What is kept of a shop whose account does not run: nothing was switched, or its Temporal is new. */
async function keptStanding({ documents }: ApiDeps, { id, kind }: Shop): Promise<ShopStanding> {
  const text = await documents.get(standingKey(id));
  return ShopStanding.parse(text === undefined ? { mode: assumedMode(kind) } : JSON.parse(text));
}

function livesOf(
  account: AccountView | undefined,
): Pick<ListedShop, 'accessExpiresAt' | 'consentEndsAt' | 'switched' | 'toDo'> {
  if (account === undefined) {
    return { accessExpiresAt: null, consentEndsAt: null, switched: { mode: null, writes: null }, toDo: [] };
  }
  const { accessExpiresAt, consentEndsAt, switched, toDo } = account;
  return { accessExpiresAt, consentEndsAt, switched, toDo };
}

function linksOf({ temporalUiUrl, namespace }: ApiDeps, shopId: string): ListedShop['links'] {
  const ui = temporalUiUrl.replace(/\/+$/, '');
  const workflow = encodeURIComponent(accountWorkflowId(shopId));
  return {
    self: `/v1/shops/${shopId}`,
    temporal: `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows/${workflow}`,
  };
}
