import type { Command } from './command';
import type { Answer, OrderEvent } from './event';
import { noteMembers } from './group';
import { foldNeighbourAnswer, isOfNeighbours } from './neighbour-answers';
import { foldCancelAnswer } from './after-sale';
import { foldJoinAnswer } from './manifest';
import { isTerminal } from './phase';
import { foldLoaded, timesWith } from './platform';
import { followPlatformTimes } from './platform-times';
import { labelReasons } from '../../words/order';
import { raise, remember, settle } from './record';
import { isWithCarrier } from './replace';
import type { Label, OrderState, Package } from './state';

/** Rates go stale between asking and buying; a parcel that is re-rated more often than this needs a person. */
const MOST_RE_RATES = 5;
/** Longer than any provider takes to finish a purchase whose connection we lost. */
const PURCHASE_SETTLES_MS = 10 * 60_000;
/** With a look after 15 s and each later one four times as long after, up to six hours: about 18 hours. */
const READINGS_OF_UNKNOWN = 9;

type Answered = { state: OrderState; answer: Answer; at: number };

/** Folds in what came back from a command; the command is under way no longer. */
export function foldAnswer(state: OrderState, event: Extract<OrderEvent, { kind: 'answered' }>): void {
  const { command: id, answer, at } = event;
  const command = state.outstanding[id];
  if (command === undefined) return;
  state.outstanding = Object.fromEntries(Object.entries(state.outstanding).filter(([other]) => other !== id));
  if (answer.kind === 'orderChanged' && !isOfNeighbours(command)) {
    // The reading that follows may still be the old one: the look that follows it waits longer each time.
    state.mustReread = true;
    state.isPaused = true;
  } else if (answer.kind === 'failed') raise(state, { kind: 'commandFailed', at, about: `${id}: ${answer.message}` });
  foldOf(command, { state, answer, at });
}

function foldOf(command: Command, answered: Answered): void {
  const { state } = answered;
  if (isOfNeighbours(command)) return foldNeighbourAnswer(command, answered);
  switch (command.kind) {
    case 'loadOrder':
      return foldReading(answered);
    case 'cancelOnPlatform':
      return foldCancel(answered);
    case 'answerCancel':
      return foldCancelAnswer(state, command, answered);
    case 'saveDossier':
      return foldSaved(state);
    default:
      return foldOfParcel(command, answered);
  }
}

function foldSaved({ ended }: OrderState): void {
  if (ended !== undefined) ended.dossierSaved = true;
}

type ParcelCommand = Extract<Command, { kind: keyof typeof LABEL_FOLDS | 'uploadTracking' | 'correctTracking' }>;

function foldOfParcel(command: ParcelCommand, answered: Answered): void {
  const parcel = answered.state.packages[command.package];
  if (parcel === undefined) return;
  if (command.kind === 'uploadTracking') return foldUpload(parcel, command.trackingNumber, answered);
  if (command.kind === 'correctTracking') return foldCorrection(parcel, command.trackingNumber, answered);
  if (command.kind === 'voidLabel' && isFormer(parcel, command.shipmentId))
    return foldFormerVoid(parcel, command.shipmentId, answered);
  // An answer about an earlier purchase of the parcel says nothing about this one.
  if (parcel.label.attempt !== command.attempt) return;
  LABEL_FOLDS[command.kind](parcel.label, answered);
  if (parcel.label.status === 'voided') noteVoidedOnTheWay(parcel, answered);
}

/** The void was faster than the news that the carrier has the parcel: it goes under the number that it has. */
function noteVoidedOnTheWay(parcel: Package, { state, at }: Answered): void {
  if (isTerminal(state.phase) || !isWithCarrier(state, parcel)) return;
  parcel.label.status = 'bought';
  delete parcel.label.replace;
  raise(state, { kind: 'voidedOnTheWay', at, about: parcel.label.trackingNumber ?? '' });
}

function foldReading({ state, answer, at }: Answered): void {
  switch (answer.kind) {
    case 'loaded':
      state.unknownReadings = 0;
      return foldLoaded(state, answer, at);
    case 'unknownPolicy':
      foldLoaded(state, { kind: 'loaded', facts: answer.facts }, at);
      return raise(state, { kind: 'unknownPolicy', at, about: answer.policySet });
    case 'alreadyClosed':
      state.ended = { outcome: 'alreadyClosed', at, dossierSaved: true };
      return;
    case 'unknownOrder':
      return foldUnknownOrder(state, at);
    default:
      return;
  }
}

