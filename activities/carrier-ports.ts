import type { LabelFormat, Shop } from '../contracts/shop';
import type { HandoverMethod } from '../domain/order/facts';
import type { RefundWord } from '../domain/refund/refund';
import type { TrackingEvent } from '../domain/tracking/event';

/** What we need from carriers and from those who sell their labels. Each call has its own deadline and is made once. */

/** One account of a shop's, with what can be done through it; what it cannot do is absent. */
export type CarrierAccount = {
  /** As the shop's owner named it. */
  name: string;
  can: CarrierAbilities;
  labels?: LabelProvider;
  forms?: FormProvider;
  pickups?: PickupProvider;
  tracking?: TrackingSource;
  addresses?: AddressChecker;
  /** The cheapest reading that shows whether the account takes our keys. Throws AdapterError `auth` where it does not. */
  check?: () => Promise<void>;
  /** The money that is left in it, in integer cents. */
  balance?: () => Promise<number>;
};

/** What a provider can do, as data: shown to people, and asked before it is tried. */
export type CarrierAbilities = {
  /** Its name as people know it. */
  provider: string;
  rates: boolean;
  labels: boolean;
  voids: boolean;
  /** Carriers that have end-of-day forms, until when of the day, and how many parcels one takes; `null`: no limit is published. */
  forms?: { carriers: readonly string[]; cutoffTime: string; most: number | null };
  pickups: boolean;
  tracking?: 'webhooks' | 'polls' | 'both';
  addressCheck: boolean;
  balance: boolean;
  labelFormats: readonly LabelFormat[];
  /**
   * How it is learned whether a purchase was made. `read`: by a free reading. `repeat`: by repeating it under its key, which cannot
   * charge twice. `none`: not at all, so that it is tried once and then is a person's.
   */
  reconcile: 'read' | 'repeat' | 'none';
  /** Two calls for one purchase are charged twice: no key and no state of theirs stands in the way. */
  isRepeatCharged?: true;
};

export type LabelProvider = {
  /** Free and unpaid: rates of one parcel, under our reference. */
  createShipment: (request: ShipmentRequest) => Promise<Shipment>;
  /** Undefined when the provider does not know it. One that reconciles by `repeat` answers what it can without spending anything. */
  readShipment: (shipmentId: string) => Promise<Shipment | undefined>;
  /** Spends money. Where the provider can tell, buying the same shipment again returns the label that is there. */
  buy: (purchase: LabelPurchase) => Promise<Shipment>;
  /** `trackingNumber`: of the label, where it is known. */
  refund: (shipmentId: string, trackingNumber?: string) => Promise<Shipment>;
  /** The label as a file, in a format that the provider has. */
  document?: (label: { shipmentId: string; trackingNumber: string; format: LabelFormat }) => Promise<LabelFile>;
};

/** `request`: the parcel as it was read again right before; `at`: the order's own time, by which its mailing date was chosen. */
export type LabelPurchase = { shipmentId: string; rateId: string; request: ShipmentRequest };

export type LabelFile = { format: LabelFormat; bytes: Uint8Array };

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

export type ShipmentRequest = {
  /** Shop, order, package and attempt: under it every provider keeps the purchase, and finds it again. */
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
  /** The day on which it is mailed at the ship-from, as YYYY-MM-DD. */
  mailingDate?: string;
  format?: LabelFormat;
};

export type Shipment = {
  id: string;
  rates: Rate[];
  /** Carriers of the account that gave no rate: who, and the provider's own code. No text: it may repeat an address. */
  unrated?: { carrier: string; code: string }[];
  /** Money was spent on it. */
  isPaid: boolean;
  /** There once it is paid for, or a little later. `priceCents` is absent where the provider does not say what it charged. */
  label?: { trackingNumber: string; carrier: string; priceCents?: number };
  /** The end-of-day form that it is on. */
  formId?: string;
  /** The money was asked back, and the provider has not said no. */
  isVoided: boolean;
  /** How far that has come; absent: nothing was asked back, or the provider does not say. */
  refund?: RefundWord;
  /** How the platform has it handed over, where it says so. */
  handover?: { method: HandoverMethod; from?: number; until?: number };
};

