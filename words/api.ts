/** What each kind of problem is called, and what it means to the one who reads the answer. */
export const problemWords = {
  'malformed-json': {
    title: 'The body is not JSON',
    meaning: 'The body could not be read as JSON in UTF-8; nothing was done.',
  },
  'invalid-body': {
    title: 'The body is not valid',
    meaning: 'One or more fields are missing or wrong; `errors` names each by JSON pointer.',
  },
  'invalid-query': {
    title: 'The query is not valid',
    meaning: 'A query parameter is unknown or wrong; `errors` names each.',
  },
  'invalid-header': {
    title: 'A header is not valid',
    meaning: 'The header that `detail` names is wrong; nothing was done.',
  },
  'malformed-request': {
    title: 'The request is malformed',
    meaning: 'The request could not be read; nothing was done.',
  },
  'forged-webhook': {
    title: 'The signature does not match',
    meaning: 'The webhook was not signed with the secret of this shop; nothing was done.',
  },
  'unknown-shop': { title: 'The shop is not known', meaning: 'No shop with this id is connected.' },
  'unknown-order': {
    title: 'The order is not known',
    meaning: 'No order with this id is kept here, or the platform does not know it.',
  },
  'unknown-route': { title: 'There is nothing here', meaning: 'The address is none of this service.' },
  'foreign-site': {
    title: 'Not from here',
    meaning: 'Another site asked a browser to do this. The API takes orders from programs and from its own pages only.',
  },
  'wrong-method': {
    title: 'The method does not fit',
    meaning: 'The address exists, for the methods that the header Allow names.',
  },
  'duplicate-order': {
    title: 'The order is here already',
    meaning: 'The order was placed before, under another key or none; it was not touched.',
  },
  'order-ended': { title: 'The order is over', meaning: 'The order has ended; nothing can be done with it any more.' },
  refused: {
    title: 'It is not possible now',
    meaning:
      'What was ordered does not fit the state of what it is about: an order, a batch, a pickup; `detail` says why. Nothing was done.',
  },
  'body-too-large': {
    title: 'The body is too large',
    meaning: 'A body may have at most 256 KB, a file of evidence 15 MB.',
  },
  'wrong-content-type': {
    title: 'The content type does not fit',
    meaning:
      'A body is sent as application/json, plain or compressed with gzip; a file of evidence is a JPEG, PNG, HEIC or PDF with nothing else in it.',
  },
  'key-reused': {
    title: 'The key was used for something else',
    meaning: 'The same Idempotency-Key came with another body; use a new key for a new request.',
  },
  'order-refused': {
    title: 'The platform refuses the order',
    meaning: 'The platform did not take the order; `detail` says why.',
  },
  unexpected: {
    title: 'Something unexpected happened',
    meaning: 'A mistake in this service; its log has more under the id of the request.',
  },
  'temporal-unavailable': {
    title: 'Temporal does not answer',
    meaning: 'Try again in a few seconds, under the same Idempotency-Key if there was one.',
  },
  'worker-unavailable': {
    title: 'No worker answers',
    meaning:
      'The order is safe, but nobody works on it now. Try again in a few seconds, under the same Idempotency-Key: it takes effect once.',
  },
  'platform-unavailable': {
    title: 'The platform does not answer',
    meaning: 'Try again in a few seconds, under the same Idempotency-Key if there was one.',
  },
  'not-ready': {
    title: 'Not ready',
    meaning: 'The service runs, but something that it needs is missing; `errors` names it.',
  },
  'unknown-manifest': { title: 'The manifest is not known', meaning: 'No manifest with this id is kept in this shop.' },
  'unknown-appeal': { title: 'The appeal is not known', meaning: 'No appeal with this key is kept in this shop.' },
  'unknown-batch': { title: 'The batch is not known', meaning: 'No batch with this id is kept in this shop.' },
  'unknown-alert': { title: 'The alert is not known', meaning: 'No alert with this key was raised in this shop.' },
};