/**
 * A signed notice may be faster than the platform's own read model, so one empty reading proves nothing. Only an order that was
 * never read ends by it, after so many readings in a row, each later than the last; one that we know never does.
 */
function foldUnknownOrder(state: OrderState, at: number): void {
  state.unknownReadings += 1;
  if (state.facts === undefined && state.unknownReadings >= READINGS_OF_UNKNOWN) {
    state.ended = { outcome: 'unknownOrder', at, dossierSaved: true };
    return;
  }
  raise(state, { kind: 'unknownAtPlatform', at, about: state.orderId });
}

/** Why something was not done, if the answer says so. An answer that does not belong to the command is not swallowed. */
function reasonOf(answer: Answer): string | undefined {
  switch (answer.kind) {
    case 'refused':
      return answer.reason;
    case 'failed':
      return answer.message;
    case 'reRate':
      return labelReasons.noRates;
    default:
      return undefined;
  }
}

function refuseLabel(label: Label, { state, answer, at }: Answered, reason: string): void {
  label.status = 'refused';
  label.reason = reason;
  if (answer.kind === 'refused') noteObjection(label, answer);
  raise(state, { kind: label.objection === 'unclear' ? 'purchaseUnclear' : 'labelRefused', at, about: reason });
  remember(state, { at, what: 'labelRefused', about: reason });
}

/** Money may be spent: the next purchase or void finds it out. */
function loseSightOf(label: Label, at: number): void {
  label.status = 'unknown';
  label.unknownAt = at;
}

function noteObjection(label: Label, { objection, priceCents }: Extract<Answer, { kind: 'refused' }>): void {
  if (objection !== undefined) label.objection = objection;
  if (priceCents !== undefined) label.quotedCents = priceCents;
}

type LabelFold = (label: Label, answered: Answered) => void;

const LABEL_FOLDS: Record<'prepareLabel' | 'buyLabel' | 'keepLabelFile' | 'voidLabel', LabelFold> = {
  prepareLabel: (label, answered) => {
    const { answer, state } = answered;
    // What was written down under this attempt is of other items.
    if (answer.kind === 'reRate') return reRate(label, answered);
    const reason = reasonOf(answer);
    if (reason !== undefined) return refuseLabel(label, answered, reason);
    if (answer.kind === 'shared') return foldIsShared(label, state, answer.owner);
    if (answer.kind !== 'prepared') return;
    label.status = 'prepared';
    label.handle = answer.handle;
    if (answer.members !== undefined) {
      label.members = answer.members;
      noteMembers(state, answer.members);
    }
    if (answer.platformTimes) followPlatformTimes(state, timesWith(state, answer.platformTimes));
  },
  buyLabel: (label, answered) => {
    const { answer, at } = answered;
    switch (answer.kind) {
      case 'bought':
        return foldBought(label, answered, answer);
      case 'voided':
        label.status = 'voided';
        return;
      case 'reRate':
        return reRate(label, answered);
      case 'refused':
        return refuseLabel(label, answered, answer.reason);
      case 'orderChanged':
        if (answer.mayBeBought === true) loseSightOf(label, at);
        return;
      default:
        // Given up or failed: money may be spent. The next purchase or void reads back first; a failure waits for a person.
        loseSightOf(label, at);
        if (answer.kind === 'failed') label.reason = answer.message;
    }
  },
  keepLabelFile: (label, { state, answer, at }) => {
    delete label.fileMissing;
    if (answer.kind !== 'saved') raise(state, { kind: 'labelFileMissing', at, about: label.trackingNumber ?? '' });
  },
  voidLabel: (label, { state, answer, at }) => {
    const reason = reasonOf(answer);
    if (answer.kind === 'voided') {
      label.status = 'voided';
      remember(state, { at, what: 'labelVoided', about: label.trackingNumber ?? '' });
    } else if (answer.kind === 'nothingToVoid' && label.status === 'unknown') {
      // The purchase may still be on its way: only later does nothing mean nothing, so it is asked again until then.
      if (at - (label.unknownAt ?? 0) >= PURCHASE_SETTLES_MS) label.status = 'none';
    } else if (answer.kind === 'nothingToVoid') {
      // The carrier sold us this label and now does not know of it.
      label.status = 'voidRefused';
      raise(state, { kind: 'voidRefused', at, about: label.trackingNumber ?? '' });
    } else if (reason !== undefined) {
      label.status = 'voidRefused';
      raise(state, { kind: 'voidRefused', at, about: reason });
    }
  },
};

