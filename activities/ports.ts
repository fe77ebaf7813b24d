import type { Shop } from '../contracts/shop';
import type { OrderFacts } from '../domain/order/facts';

/** What we need from outside, in our words. Adapters answer these; each call has its own deadline and is made once. */
export type Ports = {
  findShop: (shopId: string) => Promise<Shop | undefined>;
  documents: Documents;
  platformOf: (shop: Shop) => Platform;
  labelsOf: (shop: Shop) => LabelProvider;
  /** Which time-zone data this process works with. */
  tzdata: string;
};

type Documents = {
  get: (key: string) => Promise<string | undefined>;
  putIfAbsent: (key: string, text: string) => Promise<boolean>;
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
  markShipped: (shipment: ShippedPackage) => Promise<{ hasWarning: boolean }>;
  cancelOrder: (orderId: string) => Promise<void>;
};

export type ShippedPackage = {
  orderId: string;
  deliveryOptionId: string;
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
};

export type ShipmentRequest = {
  reference: string;
  to: Recipient;
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
  /** The money was asked back, and the provider has not said no. */
  isVoided: boolean;
};

/** `deliveryDays` is null where the carrier promises nothing. */
export type Rate = { id: string; carrier: string; service: string; priceCents: number; deliveryDays: number | null };
