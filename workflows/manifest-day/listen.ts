import {
  ApplicationFailure,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import type { ManifestOrder, ManifestVerdict } from '../../domain/manifest/event';
import { objectionTo } from '../../domain/manifest/persons';
import { viewOf } from '../../domain/manifest/view';
import { manifestRefusals } from '../../words/manifest';
import { REFUSED } from '../messages';
import {
  bringForm,
  closeManifest,
  manifestState,
  memberJoined,
  memberLeft,
  reportScan,
  type BringInput,
  type CloseInput,
  type ScanInput,
} from '../messages-manifest';
import { readBringInput, readCloseInput, readMemberNews, readScanInput } from './guards';
import { tell, type Manifest } from './manifest';

/** Answers kept for callers who repeat themselves after a continue-as-new; the server remembers those of this run. */
const MOST_ANSWERS_KEPT = 200;

/** Puts every handler in place. A handler only puts an event into the inbox: deciding is the step's, one event at a time. */
export function listen(manifest: Manifest): void {
  setHandler(manifestState, () => viewOf(manifest.state));
  setHandler(memberJoined, (message: unknown) => {
    const news = readMemberNews(message);
    if (news === undefined) return noteBadMessage(manifest, memberJoined.name);
    tell(manifest, { kind: 'joined', at: Date.now(), ...news });
  });
  setHandler(memberLeft, (message: unknown) => {
    const news = readMemberNews(message);
    if (news === undefined) return noteBadMessage(manifest, memberLeft.name);
    tell(manifest, { kind: 'left', at: Date.now(), counts: news.counts });
  });
  setHandler(closeManifest, (input) => follow(manifest, input, closeOrder(input)), {
    validator: (message: unknown) => validate(manifest, readCloseInput(message), closeOrder),
  });
  setHandler(bringForm, (input) => follow(manifest, input, bringOrder(input)), {
    validator: (message: unknown) => validate(manifest, readBringInput(message), bringOrder),
  });
  setHandler(reportScan, (input) => follow(manifest, input, scanOrder(input)), {
    validator: (message: unknown) => validate(manifest, readScanInput(message), scanOrder),
  });
  // The last: what came in with the first task goes to them if nobody else listens yet.
  setDefaultSignalHandler((name) => noteBadMessage(manifest, name));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(manifestRefusals.unknownOrder(name))));
}

const closeOrder = ({ actor }: CloseInput): ManifestOrder => ({ verb: 'closeManifest', actor });

/** Only what the guard has let through is kept, and nothing else that came with it: a form's number without its gaps. */
function bringOrder(input: BringInput): ManifestOrder {
  const { actor, ...brought } = withoutKey(understood(readBringInput(input)));
  return { verb: 'bringForm', actor, brought };
}

function scanOrder(input: ScanInput): ManifestOrder {
  const report = withoutKey(understood(readScanInput(input)));
  return { verb: 'reportScan', actor: report.actor, report };
}

function understood<Input>(read: Input | string): Input {
  if (typeof read === 'string') throw refusalOf(manifestRefusals.malformed(read));
  return read;
}

/** What the verdict is remembered under is no part of what was ordered. */
function withoutKey<Input extends CloseInput>(input: Input): Omit<Input, 'key' | 'bodyHash'> {
  const order = { ...input };
  delete order.key;
  delete order.bodyHash;
  return order;
}

function noteBadMessage(manifest: Manifest, handler: string): void {
  tell(manifest, { kind: 'badMessage', at: Date.now(), handler: handler.slice(0, 64) });
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

/** Advisory: it sees the state before the messages that are still queued. The verdict of the step is what counts. */
function validate<Input extends CloseInput>(
  manifest: Manifest,
  input: Input | string,
  orderOf: (input: Input) => ManifestOrder,
): void {
  if (typeof input === 'string') throw refusalOf(manifestRefusals.malformed(input));
  if (input.key !== undefined || answeredBefore(manifest)) return;
  const objection = objectionTo(manifest.state, orderOf(input), Date.now());
  if (objection !== undefined) throw refusalOf(objection);
}

const answeredBefore = (manifest: Manifest): ManifestVerdict | undefined =>
  manifest.state.answered.find(({ id }) => id === currentUpdateInfo()?.id)?.verdict;

async function follow(
  manifest: Manifest,
  { key, bodyHash }: CloseInput,
  order: ManifestOrder,
): Promise<ManifestVerdict> {
  const earlier = answeredBefore(manifest);
  if (earlier !== undefined) return earlier;
  const id = currentUpdateInfo()?.id ?? '';
  const decided = await new Promise<ManifestVerdict>((resolve) => {
    manifest.waiting.push(resolve);
    tell(manifest, { kind: 'ordered', at: Date.now(), order });
  });
  if (!decided.accepted && key === undefined) throw refusalOf(decided.reason ?? order.verb);
  const verdict = { ...decided, ...(bodyHash === undefined ? {} : { bodyHash }) };
  // A refusal under a key is an answer too: the same key hears it again.
  if (key !== undefined) {
    manifest.state.answered = [...manifest.state.answered, { id, verdict }].slice(-MOST_ANSWERS_KEPT);
  }
  return verdict;
}
