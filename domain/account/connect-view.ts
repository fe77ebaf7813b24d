import { connectFailures, connectPage, connectShopWords } from '../../words/connect';
import { expiresAt, type ConnectFailure, type ConnectState, type ConnectStatus, type ShopConfigured } from './connect';

/** One shop of a connection as people see it. */
type ConnectShopView = {
  id: string;
  name: string;
  region: string;
  /** Settings for it are here already. */
  isKnown: boolean;
  /** What became of it, where it was chosen. */
  result: 'connected' | 'refused' | null;
  /** What stands in the way, and what to do. */
  reason: string | null;
};

/** A connection as the query `connectState` tells it. */
export type ConnectView = {
  state: string;
  status: ConnectStatus;
  consentUrl: string | null;
  /** The owner came back. */
  hasCode: boolean;
  /** The code is being turned into tokens, or chosen shops are being set up. */
  isWorking: boolean;
  failure: ConnectFailure | null;
  /** What to do, where it failed. */
  reason: string | null;
  expiresAt: string;
  shops: ConnectShopView[];
};

export const connectViewOf = (connect: ConnectState): ConnectView => ({
  state: connect.state,
  status: connect.status,
  consentUrl: connect.consentUrl ?? null,
  hasCode: connect.hasCode,
  isWorking: connect.choice !== undefined || (connect.status === 'waiting' && connect.hasCode),
  failure: connect.failure ?? null,
  reason: connect.failure === undefined ? null : (connectFailures[connect.failure] ?? null),
  expiresAt: new Date(expiresAt(connect)).toISOString(),
  shops: connect.shops.map((shop) => {
    const result = connect.results.find(({ id }) => id === shop.id);
    return { ...shop, result: result?.kind ?? null, reason: reasonOf(result) };
  }),
});

function reasonOf(result: ShopConfigured | undefined): string | null {
  if (result === undefined) return null;
  if (result.kind === 'refused') return connectShopWords.needs(result.id, result.needs);
  if (result.webhooks === 'registered') return null;
  return result.webhooks === 'none' ? connectShopWords.noWebhooks : connectShopWords.webhooksRefused;
}

/** The connection as a page of Markdown, for the Temporal UI. */
export function connectPageOf(connect: ConnectState): string {
  const { shops, reason, expiresAt: until } = connectViewOf(connect);
  const rows = shops.map(({ name, id, result, reason: why }) =>
    connectPage.shop(name, id, [result, why].filter((part) => part !== null).join('; ')),
  );
  return [
    connectPage.title(connect.status),
    ...(reason === null ? [connectPage.until(until)] : [reason]),
    ...(rows.length === 0 ? [] : [rows.join('\n')]),
  ].join('\n\n');
}
