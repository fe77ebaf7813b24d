import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { joinManifest } from '../../activities/join-manifest';
import { leaveManifest } from '../../activities/leave-manifest';
import { makeForm } from '../../activities/make-form';
import type { NeighbourMessage } from '../../activities/ports';
import { tellMembers } from '../../activities/tell-members';
import type { ManifestKey, ManifestNotice, MemberRef } from '../../domain/manifest/manifest';
import { manifestWorkflowId, type ManifestInput } from '../../workflows/messages-manifest';
import { numberOf, type PlannerWorld } from './planner-world';

/** A label, and what its seller does with it. Instants are epoch milliseconds. */
export type PlannedLabel = {
  orderId: string;
  shopId: string;
  joinAt: number;
  /** Its parcel is taken back. */
  voidAt?: number;
  /** Somebody gives the label back on the provider's own page, and tells nobody; or the provider will not have it. */
  flaw?: 'voidedElsewhere' | 'secretlyBad';
  /** Its steps are under way when its form closes. */
  isSlow: boolean;
};

/** A label as its order knows it. */
export type Life = PlannedLabel & {
  place?: { manifest: string; date: string };
  form?: string;
  leftOff?: true;
  hasLeft?: true;
  /** How often it came too late for a form. */
  lates: number;
};

/** Somebody closes a form by hand. */
export type EarlyClose = { at: number; shopId: string };

type Clerk = {
  key: ManifestKey;
  shopId: string;
  closesAt: number;
  phase: 'open' | 'made' | 'over';
  waiting: MemberRef[];
};

type Play = { world: PlannerWorld; lives: Map<string, Life>; clerks: Map<string, Clerk> };

const MOST_ATTEMPTS = 40;
/** Attempts fail here on purpose. */
const SILENT = new DefaultLogger('ERROR', () => undefined);

/**
 * Plays labels from their joining to their form by the real activities. The workflows' parts are played here, as simply as can be: a
 * manifest closes at its cut-off or by hand, tells its members, and answers who came too late; an order that is late joins again.
 */
export async function playLabels(
  world: PlannerWorld,
  labels: readonly PlannedLabel[],
  closings: readonly EarlyClose[],
): Promise<Life[]> {
  const lives = new Map(labels.map((label): [string, Life] => [label.orderId, { ...label, lates: 0 }]));
  const play: Play = { world, lives, clerks: new Map() };
  world.tell = (message) => hear(play, message);
  const slow: (() => Promise<void>)[] = [];
  for (const { at, isSlow, act } of happeningsOf(play, closings)) {
    await closeDue(play, at, slow);
    if (isSlow) slow.push(act);
    else await act();
  }
  await closeDue(play, Infinity, slow);
  await Promise.all(slow.splice(0).map((act) => act()));
  await closeDue(play, Infinity, slow);
  return [...lives.values()];
}

type Happening = { at: number; isSlow: boolean; act: () => Promise<void> };

function happeningsOf(play: Play, closings: readonly EarlyClose[]): Happening[] {
  const ofLives = [...play.lives.values()].flatMap((life): Happening[] => [
    { at: life.joinAt, isSlow: life.isSlow, act: () => join(play, life, { at: life.joinAt }) },
    ...(life.voidAt === undefined
      ? []
      : [{ at: life.voidAt, isSlow: life.isSlow, act: () => giveBack(play, life, life.voidAt ?? 0) }]),
  ]);
  const byHand = closings.map(({ at, shopId }): Happening => ({
    ...{ at, isSlow: false },
    act: async () => {
      const first = openClerks(play).find((clerk) => clerk.shopId === shopId);
      if (first !== undefined) await close(play, first, at);
    },
  }));
  return [...ofLives, ...byHand].sort((one, other) => one.at - other.at);
}

const openClerks = ({ clerks }: Play): Clerk[] =>
  [...clerks.values()].filter(({ phase }) => phase === 'open').sort((one, other) => one.closesAt - other.closesAt);

/** Whatever is slow happens while the next form is made. */
async function closeDue(play: Play, now: number, slow: (() => Promise<void>)[]): Promise<void> {
  for (let [clerk] = openClerks(play); clerk !== undefined && clerk.closesAt <= now; [clerk] = openClerks(play)) {
    await Promise.all([close(play, clerk, clerk.closesAt), ...slow.splice(0).map((act) => act())]);
    await answerLate(play);
  }
}

