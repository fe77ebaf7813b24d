import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { RenewalAnswer } from '../domain/account/event';
import { accountFailures } from '../words/account';
import { accountFailureOf, isRefused } from './account-failure';
import type { AccountPorts, KeptTokens, NewTokens } from './account-ports';
import { lifeOf } from './load-account';
import { platformAppOf } from './platform-app';
import { pairOf } from './token-pair';

/** Of the account's few attempts, those after which a refusal may still be another shop's renewal under way. */
const LAST_ATTEMPT = 3;

/** A pair that was not purged. */
type Pair = { version: number } & NewTokens;

/**
 * Gets a newer pair of tokens than the one of `seenVersion`. It looks for one first, so that what another attempt, another
 * consent or another shop of the same seller brought is not asked for again.
 * @throws where it may succeed another time.
 */
export async function renewTokens(
  ports: AccountPorts,
  { shopId, seenVersion }: { shopId: string; seenVersion: number },
): Promise<RenewalAnswer> {
  const kept = await ports.tokens.read(shopId);
  if (kept === undefined || !isPair(kept)) {
    return { kind: 'dead', version: Math.max(kept?.version ?? 0, seenVersion), reason: 'none' };
  }
  if (kept.version > seenVersion) return { kind: 'renewed', life: lifeOf(kept) };
  const fresh = await freshPair(ports, shopId, kept);
  if (fresh === undefined) return { kind: 'dead', version: kept.version, reason: 'refused' };
  const isStored = await ports.tokens.store(shopId, fresh, kept.version);
  // A consent or a purge came between: what stands there now is newer than ours, whatever it is.
  if (!isStored) throw ApplicationFailure.retryable(accountFailures.lostRace(shopId), 'retryLater');
  return { kind: 'renewed', life: { ...lifeOf({ ...fresh, version: kept.version + 1 }), obtainedAt: Date.now() } };
}

const isPair = (kept: KeptTokens): kept is Pair => !('purged' in kept);

/** From the platform, or from another shop of the same seller that was faster; undefined where the old one is dead. */
async function freshPair(ports: AccountPorts, shopId: string, old: Pair): Promise<NewTokens | undefined> {
  const app = await platformAppOf(ports);
  if (app === undefined) throw ApplicationFailure.retryable(accountFailures.noApp, 'auth');
  try {
    return pairOf(await ports.platformAuth.refreshTokens(app, old.refreshToken));
  } catch (error) {
    if (!isRefused(error)) throw accountFailureOf(error);
    const siblings = await pairsOfSeller(ports, shopId, old);
    const newer = siblings.find((pair) => isNewer(pair, old));
    if (newer !== undefined) return newer;
    // One pair serves all shops of a seller: another of them may have used it up and not stored what came of it yet.
    if (siblings.length > 0 && activityInfo().attempt < LAST_ATTEMPT) throw accountFailureOf(error);
    return undefined;
  }
}

/** Expiries have whole seconds: two pairs may share one. */
const isNewer = (pair: Pair, old: Pair): boolean =>
  pair.refreshToken !== old.refreshToken && pair.accessExpiresAt >= old.accessExpiresAt;

/** The pairs of the same seller's other shops. */
async function pairsOfSeller(ports: AccountPorts, shopId: string, { sellerOpenId }: Pair): Promise<Pair[]> {
  if (sellerOpenId === undefined) return [];
  const shopIds = (await ports.documents.list('shops')).map((key) => key.slice('shops/'.length));
  const others = shopIds.filter((other) => other !== shopId);
  const kept = await Promise.all(others.map((other) => ports.tokens.read(other)));
  return kept.flatMap((pair) =>
    pair !== undefined && isPair(pair) && pair.sellerOpenId === sellerOpenId ? [pair] : [],
  );
}
