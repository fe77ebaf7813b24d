import { heartbeat, sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { PIECE_SIZE, type BatchPiece, type BatchRequest } from '../contracts/batch';
import { nextPiece, type WaitingMember } from '../domain/batch/next-piece';
import type { BatchCounts } from '../domain/batch/state';
import { batchActivityWords } from '../words/batch';
import { batchProgress, batchWorkflowId } from '../workflows/messages-batch';
import { readRequest, type BatchRef } from './batch-documents';
import { look, type Looking, type Member } from './batch-look';
import { finishedPiece, writePiece } from './batch-pieces';
import { planBatch } from './batch-plan';
import type { BatchPorts } from './batch-ports';

/** So long a batch waits for labels: who stands at the printer wants to know what is missing. */
const PATIENCE_MS = 10 * 60_000;
/** What an attempt finds that begins after that: orders that were busy answer within this. */
const GRACE_MS = 30_000;
/** Who stands at the printer has the first page before they wonder whether it works. */
const PRINT_AFTER_MS = 8_000;
const LOOKS_AT_ONCE = 50;
const ROUND_MS = 500;
/** Every call has a limit of its own; what this tells is that the worker is alive. */
const BEAT_MS = 2_000;
/** Progress is for people: more often than this would only make history. */
const TELL_EVERY_MS = 3_000;

type Run = {
  ports: BatchPorts;
  ref: BatchRef;
  looking: Looking;
  /** Those that are in no file yet, in the order of picking. */
  waiting: Member[];
  pieces: BatchPiece[];
  wroteAt: number;
  told: { at: number; text: string };
};

/**
 * Gathers the labels of a batch in files of at most 20, in the order of picking; a file is there as soon as its members have their
 * labels, and does not wait for long for one that has not. It buys nothing: a repeat after a crash goes on from the documents, and
 * what an order bought meanwhile it finds.
 */
export async function runBatch(ports: BatchPorts, ref: BatchRef): Promise<BatchCounts> {
  const beating = setInterval(() => heartbeat(), BEAT_MS);
  try {
    return await gather(ports, ref);
  } finally {
    clearInterval(beating);
  }
}

async function gather(ports: BatchPorts, ref: BatchRef): Promise<BatchCounts> {
  const request = await readRequest(ports, ref);
  if (request === undefined) throw ApplicationFailure.nonRetryable(batchActivityWords.unknownBatch(ref.batchId), 'bug');
  const run = await openRun(ports, ref, request);
  await takeUp(run);
  while (run.waiting.length > 0) {
    await tell(run);
    await lookAround(run);
    await writeWhatIsReady(run);
    // Ends the attempt where the worker is stopping: the next one goes on.
    if (run.waiting.length > 0) await sleep(ROUND_MS);
  }
  return countsOf(run);
}

async function openRun(ports: BatchPorts, ref: BatchRef, request: BatchRequest): Promise<Run> {
  const { orders, begunAt } = await planBatch(ports, ref);
  const { mode } = await ports.standingOf(ref.shopId);
  const waiting = orders.map((orderId, index): Member => {
    return { number: index + 1, orderId, nextLookAt: 0, askedAt: 0, isApproved: false };
  });
  const until = Math.max(begunAt + PATIENCE_MS, Date.now() + GRACE_MS);
  const looking = { ports, shopId: ref.shopId, request, mode, until };
  return { ports, ref, looking, waiting, pieces: [], wroteAt: Date.now(), told: { at: 0, text: '' } };
}

const wishOf = ({ ref, looking, pieces }: Run) => ({ ref, request: looking.request, piece: pieces.length + 1 });

/** What earlier attempts have decided. */
async function takeUp(run: Run): Promise<void> {
  for (;;) {
    const decided = await finishedPiece(run.ports, wishOf(run));
    if (decided === undefined) return;
    place(run, decided);
  }
}

/** What stands in a file is in no other one. */
function place(run: Run, piece: BatchPiece): void {
  const placed = new Set(piece.members.map(({ number }) => number));
  run.waiting = run.waiting.filter(({ number }) => !placed.has(number));
  run.pieces.push(piece);
}

/** Looks at the members whose turn it is: those that are printed next always, all others in turn. */
async function lookAround({ looking, waiting }: Run): Promise<void> {
  const now = Date.now();
  const open = waiting.filter(({ settled }) => settled === undefined);
  const [urgent, others] = [open.slice(0, PIECE_SIZE), open.slice(PIECE_SIZE)];
  const inTurn = others.sort((a, b) => a.nextLookAt - b.nextLookAt || a.number - b.number);
  const due = [...urgent, ...inTurn].filter(({ nextLookAt }) => nextLookAt <= now).slice(0, LOOKS_AT_ONCE);
  await Promise.all(due.map((member) => look(looking, member)));
}

async function writeWhatIsReady(run: Run): Promise<void> {
  for (let next = nextOf(run); next.length > 0; next = nextOf(run)) {
    const lastPrinted = lastPrintedOf(run);
    const members = run.waiting.flatMap(({ number, orderId, settled }) =>
      settled !== undefined && next.includes(number)
        ? [{ number, orderId, settled, isLate: settled.failure === undefined && number < lastPrinted }]
        : [],
    );
    const piece = await writePiece(run.ports, wishOf(run), members);
    place(run, piece);
    if (isPrintable(piece)) run.wroteAt = Date.now();
  }
}

const nextOf = (run: Run): number[] =>
  nextPiece(run.waiting.map(waitingOf), {
    size: PIECE_SIZE,
    waitedMs: Date.now() - run.wroteAt,
    patienceMs: PRINT_AFTER_MS,
    lastPrinted: lastPrintedOf(run),
  });

function waitingOf({ number, settled }: Member): WaitingMember {
  if (settled === undefined) return { number, outcome: 'open' };
  return { number, outcome: settled.failure === undefined ? 'ready' : 'failed' };
}

const lastPrintedOf = ({ pieces }: Run): number =>
  Math.max(
    0,
    ...pieces.flatMap(({ members }) => members.map(({ number, labels }) => (labels.length > 0 ? number : 0))),
  );

const isPrintable = ({ members }: BatchPiece): boolean => members.some(({ labels }) => labels.length > 0);

function countsOf({ pieces, waiting }: Run): BatchCounts {
  const placed = pieces.flatMap(({ members }) => members);
  return {
    settled: placed.length + waiting.filter(({ settled }) => settled !== undefined).length,
    failed: placed.filter(({ failure }) => failure !== undefined).length,
    pieces: pieces.filter(isPrintable).length,
  };
}

/** Tells the batch how far it is; where nothing changed there is nothing to tell. */
async function tell(run: Run): Promise<void> {
  const { ports, ref, told } = run;
  const counts = countsOf(run);
  const text = JSON.stringify(counts);
  if (text === told.text || Date.now() - told.at < TELL_EVERY_MS) return;
  run.told = { at: Date.now(), text };
  await ports.neighbours.signal({
    workflowId: batchWorkflowId(ref.shopId, ref.batchId),
    signal: batchProgress,
    payload: counts,
  });
}
