import { AccountPause, accountKeys, AccountStatus, type AccountId } from '../../contracts/account-pause';
import type { Shop } from '../../contracts/shop';
import { abilityWords } from '../../words/carriers';
import type { ApiDeps } from '../deps';

type Documents = Pick<ApiDeps, 'documents'>;

/** One carrier account as people and programs read it: instants as ISO 8601 in UTC, null where they are not known. */
export type ListedAccount = {
  account: string;
  provider: string;
  enabled: boolean;
  /** What it can, as words; null before anybody has looked at it. */
  can: string[] | null;
  paused: { cause: string; since: string; code: string; nextTryAt: string } | null;
  ordersWaiting: number;
  balanceCents: number | null;
  spentCents: number | null;
  readAt: string | null;
};

const iso = (at: number): string => new Date(at).toISOString();

/** The accounts of a shop, in its owner's order. */
export const listedAccounts = (deps: Documents, shop: Shop): Promise<ListedAccount[]> =>
  Promise.all(Object.keys(shop.carriers).map((account) => listedAccount(deps, shop, account)));

async function listedAccount({ documents }: Documents, shop: Shop, account: string): Promise<ListedAccount> {
  const id: AccountId = { shopId: shop.id, account };
  const [pause, status, waiting] = await Promise.all([
    documents.get(accountKeys.pause(id)).then(readPause),
    documents.get(accountKeys.status(id)).then(readStatus),
    documents.list(accountKeys.waiting(id)),
  ]);
  return {
    account,
    provider: status?.provider ?? shop.carriers[account]?.kind ?? '',
    enabled: shop.carriers[account]?.enabled === true,
    can: status === undefined ? null : abilitiesOf(status.can),
    paused: pause === undefined ? null : pausedAs(pause),
    ordersWaiting: waiting.length,
    ...moneyOf(status),
  };
}

function moneyOf(status: AccountStatus | undefined): Pick<ListedAccount, 'balanceCents' | 'spentCents' | 'readAt'> {
  if (status === undefined) return { balanceCents: null, spentCents: null, readAt: null };
  const { balanceCents = null, spentCents, readAt } = status;
  return { balanceCents, spentCents, readAt: iso(readAt) };
}

/** One failure is no pause. */
function readPause(text: string | undefined): AccountPause | undefined {
  const pause = text === undefined ? undefined : AccountPause.parse(JSON.parse(text));
  return pause?.isPaused === true ? pause : undefined;
}

/** One that was written by another edition is as good as none, until the next look. */
const readStatus = (text: string | undefined): AccountStatus | undefined =>
  text === undefined ? undefined : AccountStatus.safeParse(JSON.parse(text)).data;

const pausedAs = ({ cause, since, code, nextTryAt }: AccountPause): ListedAccount['paused'] => ({
  ...{ cause, code },
  since: iso(since),
  nextTryAt: iso(nextTryAt),
});

const PLAIN = ['rates', 'labels', 'voids', 'pickups', 'addressCheck', 'balance'] as const;

function abilitiesOf(can: AccountStatus['can']): string[] {
  return [
    ...PLAIN.filter((name) => can[name]).map((name) => abilityWords[name]),
    ...(can.forms === undefined ? [] : [abilityWords.forms(can.forms)]),
    ...(can.tracking === undefined ? [] : [abilityWords.tracking(can.tracking)]),
    abilityWords.reconcile(can.reconcile),
  ];
}
