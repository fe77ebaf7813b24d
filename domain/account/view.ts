import { accountAttention, accountPage, accountSteps } from '../../words/account';
import type { ShopConnection, ShopMode } from './account';
import { consentEndsAt, nextWake } from './agenda';
import type { AccountState, Switched } from './state';

/** An account as the query `accountState` tells it: instants as ISO 8601 in UTC, null where they are not known. */
export type AccountView = {
  shopId: string;
  mode: ShopMode;
  /** The shop's own switch; that of all shops is another one. */
  writes: 'on' | 'off';
  connection: ShopConnection;
  connectedAt: string | null;
  deauthorisedAt: string | null;
  tokenVersion: number;
  accessExpiresAt: string | null;
  refreshExpiresAt: string | null;
  /** By then its owner has to consent again. */
  consentEndsAt: string | null;
  switched: { mode: SwitchedView | null; writes: SwitchedView | null };
  /** Epoch milliseconds of the next thing it does by itself. */
  nextWakeAt: number | null;
  /** What people should do now, in order. */
  toDo: string[];
};

export type SwitchedView = { by: string; at: string };

const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const switchedOrNull = (switched: Switched | undefined): SwitchedView | null =>
  switched === undefined ? null : { by: switched.by, at: new Date(switched.at).toISOString() };

export const viewOf = (state: AccountState): AccountView => ({
  shopId: state.shopId,
  mode: state.mode,
  writes: state.writes,
  connection: state.connection,
  connectedAt: isoOrNull(state.connectedAt),
  deauthorisedAt: isoOrNull(state.deauthorisedAt),
  tokenVersion: state.tokens.version,
  accessExpiresAt: isoOrNull(state.tokens.accessExpiresAt),
  refreshExpiresAt: isoOrNull(state.tokens.refreshExpiresAt),
  consentEndsAt: isoOrNull(consentEndsAt(state)),
  switched: { mode: switchedOrNull(state.switched.mode), writes: switchedOrNull(state.switched.writes) },
  nextWakeAt: nextWake(state)?.at ?? null,
  toDo: toDoOf(state),
});

function toDoOf(state: AccountState): string[] {
  const { connection, mode, writes, attention, isEndNear } = state;
  return [
    ...(connection === 'connected' ? [] : [accountSteps[connection]]),
    ...(connection === 'connected' && isEndNear ? [accountSteps.consentExpiring] : []),
    ...(writes === 'off' ? [accountSteps.writesOff(state.shopId)] : []),
    ...(mode === 'auto' ? [] : [accountSteps[mode](state.shopId)]),
    ...attention.map(({ kind, about }) => accountAttention(kind, about)),
  ];
}

/** The account as a page of Markdown, for the Temporal UI: what to do first, then how it stands. */
export function pageOf(state: AccountState): string {
  const { shopId, mode, writes, connection, tokens, switched } = state;
  const toDo = toDoOf(state).map((sentence, index) => `${index + 1}. ${sentence}`);
  const rows = [
    accountPage.connection(connection, isoOrNull(state.connectedAt)),
    accountPage.mode(mode, switchedOrNull(switched.mode)),
    accountPage.writes(writes, switchedOrNull(switched.writes)),
    accountPage.tokens(tokens.version, isoOrNull(tokens.accessExpiresAt), isoOrNull(consentEndsAt(state))),
  ];
  return [
    accountPage.title(shopId, connection),
    [accountPage.toDo, ...(toDo.length > 0 ? toDo : [accountPage.nothingToDo])].join('\n'),
    rows.join('\n'),
  ].join('\n\n');
}
