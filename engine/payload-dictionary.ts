/**
 * What payloads repeat: the words that DEFLATE may point at instead of writing them out, the most frequent last, where pointing is
 * cheapest. What was compressed with a dictionary opens with that one only, so a released one is never changed by a single
 * character: a better one is another version beside it. Whether it is worth it, `payload-codec.test.ts` measures.
 */
const FIRST = [
  '"returned","lost","refunded":true,"madeFor":"sample""replacement""exchange","combineGroup":"","addressMark":"","afterSale":{"kind":"return""refund","id":"","answerBy":',
  '"parcels":[{"itemIds":[""],"tracking":{"number":"","carrier":""}}],"owner":"","members":["mode":"watch""assist","hasAskedAfterSale":true',
  '{"kind":"failed","type":"","message":"","reason":"","outcomeUnknown""retryLater""reRate""refused""stale"',
  '"autoCancelUndelivered""answerCancelBy""cancelAnswered""handlingMissing""lenientRules""forbiddenCarriers":["USPS"],"flags":["expectedShipDateOutOfRange"],"handling":{"days":,"counts":"businessDays""calendarDays"',
  '{"caseKey":"-1","status":"gathering""ready""filing""filed","caseNumber":"","decidedAt":null}"won""lost""pending""Gather the evidence""Close the case if no limit broke""Read the decision of case ',
  '{"key":"deadline","dueAt":,"tierMs":,"orderId":"","detail":"","settledAt":,"acknowledgedBy":"","Remind people that the window ends""Read the desk again""Tell the order and the alert desk"',
  '"Cut-off: close the manifest of 2026-{"kind":"toldAll"}"Ask people what became of the form""Join the day\'s form""Leave the day\'s form""Tell again what could not be told"',
  '"pre-sale""made-to-order""back-order","releaseAt":"Mon 7 Dec 23:59 PST, S6a, expected ship date"Thu 10 Dec 23:59 PST, S6b, 3 days after ready"',
  '"method":"pickup""dropOff","handoverAt":"UPS""FedEx""GroundSaver""Ground","from":"platform"}}"USPS Ground Advantage","priceCents":500',
  '{"name":"deliverBy","at":"metBy":"delivered""Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov 00:00 PDT, "source":"us-2026-06","policySet":"us"',
  '{"name":"packBy","at":,"local":"Wed 2 Dec 09:00 PST","rule":"S3, 48 h","source":"seed","severity":"target","provisional":true,"metBy":"packed","workBy":',
  '{"name":"collectBy","at":,"local":"Tue 1 Dec 14:00 PST","rule":"S3, 24 h after packing","source":"seed","severity":"target","provisional":false,"metBy":"handedOver","workBy":,"platformAt":,"dependsOn":["packedAt","readyAt","handoverMethod"]',
  '"Void the label, package 1"{"kind":"voided"}{"kind":"orderChanged"}{"kind":"answered"}"cancelledBy":"buyer","cancelledFor":"seller""platform"',
  '{"outcome":"buyerCancelled","endedAt":"2026-12-:00.000Z","deadlines":[{"name":"shipBy","met":true},{"name":"autoCancelUnpacked","met":true},{"name":"autoCancelUncollected","met":null}],"dossier":"orders//dossier"}',
  '"at":,"dossier":{"outcome":"delivered","endedAt":,"policy":["seed","2026-11-22","2025c"],"phases":[["onHold",],["toPack",],["awaitingHandover",],["handedOver",],["inTransit",],["delivered",],["closed",]],"deadlines":[["shipBy",,true,],["autoCancelUnpacked",,true,],["autoCancelUncollected",,null,null]],',
  '"packages":[{"key":"1","itemIds":[""],"label":{"status":"bought","attempt":1,"handle":"shp_","trackingNumber":"","carrier":"USPS","priceCents":},"upload":{"status":"done","at":},"manifest":{"status":"scanned","id":""},"tracking":{"meaning":"none","at":,"acceptedAt":}}],',
  '"timeline":[[,"opened"],[,"planned","seed 2026-11-22"],[,"platform.onHold"],[,"platform.awaitingShipment"],[,"labelBought",""],[,"person.markPacked",""],[,"trackingUploaded",""],[,"platform.awaitingCollection"],[,"manifest.formed","sf_"],[,"manifest.scanned"],[,"carrier.accepted",""],[,"platform.inTransit"],[,"carrier.delivered",""],[,"platform.delivered"],[,"platform.completed"]]}}',
  '{"kind":"planned","plan":{"kind":"loaded","facts":{"createdAt":,"status":"onHold","statusAt":,"orderType":"standard","shippingType":"seller","fulfilledBy":"seller","cancelRequested":false,"itemIds":[""],"platformTimes":{}},',
  '"plan":{"policySet":"seed","policyVersion":"2026-11-22","tzdata":"2025c","shipFrom":"main","deadlines":[{"name":"shipBy","at":,"local":"Thu 3 Dec 09:00 PST","rule":"S1, 72 h","source":"seed","severity":"limit","provisional":false,"metBy":"trackingUploaded","workBy":},',
  '{"name":"autoCancelUnpacked","at":,"local":"Thu 3 Dec 09:00 PST","rule":"S5a, 3 business days","source":"seed","severity":"limit","provisional":false,"metBy":"readyAtPlatform","workBy":},',
  '{"name":"autoCancelUncollected","at":,"local":"Wed 9 Dec 09:00 PST","rule":"S5b, 7 business days","source":"seed","severity":"limit","provisional":false,"metBy":"acceptanceScan","workBy":}],',
  '"warnBeforeMs":[14400000,3600000],"holdEndsAt":,"shipOn":"2026-11-30","stallMs":172800000,"basis":{"orderType":"standard","shippingType":"seller","dependsOn":[]}}}',
  '"Warn: packBy Wed 2 Dec 09:00 PST, S3, 48 h""collectBy: ""autoCancelUncollected: ""shipBy: Fri 4 Sat 5 Tue 8 ',
  '{"what":"formed","at":,"form":"sf_","package":"1","manifest":"manifest:easypost-:main:2026-11-30"}{"what":"scanned","at":,"package":"1","manifest":"',
  '{"kind":"joined","manifest":"manifest:easypost-:main:2026-12-03","date":"2026-12-03","closesAt":}',
  '{"kind":"prepared","handle":{"shipmentId":"shp_","rateId":"rate_","carrier":"USPS","service":"GroundAdvantage","priceCents":545}}',
  '"Buy the label, package 1: GroundAdvantage, $5.45""Upload 9400"48 h after the form\'s scan: has 9400 moved?"',
  '{"at":,"trackingNumber":"9400","meaning":"accepted"}{"at":,"trackingNumber":"9400","meaning":"delivered"}',
  '{"kind":"uploaded","hasWarning":false}{"kind":"bought","trackingNumber":"9400","carrier":"USPS","priceCents":545}',
  '"via":"api""via":"sweep"{"at":,"via":"webhook","status":"completed"}{"at":,"via":"webhook","status":"cancelled"}{"at":,"via":"webhook","status":"delivered"}{"at":,"via":"webhook","status":"inTransit"}{"at":,"via":"webhook","status":"awaitingCollection"}{"at":,"via":"webhook","status":"awaitingShipment"}',
  '{"accepted":true,"at":,"bodyHash":"","phase":"toPack"}{"actor":"operator","bodyHash":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}{"id":"","bodyHash":"',
  '","itemIds":[""],"trackingNumber":"9400","carrier":"USPS"}"first":false,"plan":false}"first":true,"plan":true}","edition":2}',
  '"Ask for rates, package 1""Read the order again""Read the order and plan its deadlines""Keep the dossier"{"kind":"saved"}',
  '"Warn: autoCancelUnpacked Thu 3 Dec 09:00 PST, S5a, 3 business days""Warn: shipBy Thu 3 Dec 09:00 PST, S1, 72 h"',
  '"Ask what became of the form""Close the order 15 days after delivery""Warn: autoCancelUncollected Wed 9 Dec 09:00 PST, S5b, 7 business days"',
  '"Look at the platform again"{"kind":"told"}"Order 5764,"package":"1","attempt":1}',
  '{"shopId":"7000000000000000001","orderId":"5764","at":17',
].join('');

/** Dictionaries by version. */
export const payloadDictionaries: Readonly<Record<number, Buffer>> = { 1: Buffer.from(FIRST) };
