import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sayMistake } from './file';
import { readSettings, type ReadSettings } from './read';

/** Rule sets as who reads settings names them. */
export const POLICY_SETS = ['seed', 'us-2026-06', 'us'];

/** A file without a mistake. */
export const VALID = `tiktok:
  appKey: 6abcd0example
  serviceId: 7300000000000000000
publicUrl: https://shipclock.example.com/
shipFroms:
  la:
    zone: America/Los_Angeles
    opensAt: 09:00
    closesAt: 17:00
    address: { name: no, street1: 1 Main St, city: Boston, state: MA, zip: 02134 }
carriers:
  post: { kind: easypost, apiKey: "\${EASYPOST_API_KEY}", webhookSecret: "\${EASYPOST_WEBHOOK_SECRET}" }
shops:
  - id: 7495540735365777507
    shipFrom: la
    carrier: post
    parcel: { lengthIn: 10, widthIn: 8.5, heightIn: 4, weightOz: 16 }
`;

/** Writes a file into a folder of its own and reads it. */
export async function readText(text: string, env: NodeJS.ProcessEnv = {}): Promise<ReadSettings> {
  const folder = await mkdtemp(join(tmpdir(), 'shipclock-settings-'));
  try {
    const path = join(folder, 'shipclock.yaml');
    await writeFile(path, text);
    return await readSettings({ path, env, policySets: POLICY_SETS });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every mistake as one line. */
export async function mistakesIn(text: string): Promise<string[]> {
  const answer = await readText(text);
  return 'mistakes' in answer ? answer.mistakes.map(sayMistake) : [];
}

/** The valid file with one part of it changed. */
export const changed = (from: string, to: string): string => {
  expect(VALID).toContain(from);
  return VALID.replace(from, to);
};
