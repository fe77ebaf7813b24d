/** What Temporal's lists and timelines show of a batch. */
export const batchSummaries = {
  batch: (orders: number): string => `Labels of ${ordersOf(orders)} for the printer`,
  run: (orders: number): string => `Gather the labels of ${ordersOf(orders)}`,
  slip: (orderId: string): string => `Packing slip of order ${orderId}`,
};

const ordersOf = (count: number): string => (count === 1 ? '1 order' : `${count} orders`);

type Progress = { total: number; settled: number; failed: number; pieces: number };

/** One batch, as the Temporal UI shows it. */
export const batchPage = {
  title: (batchId: string, shopId: string): string => `### Batch ${batchId} of shop ${shopId}`,
  progress: ({ total, settled, failed, pieces }: Progress): string =>
    `${settled} of ${ordersOf(total)} are through, ${failed} of them without a label; ${pieces === 1 ? '1 file' : `${pieces} files`} can be printed.`,
  running: 'It is gathering labels.',
  done: 'It is through.',
  broken:
    'It was given up after many attempts; its orders are safe and what is in its files can be printed: look at the step that failed, then create another batch.',
  unreadable: (count: number): string =>
    `${count === 1 ? 'One message was' : `${count} messages were`} not understood and changed nothing; see who sent them.`,
  cancelAsked:
    'Somebody asked Temporal to cancel this workflow; it buys nothing and ends by itself: terminate it if that is meant.',
};

/** Why an order has no label in its batch, and what to do. `about`: what the order itself says. */
const REASONS: Record<string, (about?: string) => string> = {
  notFound: () => 'it is not known in this shop; check its number',
  cancelled: () => 'it is cancelled; do not send it',
  ended: () => 'it is over; nothing is sent for it any more',
  cancelAsked: () => 'its buyer asks to cancel it; answer that first',
  held: (by) => `it is held by ${by ?? 'somebody'}; release it, then create another batch`,
  buyersHold: () => 'the buyer may still cancel it; it is bought for once that hour is over',
  refused: (why) => `its label was refused: ${why ?? 'no reason was given'}`,
  adopted: () => 'another tool made its label; print it there',
  shared: (owner) =>
    `it goes in the parcel of another order; print that of ${owner === undefined ? 'its owner' : `order ${owner}`}`,
  watched: () => 'the shop is only watched, so nothing is bought; set its mode to assist or auto',
  notApproved: () =>
    'each order of this shop waits for a word; approve it, or name it when you create a batch: then that is the word',
  notPacked: () => 'the platform sells its label once it is packed; mark it packed, then create another batch',
  idle: (why) =>
    `nothing is under way that could bring its label; look at the order${why === undefined ? '' : ` (${plainOf(why)})`}`,
  timeout: () => 'its label was not there in time; look at the order, then create another batch',
  unclear: () => 'whether its label was bought is not known yet; the order finds out: create another batch later',
  noFile: () => 'its label is bought, and its file has not come; the order fetches it: create another batch later',
  otherFormat: (format) => `its label is a ${format ?? 'file of another kind'}; print it by itself`,
};

/** A sentence inside another one. */
const plainOf = (sentence: string): string => sentence.replace(/\.$/, '');

export const batchReason = (reason: string, about?: string): string => REASONS[reason]?.(about) ?? reason;

/** Why a person's order is refused. */
export const batchRefusals = {
  unknownUpdate: (name: string): string => `A batch knows no order ${name}; it ends by itself.`,
};

/** What an operator reads in the Temporal UI when a step of a batch fails. */
export const batchActivityWords = {
  unknownBatch: (batchId: string): string => `Nothing is kept of batch ${batchId}; create another one.`,
  fileGone: (orderId: string): string =>
    `The label file of order ${orderId} is gone; put it back, or create another batch.`,
  pieceDiffers: (piece: number): string =>
    `The labels of file ${piece} are not what they were when it was decided; look at its documents.`,
};

