import { z } from 'zod';
import { imageOf } from '../label-image';
import type { World } from '../world';
import type { TwoParts } from './multipart';
import { commitmentOf, MAIL_CLASSES, type MailClass, skuOf, zoneOf } from './rates';

/** One scan of a piece. */
export type PieceScan = { readonly code: string; readonly at: number; readonly text?: string | undefined };

/** What keeps a label off a SCAN Form, whatever the form. */
export type FormBar = '160163' | '160164' | '160166';

/** A label as it is kept, under its tracking number. */
export type UspsLabel = {
  readonly trackingNumber: string;
  readonly idempotencyKey: string | null;
  /** What the call said, without its layout: the same key must come with the same words. */
  readonly payload: string;
  readonly reference: string | null;
  readonly boughtAt: number;
  readonly priceCents: number;
  readonly mailClass: MailClass;
  readonly mailingDate: string;
  readonly originZip: string;
  readonly destinationZip: string;
  readonly entryFacilityType: string;
  readonly pounds: number;
  readonly imageType: string;
  readonly toAddress: unknown;
  readonly bar: FormBar | null;
  readonly state: 'live' | 'canceled' | 'disputed';
  readonly disputeId?: string;
  readonly disputedOn?: string;
  /** The number of the SCAN Form that it stands on. */
  readonly efn?: string;
  readonly formedAt?: number;
  readonly reprints: number;
  readonly scans: readonly PieceScan[];
};

const Address = z.looseObject({
  streetAddress: z.string().min(1).max(50),
  city: z.string().min(1).max(28),
  state: z.string().length(2),
  ZIPCode: z.string().regex(/^\d{5}$/),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  firm: z.string().optional(),
  parcelLockerDelivery: z.boolean().optional(),
});

/** A label as it is asked for (Domestic Labels API 3.9, `LabelRequest`). */
export const LabelRequest = z.object({
  imageInfo: z.looseObject({ imageType: z.string().default('PDF') }).default({ imageType: 'PDF' }),
  toAddress: Address,
  fromAddress: Address,
  packageDescription: z.looseObject({
    mailClass: z.enum(MAIL_CLASSES),
    rateIndicator: z.string(),
    processingCategory: z.string(),
    destinationEntryFacilityType: z.string(),
    mailingDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
    weight: z.number().positive(),
    weightUOM: z.literal('lb').default('lb'),
    inductionZIPCode: z.string().optional(),
    customerReference: z.array(z.looseObject({ referenceNumber: z.string().min(1).max(30) })).optional(),
    extraServices: z.array(z.coerce.number()).optional(),
  }),
});

/** What of a request bars its label from SCAN Forms: a printer's code, an extra service, a locker (error inventory, 4/2026). */
export function barOf(request: z.infer<typeof LabelRequest>): FormBar | null {
  if (request.imageInfo.imageType === 'LABEL_BROKER') return '160163';
  if (request.packageDescription.extraServices?.includes(415) === true) return '160164';
  return request.toAddress.parcelLockerDelivery === true ? '160166' : null;
}

/** A label of a shop, by its number. */
export function findLabel(world: World, shopId: string, trackingNumber: string): UspsLabel | undefined {
  return world.state.uspsLabels.get(shopId, trackingNumber);
}

/** The label that a key has bought. */
export function labelOfKey(world: World, shopId: string, key: string): UspsLabel | undefined {
  const trackingNumber = world.state.uspsKeys.get(shopId, key);
  return trackingNumber === undefined ? undefined : findLabel(world, shopId, trackingNumber);
}

/** Keeps a label as it is now. */
export function keepLabel(world: World, shopId: string, label: UspsLabel): void {
  world.state.uspsLabels.put(shopId, label.trackingNumber, label);
}

/** Whether a piece was scanned by itself: what is on paper alone does not count. */
export function hasMoved(label: UspsLabel): boolean {
  return label.scans.some(({ code }) => !ON_PAPER.includes(code));
}

/** Label made, and electronic data received: nobody has had the piece in hand. */
const ON_PAPER: readonly string[] = ['GX', 'MA', '89', 'TM'];

/** A label as it is answered; `imageType` may be another than it was bought with. */
export function partsOf(label: UspsLabel, imageType = label.imageType): TwoParts {
  const zone = zoneOf(label.originZip, label.destinationZip);
  const { name, scheduleDeliveryDate } = commitmentOf(label.mailClass, { zone, mailingDate: label.mailingDate });
  const metadata = {
    labelAddress: label.toAddress,
    routingInformation: `420${label.destinationZip}`,
    trackingNumber: label.trackingNumber,
    constructCode: 'C03',
    SKU: skuOf(label.mailClass, zone),
    postage: label.priceCents / 100,
    extraServices: [],
    serviceTypeCode: '055',
    zone: `0${zone}`,
    mailingDate: label.mailingDate,
    commitment: { name, scheduleDeliveryDate },
    weightUOM: 'lb',
    weight: label.pounds,
    dimensionalWeight: 0,
    fees: [],
    bannerText: 'USPS TRACKING # USPS Ship',
    retailDistributionCode: '01',
    links: [],
  };
  const image = imageOf(imageType, [label.mailClass.replaceAll('_', ' '), label.trackingNumber]);
  return { metadataName: 'labelMetadata', metadata, imageName: 'labelImage', image };
}
