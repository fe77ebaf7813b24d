import type { AppealCase } from './appeals/cases';
import type { CarrierStanding } from './carrier-accounts';
import type { CarrierToken } from './carrier-tokens';
import type { Hook } from './easypost/account';
import type { KeptAddress } from './easypost/addresses';
import type { ScanForm } from './easypost/forms';
import type { Pickup } from './easypost/pickups';
import type { Tracker } from './easypost/trackers';
import type { Shipment } from './easypost/shipments';
import type { Fault } from './faults';
import type { FormRules } from './form-rules';
import type { Journal } from './journal';
import type { LedgerLine } from './ledger';
import type { Planned } from './schedule';
import type { SavingForm } from './shipsaving/forms';
import type { SavingLabel } from './shipsaving/labels';
import type { SavingQuote } from './shipsaving/rates';
import type { App, Shop } from './shops';
import type { ConsentCode, Token } from './tiktok/auth-tokens';
import type { RegisteredWebhook } from './tiktok/events-topics';
import type { PlacedOrder } from './tiktok/orders';
import type { Package } from './tiktok/packing';
import type { Product } from './tiktok/product-shelf';
import type { SellerManifest } from './tiktok/seller-manifests';
import type { UpsPickup } from './ups/pickups';
import type { UpsShipment } from './ups/shipment';
import type { UspsForm } from './usps/forms';
import type { UspsLabel } from './usps/label';
import type { UspsPickup } from './usps/pickups';
import type { Notice } from './webhooks';

/** The things of one kind, by shop and id. Values are replaced, never changed in place. */
type Table<Row> = {
  get(shopId: string, id: string): Row | undefined;
  put(shopId: string, id: string, row: Row): void;
  remove(shopId: string, id: string): void;
  /** All rows of a shop, oldest first. */
  of(shopId: string): Row[];
  shopIds(): string[];
};

/** Everything that survives a restart. */
export type State = {
  readonly app: Table<Partial<App>>;
  readonly shops: Table<Shop>;
  /** The app's tokens and codes belong to no one shop: they stand under `''`, by their own text. */
  readonly tokens: Table<Token>;
  readonly codes: Table<ConsentCode>;
  /** By event type. */
  readonly webhooks: Table<RegisteredWebhook>;
  readonly orders: Table<PlacedOrder>;
  readonly shipments: Table<Shipment>;
  readonly trackers: Table<Tracker>;
  readonly forms: Table<ScanForm>;
  /** By shop: what its carriers have against forms beyond the usual. */
  readonly formRules: Table<FormRules>;
  /** TikTok's own, by number: a person makes them in Seller Center. */
  readonly sellerManifests: Table<SellerManifest>;
  readonly addresses: Table<KeptAddress>;
  readonly pickups: Table<Pickup>;
  readonly hooks: Table<Hook>;
  /** By shop: whether its EasyPost account has FedEx and DHL eCommerce too. */
  readonly easypostAccounts: Table<{ readonly hasMoreCarriers: boolean }>;
  readonly packages: Table<Package>;
  /** What was added to a shop's usual products, or changed in them. */
  readonly products: Table<Product>;
  readonly appeals: Table<AppealCase>;
  /** What stands with a shop's carrier accounts, by provider. */
  readonly carrierAccounts: Table<CarrierStanding>;
  /** The access tokens that UPS and USPS gave out: they belong to no one shop, and stand under `''` by their own text. */
  readonly carrierTokens: Table<CarrierToken>;
  /** ShipSaving's: parcels that were rated, labels by tracking code, forms, and orders that were taken in. */
  readonly savingQuotes: Table<SavingQuote>;
  readonly savingLabels: Table<SavingLabel>;
  readonly savingForms: Table<SavingForm>;
  /** By shop: whether orders must be taken in before their rates are asked for. */
  readonly savingAccounts: Table<{ readonly ordersMustExist: boolean }>;
  readonly savingOrders: Table<{ readonly orderNumber: string }>;
  readonly upsShipments: Table<UpsShipment>;
  readonly upsPickups: Table<UpsPickup>;
  readonly uspsLabels: Table<UspsLabel>;
  /** Tracking numbers of USPS labels, by the idempotency key that bought them. */
  readonly uspsKeys: Table<string>;
  readonly uspsForms: Table<UspsForm>;
  readonly uspsPickups: Table<UspsPickup>;
  readonly ledger: Table<LedgerLine>;
  readonly faults: Table<Fault>;
  readonly planned: Table<Planned>;
  readonly notices: Table<Notice>;
  /** Keeps a call's changes whole: a label without its ledger line must not survive a kill. */
  atOnce<Result>(work: () => Result): Result;
  close(): void;
};

/** Rebuilds the tables from the journal; from then on every change is written down as it is made. */
export function openState(journal: Journal): State {
  const rowsOf = (name: string): Rows => {
    const rows: Rows = new Map();
    for (const [table, shopId, id, row] of journal.entries) if (table === name) shopRows(rows, shopId).set(id, row);
    return rows;
  };
  const table = <Row>(name: string): Table<Row> => journalled<Row>({ name, journal, rows: rowsOf(name) });
  return {
    app: table('app'),
    shops: table('shop'),
    tokens: table('token'),
    codes: table('code'),
    webhooks: table('webhook'),
    orders: table('order'),
    shipments: table('shipment'),
    trackers: table('tracker'),
    forms: table('form'),
    formRules: table('formRules'),
    sellerManifests: table('sellerManifest'),
    addresses: table('address'),
    pickups: table('pickup'),
    hooks: table('hook'),
    easypostAccounts: table('easypostAccount'),
    packages: table('package'),
    products: table('product'),
    appeals: table('appeal'),
    carrierAccounts: table('carrierAccount'),
    carrierTokens: table('carrierToken'),
    savingQuotes: table('savingQuote'),
    savingLabels: table('savingLabel'),
    savingForms: table('savingForm'),
    savingAccounts: table('savingAccount'),
    savingOrders: table('savingOrder'),
    upsShipments: table('upsShipment'),
    upsPickups: table('upsPickup'),
    uspsLabels: table('uspsLabel'),
    uspsKeys: table('uspsKey'),
    uspsForms: table('uspsForm'),
    uspsPickups: table('uspsPickup'),
    ledger: table('ledger'),
    faults: table('fault'),
    planned: table('planned'),
    notices: table('notice'),
    atOnce: (work) => journal.atOnce(work),
    close: () => {
      journal.close();
    },
  };
}

type Rows = Map<string, Map<string, unknown>>;

function journalled<Row>({ name, journal, rows }: { name: string; journal: Journal; rows: Rows }): Table<Row> {
  // The casts trust the journal, which only this file has written.
  return {
    get: (shopId, id) => rows.get(shopId)?.get(id) as Row | undefined,
    put: (shopId, id, row) => {
      journal.append([name, shopId, id, row]);
      shopRows(rows, shopId).set(id, row);
    },
    remove: (shopId, id) => {
      if (rows.get(shopId)?.delete(id) === true) journal.append([name, shopId, id, null]);
    },
    of: (shopId) => [...(rows.get(shopId)?.values() ?? [])] as Row[],
    shopIds: () => [...rows.keys()],
  };
}

function shopRows(rows: Rows, shopId: string): Map<string, unknown> {
  const found = rows.get(shopId);
  if (found !== undefined) return found;
  const fresh = new Map<string, unknown>();
  rows.set(shopId, fresh);
  return fresh;
}
