import { z } from 'zod';

const reached = {
  baseUrl: z.url(),
  /** Rates are asked of enabled accounts only; labels that were bought through any are still read, voided and put on forms. */
  enabled: z.boolean().default(true),
};

const EasyPostAccount = z.object({
  kind: z.literal('easypost'),
  ...reached,
  apiKey: z.string(),
  /** What its webhooks are signed with. */
  webhookSecret: z.string(),
});

const ShipSavingAccount = z.object({
  kind: z.literal('shipsaving'),
  ...reached,
  /** Travels in every address: it must reach no log and no error. */
  apiToken: z.string(),
  /** Under which store our shipments are kept there: with the order's number it is the only way to find them again. */
  storeName: z.string().min(1),
});

const UpsAccount = z.object({
  kind: z.literal('ups'),
  ...reached,
  clientId: z.string(),
  clientSecret: z.string(),
  /** The shipper number, six characters. */
  accountNumber: z.string().min(1),
});

const UspsAccount = z.object({
  kind: z.literal('usps'),
  ...reached,
  clientId: z.string(),
  clientSecret: z.string(),
  /** Customer registration id and mailer ids, from the USPS Business Customer Gateway. */
  crid: z.string().min(1),
  mid: z.string().min(1),
  manifestMid: z.string().min(1),
  /** The Enterprise Payment account that pays. */
  accountNumber: z.string().min(1),
});

/** One account with a carrier or with someone who sells carriers' labels, as a shop's document has it. */
export const CarrierAccount = z.discriminatedUnion('kind', [
  EasyPostAccount,
  ShipSavingAccount,
  UpsAccount,
  UspsAccount,
]);
export type CarrierAccount = z.infer<typeof CarrierAccount>;
export type CarrierKind = CarrierAccount['kind'];
export type AccountOf<Kind extends CarrierKind> = Extract<CarrierAccount, { kind: Kind }>;

/** Part of documents' keys and workflows' ids. `tiktok` is the platform's own: forms of the labels that it sold are kept under it. */
export const AccountName = z.string().regex(/^(?!tiktok$)[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);

/** The name of the one account that shops had before accounts had names. Labels that name none are of it. */
export const FIRST_ACCOUNT = 'easypost';

/** Which of a shop's accounts a label is of; one that names none is of the first that sells through EasyPost. */
export function accountNamed(
  carriers: Readonly<Record<string, CarrierAccount>>,
  name: string = FIRST_ACCOUNT,
): string | undefined {
  if (Object.hasOwn(carriers, name)) return name;
  if (name !== FIRST_ACCOUNT) return undefined;
  return Object.keys(carriers).find((key) => carriers[key]?.kind === 'easypost');
}
