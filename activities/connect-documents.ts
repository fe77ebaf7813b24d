import { z } from 'zod';
import type { AccountPorts, NewTokens, PlatformShop } from './account-ports';

/** Secrets of one connection, by its state: removed when it is over. */
const codeKey = (state: string): string => `secrets/connect/${state}`;
const consentKey = (state: string): string => `secrets/connect/${state}-consent`;

const Code = z.object({ code: z.string().min(1) });

const Consent = z.object({
  pair: z.object({
    accessToken: z.string(),
    accessExpiresAt: z.number(),
    refreshToken: z.string(),
    refreshExpiresAt: z.number(),
    sellerOpenId: z.string().optional(),
  }),
  shops: z.array(z.object({ id: z.string(), name: z.string(), region: z.string(), cipher: z.string() })).optional(),
});

/** What an owner's consent brought: the pair, and the shops once they were asked for. */
export type Consented = { pair: NewTokens; shops?: PlatformShop[] | undefined };

type Vault = Pick<AccountPorts, 'vault'>;

/** The code that the platform sent the owner back with. */
export async function readCode({ vault }: Vault, state: string): Promise<string | undefined> {
  const text = await vault.get(codeKey(state));
  return text === undefined ? undefined : Code.parse(JSON.parse(text)).code;
}

export async function readConsent({ vault }: Vault, state: string): Promise<Consented | undefined> {
  const text = await vault.get(consentKey(state));
  return text === undefined ? undefined : Consent.parse(JSON.parse(text));
}

export const keepConsent = ({ vault }: Vault, state: string, consent: Consented): Promise<void> =>
  vault.put(consentKey(state), JSON.stringify(Consent.parse(consent)));

export async function forgetAll({ vault }: Vault, state: string): Promise<void> {
  await vault.remove(codeKey(state));
  await vault.remove(consentKey(state));
}
