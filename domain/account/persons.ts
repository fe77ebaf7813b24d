import type { Connected } from './account';
import type { AccountOrder, AccountVerdict } from './event';
import type { AccountState } from './state';

/** Follows an order; nothing that is understood is refused. What changes nothing is followed, too. */
export function foldOrder(state: AccountState, order: AccountOrder, at: number): AccountVerdict {
  switch (order.verb) {
    case 'switchMode':
      // A mode that was only assumed is written once somebody says it, though it be the same.
      if (order.mode !== state.mode || state.revision === 0) {
        if (order.mode !== state.mode) state.ordersToTell = at;
        state.mode = order.mode;
        state.switched.mode = { by: order.actor, at };
        state.revision += 1;
      }
      break;
    case 'switchWrites':
      if (order.writes !== state.writes) {
        state.writes = order.writes;
        state.switched.writes = { by: order.actor, at };
        state.revision += 1;
      }
      break;
    case 'connected':
      foldConnected(state, order, at);
      break;
  }
  return { accepted: true, at, revision: state.revision, mode: state.mode, writes: state.writes };
}

function foldConnected(state: AccountState, news: Connected, now: number): void {
  // A repeat, or one that was overtaken by a later consent.
  if (news.at <= (state.connectedAt ?? 0) || news.tokenVersion < state.tokens.version) return;
  const wasConnected = state.connection === 'connected';
  const mode = news.mode ?? modeAfterConsent(state);
  if (!wasConnected || mode !== state.mode) state.ordersToTell = now;
  state.mode = mode;
  state.connection = 'connected';
  state.connectedAt = news.at;
  delete state.deauthorisedAt;
  delete state.consentEndsAt;
  state.mustPurge = false;
  state.tokens = {
    version: news.tokenVersion,
    obtainedAt: news.at,
    accessExpiresAt: news.accessExpiresAt,
    refreshExpiresAt: news.refreshExpiresAt,
  };
  state.renewal = { isWanted: false, seenVersion: 0, failures: 0 };
  state.revision += 1;
}

/** A shop that nobody has spoken of before only watches. */
const modeAfterConsent = ({ revision, mode }: AccountState): AccountState['mode'] => (revision === 0 ? 'watch' : mode);
