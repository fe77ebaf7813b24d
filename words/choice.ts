/** Why a label was chosen: what stands in its quote, and what people read there. */
const choiceReasons = {
  person: 'a person chose it',
  cheapest: 'the cheapest that arrives in time',
  fastest: 'the fastest',
  preferred: 'the first of the preferred that is offered',
  preferredMissing: 'the cheapest that arrives in time; none of the preferred would, or is offered',
  reliable: 'the best record of ours',
  reliableUnknown: 'the cheapest that arrives in time; too few parcels are known to go by records',
  late: 'the fastest; none arrives in time',
};

/** A key of `choiceReasons`: documents hold the key, never the sentence. */
export type ChoiceReason = keyof typeof choiceReasons;

/** A reason that a later edition wrote is shown as it is. */
export const sayChoiceReason = (reason: string): string =>
  Object.hasOwn(choiceReasons, reason) ? choiceReasons[reason as ChoiceReason] : reason;

/** What the tables of offers and choices say. Money comes as text. */
export const choiceWords = {
  nothing: '-',
  offerColumns: ['', 'ACCOUNT', 'CARRIER', 'SERVICE', 'PRICE', 'LIST PRICE', 'SAVED', 'DAYS', 'OUR RECORD'],
  isChosen: '*',
  parcel: (name: string, attempt: number, at: string): string =>
    attempt === 1
      ? `Parcel ${name}, asked for at ${at} UTC`
      : `Parcel ${name}, purchase ${attempt}, asked for at ${at} UTC`,
  size: ({ lengthIn, widthIn, heightIn, weightOz }: Size): string =>
    `${lengthIn} x ${widthIn} x ${heightIn} in, ${weightOz} oz`,
  chosen: (carrier: string, service: string, why: string): string => `Chosen: ${carrier} ${service}: ${why}.`,
  gaveNone: (who: string, code: string): string => `No rate from ${who}: ${code}`,
  record: (onTimePercent: number, parcels: number): string => `${onTimePercent} % of ${parcels} on time`,
  noOffers: (orderId: string): string =>
    `Nothing was offered for order ${orderId} yet; offers are kept from the moment it asks for a label.`,
  accepted: (orderId: string, phase: string): string => `Order ${orderId} takes it (${phase}).`,
  refused: (orderId: string, why: string): string => `Order ${orderId} does not: ${why}`,
  someRefused: (refused: number, of: number): string =>
    `${refused} of ${of} orders did not take it; see why above, and order it again for those.`,
  notBegun: 'There was no time left for this order; send the same request again under the same Idempotency-Key.',
  unknownCommand: (names: readonly string[]): string => `must be one of ${names.join(', ')}`,
  repeated: 'each order once',
  failed: 'Something unexpected happened with this order; the log has more.',
};

type Size = { lengthIn: number; widthIn: number; heightIn: number; weightOz: number };

/** What `shipclock order rates` and `order choose` say about themselves. */
export const choiceHelp = {
  rates: 'Show what was offered for an order: prices, what was chosen and why, and our record with each service.',
  ratesMore: '\nExample:\n  shipclock order rates 576461413038785752',
  choose: "Choose the label of one order or of several, until it is bought; what is left out is for the shop's rule.",
  chooseMore:
    '\nExamples:\n  shipclock order choose 576461413038785752 --carrier UPS --service Ground\n  shipclock order choose 576461413038785752 576461413038785753 --account usps --method dropOff\n  shipclock order choose 576461413038785752   (back to the rule of the shop)',
  orders: 'order ids, shop/order, or workflow ids order:shop:order, all of one shop',
  account: 'name of the account in the shop, such as easypost or ups',
  carrier: 'carrier, as the offers name it',
  service: 'service, as the offers name it',
  method: 'how it is handed over: pickup or dropOff',
  severalShops: 'The orders are of several shops; choose for one shop at a time.',
};
