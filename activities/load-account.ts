import { z } from 'zod';
import { shopKey } from '../contracts/shop';
import { assumedMode, ShopStanding, standingKey, type ShopMode } from '../contracts/standing';
import type { KeptStanding, TokenLife } from '../domain/account/account';
import type { AccountPorts, KeptTokens } from './account-ports';

/** The standing with what its account alone reads. */
export const KeptStandingDocument = ShopStanding.extend({
  revision: z.int().min(1).default(1),
  connectedAt: z.int().positive().optional(),
});

/** As much of a shop's document as says what may be assumed of it. What nobody can read is taken for live. */
const Document = z.looseObject({ kind: z.enum(['live', 'sandbox']).catch('live') });

/** Reads what was kept of a shop's account: an account that begins anew, in a new Temporal too, goes on where it was. */
export async function loadAccount(
  { documents, tokens }: AccountPorts,
  { shopId }: { shopId: string },
): Promise<{ standing?: KeptStanding; mode?: ShopMode; tokens?: TokenLife }> {
  const text = await documents.get(standingKey(shopId));
  const kept = await tokens.read(shopId);
  return {
    ...(text === undefined ? { mode: await modeOf(documents, shopId) } : { standing: standingOf(text) }),
    ...(kept === undefined ? {} : { tokens: lifeOf(kept) }),
  };
}

async function modeOf(documents: AccountPorts['documents'], shopId: string): Promise<ShopMode> {
  const text = await documents.get(shopKey(shopId));
  return assumedMode(text === undefined ? undefined : Document.parse(JSON.parse(text)).kind);
}

function standingOf(text: string): KeptStanding {
  const { connectedAt, ...standing } = KeptStandingDocument.parse(JSON.parse(text));
  return { ...standing, ...(connectedAt === undefined ? {} : { connectedAt }) };
}

/** What an account may know of a pair. */
export function lifeOf(kept: KeptTokens): TokenLife {
  if ('purged' in kept) return { version: kept.version };
  const { version, accessExpiresAt, refreshExpiresAt } = kept;
  return { version, accessExpiresAt, refreshExpiresAt };
}
