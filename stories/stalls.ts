import { storyWords } from '../words/stories';
import { delivered, formScanned, moves, packedSameDay, placed } from './moves';
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
