import type { Shop } from '../contracts/shop';
import type { ShopStanding } from '../contracts/standing';
import type { Recovered } from '../domain/appeal/appeal';
import type { AfterSale, OrderFacts } from '../domain/order/facts';
import type { OrderView } from '../domain/order/view';
import type { CarrierAccount, FormProvider, LabelProvider, Recipient } from './carrier-ports';

export type * from './carrier-ports';

/** What we need from outside, in our words. Adapters answer these; each call has its own deadline and is made once. */
export type Ports = {
  findShop: (shopId: string) => Promise<Shop | undefined>;
  documents: Documents;
  /** Documents that are encrypted where they lie: secrets, and what may repeat an address. */
  vault: Vault;
  /**
   * What may be done in a shop now: its own switch and that of all shops taken together. At most 2 s old, so that a switch
   * that is thrown holds within 5 s.
   */
  standingOf: (shopId: string) => Promise<ShopStanding>;
  /** A short mark that is the same for the same address and tells nothing of it: a keyed hash. Undefined without keys. */
  markOf: (recipient: Recipient) => string | undefined;
  /** Counts what happened, for the metrics of the process; nothing personal and no order in the labels. */
  count?: (name: string, labels: Record<string, string>, by?: number) => void;
  neighbours: Neighbours;
  platformOf: (shop: Shop) => Platform;
  /** The shop's carrier accounts, in its owner's order; without `all` only those that rates are asked of. */
  carriersOf: (shop: Shop, which?: 'all') => CarrierAccount[];
  /** One of them by name, enabled or not; absent: the first account, which had no name. */
  carrierOf: (shop: Shop, name?: string) => CarrierAccount | undefined;
  /** Labels that are bought from the platform itself, of orders that it ships. */
  platformLabelsOf: (shop: Shop) => LabelProvider;
  /** Forms of one account, by the account in a manifest's key. */
  formsOf: (shop: Shop, account: string) => FormProvider;
  /** Undefined where appeals are filed by a person. */
  appealDeskOf: (shop: Shop) => AppealDesk | undefined;
  /** Which time-zone data this process works with. */
  tzdata: string;
};

type Documents = {
  get: (key: string) => Promise<string | undefined>;
  putIfAbsent: (key: string, text: string) => Promise<boolean>;
  /** The keys under a folder, sorted. */
  list: (folder: string) => Promise<string[]>;
  /** Replaces what is there: for what is worked out anew, never for what was decided once. */
  put: (key: string, text: string) => Promise<void>;
  remove: (key: string) => Promise<void>;
  /** A file as it is, under a key with its ending; the first one stands. */
  putFileIfAbsent: (key: string, bytes: Uint8Array) => Promise<boolean>;
  getFile: (key: string) => Promise<Uint8Array | undefined>;
};

type Vault = {
  get: (key: string) => Promise<string | undefined>;
  put: (key: string, text: string) => Promise<void>;
  putIfAbsent: (key: string, text: string) => Promise<boolean>;
  list: (folder: string) => Promise<string[]>;
  remove: (key: string) => Promise<void>;
};

/** How an order, a manifest or an appeal speaks to the workflows beside it. */
export type Neighbours = {
  /**
   * Tells a workflow, and begins it where it is not there yet. A workflow of a shop whose time is played ahead begins at `at`.
   * @returns `over` when there was such a workflow and it has ended.
   */
  tell: (message: NeighbourMessage) => Promise<'told' | 'over'>;
  /** The ids of a shop's open orders, as lists know them: a second behind. */
  openOrders: (shopId: string) => Promise<OpenOrder[]>;
  /** An order as its workflow tells it, also after its end; undefined where there is none any more. */
  readOrderState: (shopId: string, orderId: string) => Promise<OrderView | undefined>;
  /** Tells a workflow that must be there; `over` when it has ended or never was. */
  signal: (message: Pick<NeighbourMessage, 'workflowId' | 'signal' | 'payload'>) => Promise<'told' | 'over'>;
};