const isFormer = ({ unrefunded = [], label }: Package, id: string): boolean =>
  label.handle?.shipmentId !== id && unrefunded.some(({ shipmentId }) => shipmentId === id);

/** Of a label that another took the place of. */
function foldFormerVoid(parcel: Package, id: string, { state, answer, at }: Answered): void {
  const known = parcel.unrefunded ?? [];
  const former = known.find(({ shipmentId }) => shipmentId === id);
  if (former === undefined) return;
  delete former.again;
  if (answer.kind === 'voided') {
    parcel.unrefunded = known.filter((one) => one !== former);
    return remember(state, { at, what: 'labelVoided', about: former.about });
  }
  if (reasonOf(answer) !== undefined) raise(state, { kind: 'voidRefused', at, about: former.about });
}

function foldIsShared(label: Label, { facts }: OrderState, owner: string): void {
  const sharedMark = facts?.addressMark;
  Object.assign(label, { status: 'shared', owner, ...(sharedMark === undefined ? {} : { sharedMark }) });
}

function foldBought(label: Label, { state, at }: Answered, answer: Extract<Answer, { kind: 'bought' }>): void {
  Object.assign(label, { status: 'bought', trackingNumber: answer.trackingNumber, carrier: answer.carrier });
  settle(state, 'labelRefused');
  if (answer.isDearer === true) raise(state, { kind: 'labelDearer', at, about: answer.trackingNumber });
  if (answer.fileMissing === true) label.fileMissing = true;
  if (answer.handover !== undefined) state.handover ??= answer.handover;
  // The platform knows the number of a label that it sold: there is nothing to upload.
  if (label.handle?.from === 'platform') noteKnownNumber(state, label, at);
  remember(state, { at, what: 'labelBought', about: answer.trackingNumber });
}

function noteKnownNumber(state: OrderState, label: Label, at: number): void {
  const parcel = Object.values(state.packages).find((one) => one.label === label);
  if (parcel !== undefined) parcel.upload = { status: 'done', at };
}

function reRate(label: Label, answered: Answered): void {
  if (label.attempt >= MOST_RE_RATES) return refuseLabel(label, answered, labelReasons.ratesKeepChanging);
  label.status = 'none';
  label.attempt += 1;
  delete label.handle;
}

/** The label that was uploaded may have been replaced meanwhile: the number is that of the command. */
function foldUpload(parcel: Package, number: string, { state, answer, at }: Answered): void {
  const reason = reasonOf(answer);
  if (reason !== undefined) {
    parcel.upload = { status: 'refused', reason };
    raise(state, { kind: 'uploadRefused', at, about: reason });
  } else if (answer.kind === 'uploaded') {
    // Found there by a read-back, it is dated by the platform.
    parcel.upload = { status: 'done', at: answer.at ?? at, number };
    remember(state, { at: answer.at ?? at, what: 'trackingUploaded', about: number });
    if (answer.hasWarning === true) raise(state, { kind: 'uploadWarning', at, about: state.orderId });
    if (answer.form !== undefined) foldJoinAnswer(state, parcel, { answer: answer.form, at });
  }
}

/** The platform takes one correction, within a time of its own: what it does not take is put right by hand. */
function foldCorrection({ upload }: Package, number: string, { state, answer, at }: Answered): void {
  if (answer.kind === 'uploaded') {
    upload.number = number;
    settle(state, 'correctByHand');
    return remember(state, { at, what: 'trackingCorrected', about: number });
  }
  if (reasonOf(answer) === undefined) return;
  upload.isUncorrected = true;
  raise(state, { kind: 'correctByHand', at, about: number });
}

function foldCancel({ state, answer, at }: Answered): void {
  if (answer.kind === 'cancelled') {
    // The platform's own word is what cancels; ours only asked for it.
    state.cancelSentAt = at;
    state.mustReread = true;
    return;
  }
  delete state.cancelAskedBy;
  const reason = reasonOf(answer);
  if (reason !== undefined) raise(state, { kind: 'cancelRefused', at, about: reason });
}