/** What the API says of batches and labels. */
export const batchDetails = {
  unknown: (batchId: string): string => `Batch ${batchId} is not known in this shop; check its id.`,
  noOrders: 'No open order of this shop waits for a label or has one that was not printed.',
  twice: 'names an order twice',
  tooMany: (most: number): string =>
    `More than ${most} open orders wait; name those of the first batch in orders, at most ${most}.`,
  emptyRange: 'from must not be after to',
  nothingYet: 'No label of these numbers is there yet; ask again in a few seconds.',
  notThisFormat: (format: string): string => `The labels of this batch are ${format}; ask for labels.${format}.`,
  noLabel: (orderId: string): string => `Order ${orderId} has no label that can be printed; look at the order.`,
  noFile: (orderId: string): string =>
    `The label of order ${orderId} is bought, and its file has not come yet; ask again in a few seconds.`,
  otherFormat: (orderId: string, format: string): string =>
    `The label of order ${orderId} is kept as ${format}; ask for that.`,
  notAcceptable: 'Ask for application/pdf, image/png or application/zpl, or give format as pdf, png or zpl.',
  whichParcel: (orderId: string, parcels: string[]): string =>
    `Order ${orderId} goes in several parcels; name one of them in package: ${parcels.join(', ')}.`,
  noSlip: (orderId: string): string =>
    `The platform tells nothing of what is in order ${orderId}, so it has no packing slip.`,
};

/** What stands on a packing slip. Western letters only: its font has no others. */
export const slipWords = {
  head: 'Packing slip',
  order: (orderId: string, parcel: number, of: number): string =>
    of === 1 ? `Order ${orderId}` : `Order ${orderId}, parcel ${parcel} of ${of}`,
  quantity: (count: number): string => `${count} x`,
  bin: (bin: string): string => `[${bin}]`,
};

/** The command line's help. */
export const batchHelp = {
  batch: 'Labels of many orders, for the printer',
  create:
    'Gather the labels of all orders that wait for one, or of those named, in the order of picking; naming an order approves it',
  createMore:
    '\nIt shows how far it is until it is through; Ctrl-C leaves it running.\nPrint what is there: shipclock batch print <batch> --out labels.pdf',
  list: 'Batches of a shop, the newest first',
  show: 'One batch: how far it is, and which orders have no label and why',
  print: 'Fetch the labels of a batch as one file',
  printMore: '\nReprint from the 214th on: shipclock batch print <batch> --from 214 --out rest.pdf',
  orders: 'the orders, by id; all that wait if left out',
  batchArgument: 'the batch, by id',
  slips: 'a packing slip after each label',
  format: 'pdf, or zpl where the shop keeps labels as ZPL',
  noWait: 'do not wait until it is through',
  from: 'the number of the first label',
  to: 'the number of the last label',
  out: 'the file to write',
  slipsOut: 'write the packing slips there, too',
  label: 'Fetch the label of one order',
  package: 'which parcel, of an order that has several',
  key: 'a key by which a repeat is known as one',
};

/** What the command line says of batches. */
export const batchCli = {
  created: (batchId: string, total: number): string => `Batch ${batchId}: ${ordersOf(total)}.`,
  progress: ({ total, settled, failed, pieces }: Progress): string =>
    `${settled} of ${total} through, ${failed} without a label, ${pieces === 1 ? '1 file' : `${pieces} files`} ready`,
  columns: ['BATCH', 'CREATED (UTC)', 'STATUS', 'ORDERS', 'THROUGH', 'WITHOUT LABEL'],
  none: (shopId: string): string => `Shop ${shopId} has no batches.`,
  failures: 'Without a label',
  failure: (number: number, orderId: string, why: string): string => `${number}  ${orderId}  ${why}.`,
  written: (file: string): string => `Written: ${file}`,
  printedBefore: (numbers: string): string => `Printed before: ${numbers}. See that no label goes on two parcels.`,
  notYet: (numbers: string): string => `Not in it yet: ${numbers}. Print these once they are there.`,
  printable: (count: number): string =>
    count === 1 ? '1 label can be printed now.' : `${count} labels can be printed now.`,
  late: (numbers: readonly number[]): string => `Came after their turn: ${numbers.join(', ')}.`,
  labelPrintedBefore: 'It was printed before. See that it goes on one parcel only.',
  print: (batchId: string): string => `Print: npx shipclock batch print ${batchId} --out labels.pdf`,
  missingFile: (file: string, why: string): string => `${file} cannot be written: ${why}.`,
  notANumber: 'Give a number from 1 on.',
};