async function join(play: Play, life: Life, { at, after }: { at: number; after?: string }): Promise<void> {
  const shipmentId = `s${life.orderId}`;
  if (life.flaw === 'secretlyBad') play.world.secretlyBad.add(shipmentId);
  const parcel = { shopId: life.shopId, orderId: life.orderId, package: '1', turn: 1, carrier: 'USPS' };
  const answer = await joinManifest(play.world.ports, {
    ...parcel,
    ...{ at, shipmentId, trackingNumber: numberOf(shipmentId) },
    ...(after === undefined ? {} : { after }),
  });
  if (answer.kind !== 'joined' || answer.untold === true) throw new Error(`${life.orderId}: ${JSON.stringify(answer)}`);
  life.place = { manifest: answer.manifest, date: answer.date };
  if (answer.form !== undefined) life.form = answer.form;
  if (life.flaw === 'voidedElsewhere') play.world.voided.add(shipmentId);
}

/** The order leaves its form, and gives the label back if it could. */
async function giveBack({ world }: Play, life: Life, at: number): Promise<void> {
  if (life.place === undefined || life.form !== undefined) return;
  const { shopId, orderId, place } = life;
  const { kind } = await leaveManifest(world.ports, {
    shopId,
    orderId,
    package: '1',
    turn: 1,
    at,
    manifest: place.manifest,
  });
  if (kind !== 'left') return;
  life.hasLeft = true;
  world.voided.add(`s${orderId}`);
}

/** A manifest's workflow is told. */
function hear({ clerks }: Play, { workflowId, input, payload }: NeighbourMessage): 'told' | 'over' {
  const { shopId, account, shipFrom, date, round, closesAt } = input as ManifestInput;
  const key = { account, shipFrom, date, ...(round === undefined ? {} : { round }) };
  const clerk = clerks.get(workflowId) ?? { key, shopId, closesAt, phase: 'open', waiting: [] };
  clerks.set(workflowId, clerk);
  if (clerk.phase === 'over') return 'over';
  const { orderId, package: parcel } = payload as MemberRef;
  if (clerk.phase === 'made') clerk.waiting.push({ orderId, package: parcel });
  return 'told';
}

async function close(play: Play, clerk: Clerk, at: number): Promise<void> {
  const { key, shopId } = clerk;
  // From here on who joins waits for what is said of the form.
  clerk.phase = 'made';
  const { kind } = await makeUntilMade(play.world, { ...key, shopId, at });
  if (kind === 'formed') await tellAbout(play, clerk, { what: 'formed', at });
  if (kind === 'refused') await tellAbout(play, clerk, { what: 'leftOff', at });
  await answerLate(play);
  if (kind !== 'formed') clerk.phase = 'over';
}

type Making = Parameters<typeof makeForm>[1];

async function makeUntilMade({ ports }: PlannerWorld, input: Making): ReturnType<typeof makeForm> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    try {
      return await environment(attempt).run(() => makeForm(ports, input));
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.nonRetryable === true) throw error;
    }
  }
  throw new Error(`${manifestWorkflowId(input)}: no form after ${MOST_ATTEMPTS} attempts`);
}

const environment = (attempt = 1): MockActivityEnvironment =>
  new MockActivityEnvironment({ attempt }, { logger: SILENT });

async function answerLate(play: Play): Promise<void> {
  for (const clerk of play.clerks.values()) {
    const to = clerk.waiting.splice(0);
    if (clerk.phase === 'made' && to.length > 0) await tellAbout(play, clerk, { what: 'late', at: clerk.closesAt, to });
  }
}

type News = Pick<ManifestNotice, 'what' | 'at'> & { to?: MemberRef[] };

/** The orders are told, and do what orders do. */
async function tellAbout(play: Play, { key, shopId }: Clerk, news: News): Promise<void> {
  const { world, lives } = play;
  await environment().run(() => tellMembers(world.ports, { ...key, shopId, ...news }));
  for (const { workflowId, payload } of world.signals.splice(0)) {
    const life = lives.get(workflowId.slice(workflowId.lastIndexOf(':') + 1));
    const notice = payload as ManifestNotice;
    if (life?.place !== undefined && life.place.manifest === notice.manifest) await heed(play, life, notice);
  }
}

async function heed(play: Play, life: Life, { what, at, form }: ManifestNotice): Promise<void> {
  if (what === 'formed' && form !== undefined) life.form = form;
  if (what === 'leftOff') life.leftOff = true;
  if (what !== 'late' || life.form !== undefined || life.hasLeft === true) return;
  life.lates += 1;
  await join(play, life, { at, ...(life.place === undefined ? {} : { after: life.place.date }) });
}
