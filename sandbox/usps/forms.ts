import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { newFormNumber } from '../easypost/tracking-number';
import { badAmong, formRulesOf, overMost } from '../form-rules';
import { imageOf } from '../label-image';
import { enter } from '../ledger';
import { orderOfReference } from '../parcel-reference';
import { carrierKeysOf, findShop } from '../shops';
import type { World } from '../world';
import { isMailable, isManifestedAlone } from './calendar';
import type { UspsCall } from './gate';
import { findLabel, hasMoved, keepLabel, type UspsLabel } from './label';
import { asAccepted } from './multipart';
import { refusal, type UspsError } from './wire';

/** A SCAN Form as it is kept, under its number. There is no reading it: what its maker loses is lost. */
export type UspsForm = { readonly efn: string; readonly trackingNumbers: readonly string[]; readonly madeAt: number };

const API = '/scan-forms/v3';

const Place = z.looseObject({
  firm: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});

const Wish = z.looseObject({
  imageInfo: z.looseObject({ imageType: z.string().default('PDF') }).optional(),
  mailingDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  overwriteMailingDate: z.boolean().default(false),
  entryFacilityZIPCode: z.string().regex(/^\d{5}$/),
  destinationEntryFacilityType: z.string(),
  shipment: z.union([
    z.object({ trackingNumbers: z.array(z.string()).min(1) }),
    z.object({ MID: z.string() }),
    z.object({ manifestMID: z.string() }),
  ]),
  fromAddress: Place,
});

type Wanted = z.infer<typeof Wish>;

/**
 * Makes a form of labels by their numbers, or of all that are eligible. It is final; its maker alone ever sees it.
 *
 * A single piece that does not fit is named, and no form is made.
 */
export function createScanForm(world: World, call: UspsCall): Answer {
  const wish = Wish.safeParse(call.body);
  if (!wish.success) return no([{ code: '010005', detail: 'OASValidation: the request is not valid.' }]);
  const errors = [...errorsOf(world, call.shopId, wish.data), ...pieceErrors(world, call.shopId, wish.data)];
  if (errors.length > 0) return no(errors);
  const labels = membersOf(world, call.shopId, wish.data);
  const refusedBy = labels.length === 0 ? [NONE] : ruleErrors(world, call.shopId, labels);
  return refusedBy.length > 0 ? no(refusedBy) : formed(world, call, { wish: wish.data, labels });
}

/** What the shop's own rules have against these labels. A list that is too long fails the schema, before any label is looked at. */
function ruleErrors(world: World, shopId: string, labels: readonly UspsLabel[]): UspsError[] {
  const most = overMost(world, shopId, labels.length);
  if (most !== undefined)
    return [{ code: '010005', detail: `OASValidation: trackingNumbers must not have more than ${most} items.` }];
  const bad = badAmong(
    world,
    shopId,
    labels.map(({ trackingNumber }) => trackingNumber),
  );
  const ineligible = { code: '160160', parameter: 'trackingNumbers' };
  if (formRulesOf(world, shopId).namesMembers)
    return bad.map((number) => ({ ...ineligible, detail: `barcode ${number} is not eligible for a SCAN Form` }));
  return bad.length === 0 ? [] : [{ ...ineligible, detail: 'One or more labels are not eligible for a SCAN Form.' }];
}

const NONE: UspsError = { code: '160037', detail: 'No label meets the criteria.', parameter: 'shipment' };

function errorsOf(world: World, shopId: string, { mailingDate, fromAddress, shipment }: Wanted): UspsError[] {
  const errors: UspsError[] = [];
  if (!isMailable(mailingDate, nowOf(world, shopId)))
    errors.push({ code: '160034', detail: 'The mailing date is past or too far ahead.', parameter: 'mailingDate' });
  const { firm, firstName, lastName } = fromAddress;
  if (!firm && !(firstName && lastName))
    errors.push({ code: '160168', detail: 'A name or a firm is required.', parameter: 'fromAddress' });
  if (!isOfShop(world, shopId, shipment))
    errors.push({ code: '160165', detail: 'The MID is not that of the labels.', parameter: 'MID' });
  return errors;
}

/** A shop has one mailer id for its labels and one for its manifests: any other has no labels here. */
function isOfShop(world: World, shopId: string, shipment: Wanted['shipment']): boolean {
  const shop = findShop(world, shopId);
  if (shop === undefined) return false;
  const { mid, manifestMid } = carrierKeysOf(world, shop).usps;
  if ('MID' in shipment) return shipment.MID === mid;
  return !('manifestMID' in shipment) || shipment.manifestMID === manifestMid;
}

