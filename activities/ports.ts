import type { Shop } from '../contracts/shop';
import type { ShopStanding } from '../contracts/standing';
import type { AfterSale, HandoverMethod, OrderFacts } from '../domain/order/facts';

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
  /** The seller's own carrier account. */
  labelsOf: (shop: Shop) => LabelProvider;
  /** Labels that are bought from the platform itself, of orders that it ships. */
  platformLabelsOf: (shop: Shop) => LabelProvider;
  formsOf: (shop: Shop) => FormProvider;
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
  /** A file as it is, under a key with its ending; the first one stands. */
  putFileIfAbsent: (key: string, bytes: Uint8Array) => Promise<boolean>;
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
  /** Tells a workflow that must be there; `over` when it has ended or never was. */
  signal: (message: Pick<NeighbourMessage, 'workflowId' | 'signal' | 'payload'>) => Promise<'told' | 'over'>;
};

/** An open order and its phase as lists show them. */
export type OpenOrder = { orderId: string; phase: string };

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
export type PlatformOrder = { facts: OrderFacts; deliveryOptionId: string; recipient?: Recipient };

export type Recipient = {
  name: string;
  phone: string;
  street1: string;
  street2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
};

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

export type LabelProvider = {
  /** Free and unpaid: rates of one parcel, under our reference. */
  createShipment: (request: ShipmentRequest) => Promise<Shipment>;
  /** Undefined when the provider does not know it. */
  readShipment: (shipmentId: string) => Promise<Shipment | undefined>;
  /** Spends money. Buying the same shipment again returns the label that is there. */
  buy: (shipmentId: string, rateId: string) => Promise<Shipment>;
  refund: (shipmentId: string) => Promise<Shipment>;
  /** The label as a file, where the provider gives it for a while only. */
  document?: (shipmentId: string) => Promise<Uint8Array>;
};

/** End-of-day forms of one carrier account. */
export type FormProvider = {
  account: string;
  /** Carriers that have such forms. */
  carriers: readonly string[];
  /** Time of day at the ship-from after which a parcel belongs to the next mailing date, HH:MM. */
  cutoffTime: string;
  /** The form that one of these parcels is on already, made since an instant; undefined if there is none. */
  findForm: (parcels: { shipmentId: string; trackingNumber: string }[], since: number) => Promise<Form | undefined>;
  /** Makes a form. Once made it is final. */
  createForm: (shipmentIds: string[]) => Promise<Form>;
  readForm: (formId: string) => Promise<Form>;
};

export type Form = {
  id: string;
  status: 'creating' | 'created' | 'failed';
  /** The number under its barcode. */
  number: string | null;
  trackingNumbers: string[];
  /** The form as a file, once it is created. */
  file?: () => Promise<Uint8Array>;
};

/** Where appeals are filed by HTTP. */
export type AppealDesk = {
  /** The filing under our reference, if an earlier attempt made it. */
  find: (reference: string) => Promise<Filing | undefined>;
  file: (filing: { reference: string; orderId: string; statement: string; evidence: unknown }) => Promise<Filing>;
  read: (caseNumber: string) => Promise<Filing>;
};

export type Filing = { caseNumber: string; status: 'pending' | 'won' | 'lost'; decidedAt: number | null };

export type ShipmentRequest = {
  reference: string;
  orderId: string;
  /** The line items of this parcel, where it is not the whole order. */
  itemIds?: string[];
  /** Further orders that go in the same parcel. */
  withOrders?: string[];
  /** Absent where the platform ships: it keeps the address to itself. */
  to?: Recipient;
  from: Shop['shipFrom']['address'];
  parcel: Shop['parcel'];
};

export type Shipment = {
  id: string;
  rates: Rate[];
  /** Money was spent on it. */
  isPaid: boolean;
  /** There once it is paid for, or a little later. */
  label?: { trackingNumber: string; carrier: string; priceCents: number };
  /** The end-of-day form that it is on. */
  formId?: string;
  /** The money was asked back, and the provider has not said no. */
  isVoided: boolean;
  /** How the platform has it handed over, where it says so. */
  handover?: { method: HandoverMethod; from?: number; until?: number };
};

/** `deliveryDays` is null where the carrier promises nothing. */
export type Rate = { id: string; carrier: string; service: string; priceCents: number; deliveryDays: number | null };
