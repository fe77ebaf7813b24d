import { accountDetail } from '../../words/account';
import type { AccountAlert } from './command';
import type { AccountState } from './state';

/** The next instant at which an account acts without being told. */
export type AccountWake = { at: number; kind: 'renew' | 'warn' | 'end' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** TikTok's default for an access token; what is assumed of a pair that we found and did not see come. */
const USUAL_LIFE_MS = 7 * DAY_MS;
/** Of a week that is two days: a weekend on which the platform or we are down costs nothing. */
const AHEAD_SHARE = 2 / 7;
const LEAST_AHEAD_MS = HOUR_MS;
/** Ahead by more than this share of its life it would be renewed for ever. */
const MOST_AHEAD_SHARE = 1 / 2;

const FIRST_AGAIN_MS = MINUTE_MS;
const MOST_AGAIN_MS = 30 * MINUTE_MS;
/** A refusal within this time of the last attempt is no reason for another: many calls hear of one dead token at once. */
export const LEAST_APART_MS = 10_000;

/** From 30 days before the end the platform announces it, too. Source: TikTok Shop, UPCOMING_AUTHORIZATION_EXPIRATION. */
const WARN_BEFORE_MS = 30 * DAY_MS;

/** When a new pair is asked for without anybody's asking; undefined where nothing is known of the old one. */
function renewAt({ tokens, renewal }: AccountState): number | undefined {
  const { accessExpiresAt, obtainedAt } = tokens;
  if (accessExpiresAt === undefined) return undefined;
  const lifeMs = Math.max(0, accessExpiresAt - (obtainedAt ?? accessExpiresAt - USUAL_LIFE_MS));
  const aheadMs = Math.min(Math.max(lifeMs * AHEAD_SHARE, LEAST_AHEAD_MS), lifeMs * MOST_AHEAD_SHARE);
  const againAt = renewal.failedAt === undefined ? 0 : renewal.failedAt + againMs(renewal.failures);
  const apartAt = renewal.doneAt === undefined ? 0 : renewal.doneAt + LEAST_APART_MS;
  return Math.ceil(Math.max(accessExpiresAt - aheadMs, againAt, apartAt));
}

const againMs = (failures: number): number => Math.min(FIRST_AGAIN_MS * 2 ** Math.max(0, failures - 1), MOST_AGAIN_MS);

/** When the owner has to consent again at the latest: what comes first of the refresh token's end and the announced one. */
export function consentEndsAt({ tokens, consentEndsAt: announced }: AccountState): number | undefined {
  const ends = [tokens.refreshExpiresAt, announced].filter((at) => at !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The earliest thing on its agenda: the only one that a timer is armed for. */
export function nextWake(state: AccountState): AccountWake | undefined {
  if (state.connection !== 'connected') return undefined;
  const isRenewing = state.renewal.isWanted || state.outstanding['renewTokens'] !== undefined;
  const endsAt = consentEndsAt(state);
  const warnAt = endsAt === undefined || state.isEndNear ? undefined : endsAt - WARN_BEFORE_MS;
  const wakes = [
    wake('renew', isRenewing ? undefined : renewAt(state)),
    wake('warn', warnAt),
    wake('end', state.tokens.refreshExpiresAt),
  ].filter((entry) => entry !== undefined);
  return wakes.sort((a, b) => a.at - b.at)[0];
}

const wake = (kind: AccountWake['kind'], at: number | undefined): AccountWake | undefined =>
  at === undefined ? undefined : { kind, at };

/** Does what is due by now. */
export function fireDue(state: AccountState, now: number): void {
  const endsAt = consentEndsAt(state);
  state.isEndNear = endsAt !== undefined && now >= endsAt - WARN_BEFORE_MS;
  if (state.connection !== 'connected') return;
  if (now >= (state.tokens.refreshExpiresAt ?? Infinity)) {
    state.connection = 'reconnectNeeded';
    state.revision += 1;
    return;
  }
  if (state.outstanding['renewTokens'] === undefined && now >= (renewAt(state) ?? Infinity)) {
    state.renewal.isWanted = true;
    state.renewal.seenVersion = Math.max(state.renewal.seenVersion, state.tokens.version);
  }
}

/** What should stand on the alert desk. */
export function alertsOf(state: AccountState): AccountAlert[] {
  const { shopId, connection, tokens, deauthorisedAt } = state;
  if (connection === 'deauthorised') {
    const key = `shop:${shopId}:deauthorised:${deauthorisedAt ?? 0}`;
    return [{ key, about: 'deauthorised', detail: accountDetail.at(deauthorisedAt) }];
  }
  if (connection === 'reconnectNeeded') {
    return [{ key: `shop:${shopId}:reconnect:${tokens.version}`, about: 'reconnectNeeded', detail: '' }];
  }
  const endsAt = consentEndsAt(state);
  if (endsAt === undefined || !state.isEndNear) return [];
  const day = new Date(endsAt).toISOString().slice(0, 10);
  return [{ key: `shop:${shopId}:expiring:${day}`, about: 'consentExpiring', detail: day }];
}