/**
 * `deliveryDays` is null where the carrier promises nothing; `deliverBy` is the instant that it names, if it does. `listCents` is
 * what it costs without the account's discount.
 */
export type Rate = {
  id: string;
  carrier: string;
  service: string;
  priceCents: number;
  listCents?: number;
  deliveryDays: number | null;
  deliverBy?: number;
};

/** End-of-day forms of one carrier account. */
export type FormProvider = {
  /** Part of the ids of its manifests: the account and the shop. */
  account: string;
  /** Carriers that have such forms. */
  carriers: readonly string[];
  /** Time of day at the ship-from after which a parcel belongs to the next mailing date, HH:MM. */
  cutoffTime: string;
  /** How many parcels one form takes; `null`: no limit is published. */
  most: number | null;
  /** There is no call for it: a person makes it on this page and brings its number back. Nothing else here is asked then. */
  byHand?: { url: string };
  /** The form that one of these parcels is on already, made since an instant; undefined if there is none. */
  findForm: (parcels: FormParcel[], since: number) => Promise<Form | undefined>;
  /**
   * Makes a form. Once made it is final.
   * @throws AdapterError `refused`, and nothing was made: `against` names the parcels that stand in the way, where the provider does.
   */
  createForm: (parcels: FormParcel[], mailing: FormMailing) => Promise<Form>;
  readForm: (formId: string) => Promise<Form>;
};

type FormParcel = { shipmentId: string; trackingNumber: string };

/** Where the parcels leave from, and on which day, as YYYY-MM-DD there. */
export type FormMailing = { from: Shop['shipFrom']['address']; date: string };

export type Form = {
  id: string;
  status: 'creating' | 'created' | 'failed';
  /** The number under its barcode. */
  number: string | null;
  trackingNumbers: string[];
  /** The form as a file, once it is created. */
  file?: () => Promise<Uint8Array>;
};

/** The carrier called to collect. */
export type PickupProvider = {
  /** What an earlier attempt booked under our reference, where the provider can say; undefined: nothing, or it cannot. */
  find?: (wish: PickupWish) => Promise<CarrierPickup | undefined>;
  book: (wish: PickupWish) => Promise<CarrierPickup>;
  /** Absent where a booking is changed by cancelling it and booking another. */
  change?: (pickup: CarrierPickup, wish: PickupWish) => Promise<CarrierPickup>;
  cancel: (pickup: CarrierPickup) => Promise<void>;
};

export type PickupWish = {
  /** Shop, account, ship-from, date and attempt. */
  reference: string;
  /** As YYYY-MM-DD at the ship-from. */
  date: string;
  /** When somebody is there, epoch milliseconds. */
  from: number;
  until: number;
  zone: string;
  address: Shop['shipFrom']['address'];
  parcels: { shipmentId: string; trackingNumber: string }[];
  weightOz: number;
  instructions?: string;
};

export type CarrierPickup = {
  id: string;
  status: 'booked' | 'cancelled';
  /** The number that the driver and the carrier's desk go by. */
  confirmation: string;
  date: string;
  priceCents?: number;
  /** What the provider wants to see again when the booking is changed. */
  version?: string;
};

/** Where parcels' scans are asked for, many in one call where the provider takes many. */
export type TrackingSource = {
  /** Carriers whose numbers it can tell of, by our names. */
  carriers: readonly string[];
  /** Numbers that it does not know are left out. */
  read: (parcels: { trackingNumber: string; carrier: string }[]) => Promise<TrackingReading[]>;
};

export type TrackingReading = { trackingNumber: string; events: TrackingEvent[] };

/** Whether a carrier knows an address. `suggestion` is personal: it enters no history and no log. */
export type AddressChecker = (address: Recipient) => Promise<AddressVerdict>;

export type AddressVerdict = {
  verdict: 'deliverable' | 'corrected' | 'undeliverable';
  /** The provider's own codes for what is wrong. */
  codes: string[];
  suggestion?: Recipient;
};