function pieceErrors(world: World, shopId: string, wish: Wanted): UspsError[] {
  if (!('trackingNumbers' in wish.shipment)) return [];
  return wish.shipment.trackingNumbers.flatMap((number) => {
    const label = findLabel(world, shopId, number);
    return label === undefined
      ? [{ code: '160039', detail: `barcode ${number} is not known`, parameter: 'trackingNumbers' }]
      : faultOf(label, wish, nowOf(world, shopId));
  });
}

/** What is against a label on this form: the first reason that USPS has. */
function faultOf(label: UspsLabel, wish: Wanted, now: number): UspsError[] {
  const against = AGAINST.find(([, isAgainst]) => isAgainst(label, wish, now));
  if (against === undefined) return [];
  const [code, , say, parameter = 'trackingNumbers'] = against;
  return [{ code: code ?? label.bar ?? '160160', detail: `barcode ${label.trackingNumber} ${say(label)}`, parameter }];
}

type Reason = readonly [
  code: string | null,
  isAgainst: (label: UspsLabel, wish: Wanted, now: number) => boolean,
  say: (label: UspsLabel) => string,
  parameter?: string,
];

/** The error inventory's reasons against a piece (4/2026), in the order in which they are looked at. */
const AGAINST: readonly Reason[] = [
  ['160397', ({ state }) => state !== 'live', () => 'is canceled'],
  [
    '160040',
    ({ efn }) => efn !== undefined,
    ({ efn }) => `is already part of another SCAN Form with efn ${efn ?? ''}`,
    'scanFormEfn',
  ],
  ['160398', ({ mailingDate }, _wish, now) => isManifestedAlone(mailingDate, now), () => 'is already manifested'],
  ['160160', (label) => hasMoved(label), () => 'is not eligible for a SCAN Form'],
  [
    '160006',
    ({ mailingDate }, wish) => !wish.overwriteMailingDate && mailingDate !== wish.mailingDate.slice(0, 10),
    ({ mailingDate }) => `has the mailing date ${mailingDate}`,
    'mailingDate',
  ],
  [
    '160161',
    ({ originZip }, wish) => originZip !== wish.entryFacilityZIPCode,
    ({ originZip }) => `enters the mail at ${originZip}`,
    'entryFacilityZIPCode',
  ],
  [
    '160162',
    ({ entryFacilityType }, wish) => entryFacilityType !== wish.destinationEntryFacilityType,
    ({ entryFacilityType }) => `has the facility type ${entryFacilityType}`,
    'destinationEntryFacilityType',
  ],
  [null, ({ bar }) => bar !== null, () => 'cannot stand on a SCAN Form'],
];

function membersOf(world: World, shopId: string, wish: Wanted): UspsLabel[] {
  if ('trackingNumbers' in wish.shipment)
    return [...new Set(wish.shipment.trackingNumbers)].flatMap((number) => findLabel(world, shopId, number) ?? []);
  const now = nowOf(world, shopId);
  return world.state.uspsLabels.of(shopId).filter((label) => faultOf(label, wish, now).length === 0);
}

type Forming = { readonly wish: Wanted; readonly labels: readonly UspsLabel[] };

function formed(world: World, { shopId, header }: UspsCall, { wish, labels }: Forming): Answer {
  const [efn, at] = [newFormNumber(), nowOf(world, shopId)];
  const trackingNumbers = labels.map(({ trackingNumber }) => trackingNumber);
  world.state.uspsForms.put(shopId, efn, { efn, trackingNumbers, madeAt: at });
  const mailingDate = wish.mailingDate.slice(0, 10);
  for (const label of labels) keepLabel(world, shopId, { ...label, efn, formedAt: at, mailingDate });
  const orders = labels.flatMap(({ reference }) => orderOfReference(reference) ?? []);
  const shipments = labels.length;
  enter(world, shopId, { kind: 'formCreated', ref: efn, order: null, provider: 'usps', shipments, orders });
  const lines = ['USPS SCAN FORM', efn, `${labels.length} parcels`];
  return asAccepted(header('accept'), {
    metadataName: 'SCANFormMetaData',
    metadata: { form: '5630', ...wish, manifestNumber: efn, trackingNumbers },
    imageName: 'SCANFormImage',
    image: imageOf(wish.imageInfo?.imageType ?? 'PDF', lines),
  });
}

function no(errors: readonly UspsError[]): Answer {
  return refusal(API, { status: 400, errors });
}