/** What went wrong with one request. */
export const details = {
  malformedJson: 'The body is not valid JSON in UTF-8; check it at the end and for missing quotes or commas.',
  invalidBody: 'The body has fields that are missing or wrong; see errors.',
  invalidQuery: 'The query has parameters that are unknown or wrong; see errors.',
  unreadableRequest: 'The address or the body of the request could not be decoded.',
  idempotencyKey: 'Idempotency-Key must have 1 to 255 printable ASCII characters.',
  actor: 'X-Actor must have 1 to 64 printable ASCII characters.',
  unknownField: 'This field is not known here.',
  cursor: 'This cursor was not given out for this list; begin without one.',
  forged: 'The signature does not fit the body; check the secret of this shop at the sender.',
  otherShop: (addressed: string): string => `The body is about another shop than ${addressed}.`,
  unknownShop: (shopId: string): string => `Shop ${shopId} is not connected; check the id.`,
  unknownOrder: (orderId: string): string =>
    `Order ${orderId} is not known in this shop; check the id, or place it first.`,
  emptyPlan: 'give a method, an instant, or both',
  farPlan: 'must lie within a year',
  noSweep: (shopId: string): string =>
    `Shop ${shopId} has no sweep configured; give it "sweep" with its minutes by day and by night.`,
  unknownRoute: (path: string): string => `There is nothing at ${path}.`,
  foreignSite: 'Another site asked for this; send it from a program, or from this address itself.',
  foreignHost:
    'The address does not name this machine; use 127.0.0.1 or localhost, or set SHIPCLOCK_API_OPEN=yes where something in front keeps strangers out.',
  wrongMethod: (method: string, allowed: string): string => `${method} is not possible here; use ${allowed}.`,
  duplicateOrder: (orderId: string): string => `Order ${orderId} is here already.`,
  orderEnded: (orderId: string): string => `Order ${orderId} has ended; nothing can be done with it any more.`,
  bodyTooLarge: 'The body has more than 256 KB.',
  wrongContentType: 'Send the body as application/json.',
  keyReused: 'This Idempotency-Key was used before with another body; use a new key for a new request.',
  platformRefused: 'The platform refused the order without a reason.',
  platformSilent: 'The platform did not answer in time; try again in a few seconds.',
  temporalSilent: 'Temporal did not answer in time; try again in a few seconds.',
  workerSilent: 'No worker answered in time; try again in a few seconds, under the same Idempotency-Key.',
  unexpected: 'Something unexpected happened; the log has more under the id of this request.',
  notReady: 'Something that this service needs is missing; see errors.',
};

/** What a service that is not ready waits for. */
export const missing = {
  temporal: 'Temporal does not answer; see that it runs and that TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are right.',
  worker: (taskQueue: string): string =>
    `No worker has asked for work on the task queue ${taskQueue} lately; start one.`,
  searchAttributes: (namespace: string): string =>
    `The search attributes of the namespace ${namespace} cannot be used; set the namespace up first.`,
  demo: 'The orders of the demo shop are still being taken in; wait a few seconds.',
};

/** What the process says when it cannot do its work. */
export const processWords = {
  notPrivate: (host: string): string =>
    `The API would listen on ${host}, and whoever reaches it may order anything: set SHIPCLOCK_API_HOST to 127.0.0.1, offer webhooks by SHIPCLOCK_PUBLIC_PORT, or set SHIPCLOCK_API_OPEN=yes where something in front keeps strangers out.`,
  failed: (why: string): string => `The order API failed: ${why}.`,
  wrongSetting: (variable: string, why: string): string => `${variable} is wrong: ${why}; correct it and start again.`,
  portTaken: (host: string, port: number): string =>
    `Port ${port} of ${host} is in use; end what uses it or set SHIPCLOCK_API_PORT to another port.`,
  cannotListen: (host: string, port: number, why: string): string =>
    `The order API cannot listen on port ${port} of ${host} (${why}); set SHIPCLOCK_API_HOST and SHIPCLOCK_API_PORT.`,
  noTemporal: (address: string): string =>
    `Temporal does not answer at ${address}; see that it runs and that TEMPORAL_ADDRESS is right.`,
};

/** What is written to the log. */
export const logWords = {
  publicDoor: 'The public door is open: webhooks, the consent callback and upload links.',
  answered: 'answered',
  listening: 'listening',
  stopping: 'stopping',
  noTemporalYet: 'Temporal does not answer yet',
  aboutNoOrder: 'a webhook about no order',
  aboutNoParcel: 'a webhook that says nothing of a parcel',
  orderNotOpen: 'a webhook about an order that is not open',
  parcelOfNobody: 'a webhook about a parcel of no open order',
  unknownTopic: 'a webhook of a topic that is not known here',
};

/** The page of all orders. */
const FORM_PHASES: Record<string, string> = {
  open: 'open; close it when all is packed',
  formed: 'formed; take it to the carrier with its parcels, and report the scan',
  scanned: 'scanned; what proves it is still to be brought',
};

export const overviewWords = {
  title: 'Orders by time left',
  asOf: (at: string): string => `As of ${at} (UTC). Load the page again for newer.`,
  empty:
    'No open orders. Place one with POST /v1/orders, or connect the webhooks of a shop; it appears here within a second or two.',
  none: 'None.',
  forms: 'Forms of the day',
  form: ({ date, account, shipFrom }: { date: string; account: string; shipFrom: string }): string =>
    `${date} from ${shipFrom}, ${account}`,
  formPhase: (phase: string): string => FORM_PHASES[phase] ?? phase,
  more: (shown: number, count: number): string => `The first ${shown} of ${count}; GET /v1/orders has them all.`,
  buckets: {
    overdue: 'Overdue',
    under4h: 'Under 4 h',
    under12h: 'Under 12 h',
    under24h: 'Under 24 h',
    later: 'Later',
    none: 'No deadline',
  },
  columns: {
    order: 'Order',
    phase: 'Phase',
    deadline: 'Next deadline',
    left: 'Time left',
    attention: 'Attention',
    workflow: 'Workflow',
  },
  workflow: 'Temporal',
  nothing: 'none',
};

const MINUTE_MS = 60_000;

/** A span of time as people say it: the two largest units. */
function spanWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes === 0 ? 'under 1 min' : `${minutes} min`;
}

/** How long until an instant, or since it. */
export const timeLeft = (ms: number): string => (ms < 0 ? `overdue by ${spanWords(ms)}` : spanWords(ms));