/** An open order as lists show it. `changedAt`: epoch milliseconds, absent where it has never changed. */
export type OpenOrder = {
  orderId: string;
  phase: string;
  trackingNumbers?: string[];
  changedAt?: number;
  shipFrom?: string;
  carrier?: string;
  attention?: string;
};

export type NeighbourMessage = {
  workflowType: string;
  workflowId: string;
  shopId: string;
  /** The teller's own time, epoch milliseconds. */
  at: number;
  input: unknown;
  signal: { name: string };
  payload: unknown;
  /** Begun again where it had ended: only for what has no end of its own. */
  mayBeginAgain?: true;
  /** One plain sentence for Temporal's lists. */
  summary: string;
};

/** An order as it was just read. The recipient stays in the activity that needs it and enters no answer, error or log. */
export type PlatformOrder = {
  facts: OrderFacts;
  deliveryOptionId: string;
  /** The platform's id of the warehouse that it leaves from. */
  warehouseId?: string;
  recipient?: Recipient;
  /** What is in it, one line item a unit. */
  items?: OrderItem[];
};

/** `sku` is the seller's own; the platform's number of it where the seller gave none. `title` is the shop's own text. */
export type OrderItem = { id: string; sku: string; title: string; skuId?: string; productId?: string };

export type Platform = {
  /** Undefined when the platform does not know the order. */
  readOrder: (orderId: string) => Promise<PlatformOrder | undefined>;
  /** Any number of orders; those that the platform does not know are left out. */
  readOrders: (orderIds: string[]) => Promise<(PlatformOrder & { orderId: string })[]>;
  /** One page of the orders that were changed in `[since, until)`, the earliest change first. Epoch milliseconds. */
  searchOrders: (wish: { since: number; until: number; pageToken?: string }) => Promise<ChangedOrders>;
  /** `warning` is the platform's own text: it may repeat an address, so it enters no history and no log. */
  markShipped: (shipment: ShippedPackage) => Promise<{ warning?: string }>;
  /** Puts another number in the place of one that was uploaded: once only, and within 72 h. */
  correctTracking: (shipment: ShippedPackage) => Promise<void>;
  /** The carriers that the platform takes for a delivery option, by its own names. */
  shippingProviders: (deliveryOptionId: string) => Promise<{ id: string; name: string }[]>;
  /** Whether a tracking number is one that the platform itself sold. */
  isOwnNumber: (trackingNumber: string) => Promise<boolean>;
  cancelOrder: (orderId: string) => Promise<void>;
  /** The buyer's open request to cancel, return or refund. */
  readAfterSale: (orderId: string) => Promise<AfterSale | undefined>;
  /** Asked again under one key it has one effect. */
  answerCancel: (answer: { requestId: string; decision: 'approve' | 'reject'; key: string }) => Promise<void>;
};

export type ChangedOrders = { orders: { orderId: string; updatedAt: number }[]; nextPageToken?: string };

export type ShippedPackage = {
  orderId: string;
  deliveryOptionId: string;
  /** The order goes in more than one parcel. */
  isSplit?: boolean;
  itemIds: string[];
  trackingNumber: string;
  carrier: string;
};

/** One appeal as it goes out. `orderIds`: all that it is about, where that is not the one. `pack`: the same evidence as a PDF. */
export type AppealFiling = {
  reference: string;
  orderId: string;
  orderIds?: string[];
  statement: string;
  evidence: unknown;
  pack?: Uint8Array;
};

/** Where appeals are filed by HTTP. */
export type AppealDesk = {
  /** How many orders one appeal may name. */
  mostOrders: number;
  /** The filing under our reference, if an earlier attempt made it. */
  find: (reference: string) => Promise<Filing | undefined>;
  file: (filing: AppealFiling) => Promise<Filing>;
  read: (caseNumber: string) => Promise<Filing>;
};

export type Filing = {
  caseNumber: string;
  status: 'pending' | 'won' | 'lost';
  decidedAt: number | null;
  /** What the decision gave back. */
  recovered?: Recovered;
};
