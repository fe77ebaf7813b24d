import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../stories/sample-order';
import { chaosWords } from '../../words/chaos';
import { chanceOf, type Chance } from './chance';
import { judge, type Judgement } from './judge';
import { openLaboratory, type Laboratory } from './laboratory';
import { kindOf, live, newLife, type Life } from './lives';
import { insist } from './people';
import { PARTS } from './processes';

export type Wish = { kills: number; orders: number; seed: number };

/** Between one part's return and the next kill. */
const CALM_MS = { least: 1_000, most: 7_000 } as const;
/** A kill takes about six seconds with its restart: the orders are spread over all of them. */
const MS_PER_KILL = 9_000;
const LEAST_SPREAD_MS = 20_000;
const CLOSE_EVERY_MS = 15_000;

/**
 * Lets orders live in a shop of the sandbox while processes of the product are killed, and judges. Everything goes by the real
 * clock; deadlines are a minute away.
 */
export async function runChaos(wish: Wish, say: (line: string) => void): Promise<Judgement> {
  const lab = await openLaboratory(say);
  let isWell = false;
  try {
    say(chaosWords.up(wish.seed));
    const lives = await livesAmidKills(lab, wish, say);
    const judgement = await judge(lab, lives);
    say(chaosWords.allOver(judgement.figures.finished, lives.length));
    isWell = judgement.complaints.length === 0;
    return { ...judgement, figures: { ...judgement.figures, kills: wish.kills } };
  } finally {
    await lab.close(isWell);
  }
}

async function livesAmidKills(lab: Laboratory, wish: Wish, say: (line: string) => void): Promise<Life[]> {
  const over = new AbortController();
  const forms = closeForms(lab, over.signal, say);
  const [lives] = await Promise.all([liveAll(lab, wish), killAll(lab, wish, say)]);
  over.abort();
  await forms;
  return lives;
}

/** Each order has its chance of its own: what one of them waits for changes nothing for the others. */
async function liveAll(lab: Laboratory, { orders, seed, kills }: Wish): Promise<Life[]> {
  const spreadMs = Math.max(LEAST_SPREAD_MS, kills * MS_PER_KILL);
  const first = BigInt(newId());
  return Promise.all(
    Array.from({ length: orders }, async (_, index) => {
      const chance = chanceOf(seed * 1_000 + index);
      await pause(Math.floor((index * spreadMs) / orders) + chance.below(1_000));
      const life = newLife(kindOf(index), { id: String(first + BigInt(index)) }, chance);
      await live(lab, life, chance);
      return life;
    }),
  );
}

async function killAll(lab: Laboratory, { kills, seed }: Wish, say: (line: string) => void): Promise<void> {
  const chance: Chance = chanceOf(seed);
  for (let count = 1; count <= kills; count += 1) {
    await pause(chance.between(CALM_MS.least, CALM_MS.most));
    const { part, at, upAt } = await lab.kill(chance.pick(PARTS));
    say(chaosWords.killed(count, part, upAt - at));
  }
}

type Listed = { manifest: string; phase: string; open: boolean };

/** A person who closes every form that is open, again and again: an order that is on a list waits for its form. */
async function closeForms(
  { apiUrl, shopId }: Laboratory,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  for (let round = 1; !signal.aborted; round += 1) {
    await pause(CLOSE_EVERY_MS, undefined, { signal }).catch(() => undefined);
    const { body } = await insist({ method: 'GET', url: `${apiUrl}/v1/manifests?shop=${shopId}` });
    const open = (body as { data: Listed[] }).data.filter((one) => one.open && one.phase === 'open');
    for (const { manifest } of open) {
      const url = `${apiUrl}/v1/manifests/${shopId}/${manifest}/close`;
      const { status, body: said } = await insist({ method: 'POST', url, key: `close-${round}`, body: {} });
      if (status !== 200) say(chaosWords.refused(`closing ${manifest}`, status, JSON.stringify(said)));
    }
  }
}
