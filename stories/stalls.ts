import { storyWords } from '../words/stories';
import { delivered, formScanned, moves, packedSameDay, placed, platformShipping } from './moves';
import { DAY_MS, HOUR_MS, type Story } from './story';
import type { Stage } from './stage';

/** A parcel whose form was scanned and stamped on its first day. */
async function scanned(stage: Stage): Promise<string> {
  const { id } = await placed(stage);
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  return id;
}

/** Nothing moves until the platform's limit breaks. */
async function limitBroken(stage: Stage): Promise<string> {
  const id = await scanned(stage);
  await stage.advance(48 * HOUR_MS);
  await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
  return id;
}

export const stallAppealWon: Story = {
  name: 'stall-appeal-won',
  about: storyWords.stallAppealWon,
  play: async (stage) => {
    const id = await limitBroken(stage);
    await stage.advance(2 * DAY_MS);
    await stage.decide(id, 'won');
    await stage.advance(DAY_MS);
    return [id];
  },
};

export const stallInsideDeadline: Story = {
  name: 'stall-inside-deadline',
  about: storyWords.stallInsideDeadline,
  play: async (stage) => {
    const id = await scanned(stage);
    await stage.advance(60 * HOUR_MS);
    await moves(stage, id);
    await delivered(stage, id);
    return [id];
  },
};

export const stallMovesAt47h: Story = {
  name: 'stall-moves-at-47h',
  about: storyWords.stallMovesAt47h,
  play: async (stage) => {
    const id = await scanned(stage);
    await stage.advance(47 * HOUR_MS);
    await moves(stage, id);
    await delivered(stage, id);
    return [id];
  },
};

export const stallAppealLostThenWon: Story = {
  name: 'stall-appeal-lost-then-won',
  about: storyWords.stallAppealLostThenWon,
  play: async (stage) => {
    const id = await limitBroken(stage);
    await stage.advance(2 * DAY_MS);
    await stage.decide(id, 'lost');
    await stage.advance(10 * DAY_MS);
    await stage.appealAgain(id, 'The carrier confirmed the stamped form in writing.');
    await stage.decide(id, 'won');
    await stage.advance(DAY_MS);
    return [id];
  },
};

/** The form's scan leaves an acceptance on each piece: the carrier's word, which stops nothing. */
export const stallOaOnly: Story = {
  name: 'stall-oa-only',
  about: storyWords.stallOaOnly,
  play: async (stage) => {
    const id = await scanned(stage);
    await stage.advance(2 * HOUR_MS);
    await stage.clerkScans(id);
    await stage.advance(46 * HOUR_MS);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
    await stage.advance(2 * DAY_MS);
    await stage.decide(id, 'won');
    await stage.advance(DAY_MS);
    return [id];
  },
};

/** Nobody says that the form was scanned; people are asked, and the carrier's own word starts the clock. */
export const scanNeverReported: Story = {
  name: 'scan-never-reported',
  about: storyWords.scanNeverReported,
  play: async (stage) => {
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await stage.closeForm(id);
    await stage.advance(HOUR_MS);
    await stage.clerkScans(id);
    await stage.advance(60 * HOUR_MS);
    await moves(stage, id);
    await delivered(stage, id);
    return [id];
  },
};

/** The first report proves nothing; what was missing is fetched before the window ends, and then the case files. */
export const weakEvidence: Story = {
  name: 'weak-evidence',
  about: storyWords.weakEvidence,
  play: async (stage) => {
    const { id } = await placed(stage);
    await packedSameDay(stage, id);
    await stage.closeForm(id);
    await stage.advance(HOUR_MS);
    const scannedAt = await stage.now();
    await stage.reportScan(id, { claims: ['receipt'], scannedAt });
    await stage.advance(48 * HOUR_MS);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
    await stage.advance(3 * DAY_MS);
    await stage.reportScan(id, { files: ['proofOfPickup'], scannedAt });
    await stage.advance(2 * DAY_MS);
    await stage.decide(id, 'won');
    await stage.advance(DAY_MS);
    return [id];
  },
};

/** A shop without a desk: a person files, reminded, on the last day. */
export const windowNearlyMissed: Story = {
  name: 'window-nearly-missed',
  about: storyWords.windowNearlyMissed,
  settings: { appealDesk: undefined },
  play: async (stage) => {
    const id = await limitBroken(stage);
    const brokenAt = await stage.dueAt(id, 'autoCancelUncollected');
    await stage.advanceTo(brokenAt + 29 * DAY_MS + 12 * HOUR_MS);
    await stage.recordFiling(id, 'SC-20261201-7');
    await stage.advance(5 * DAY_MS);
    await stage.recordDecision(id, { outcome: 'won', recovered: { cents: 2490, points: 1, orders: 1 } });
    await stage.advance(DAY_MS);
    return [id];
  },
};

/** The usual case since 2026: the platform sold the label, and its form is made by a person in Seller Center. */
export const tiktokUspsFormByHand: Story = {
  name: 'tiktok-usps-form-by-hand',
  about: storyWords.tiktokUspsFormByHand,
  play: async (stage) => {
    const { id } = await placed(stage, platformShipping);
    await packedSameDay(stage, id);
    await stage.makeFormByHand(id);
    await stage.advance(HOUR_MS);
    await stage.reportScan(id);
    await stage.advance(48 * HOUR_MS);
    await stage.advanceTo((await stage.dueAt(id, 'autoCancelUncollected')) + HOUR_MS);
    await stage.advance(2 * DAY_MS);
    await stage.decide(id, 'won');
    await stage.advance(DAY_MS);
    return [id];
  },
};
