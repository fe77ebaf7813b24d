import { z } from 'zod';
import { ShopStanding, standingKey } from '../contracts/standing';
import type { KeptStanding, TokenLife } from '../domain/account/account';
import type { AccountPorts, KeptTokens } from './account-ports';

/** The standing with what its account alone reads. */
export const KeptStandingDocument = ShopStanding.extend({
  revision: z.int().min(1).default(1),
  connectedAt: z.int().positive().optional(),
});

/** Reads what was kept of a shop's account: an account that begins anew, in a new Temporal too, goes on where it was. */
export async function loadAccount(
  { documents, tokens }: AccountPorts,
  { shopId }: { shopId: string },
): Promise<{ standing?: KeptStanding; tokens?: TokenLife }> {
  const text = await documents.get(standingKey(shopId));
  const kept = await tokens.read(shopId);
  return {
    ...(text === undefined ? {} : { standing: standingOf(text) }),
    ...(kept === undefined ? {} : { tokens: lifeOf(kept) }),
  };
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
