import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { batchCli } from '../words/batch';
import { cliFailures } from '../words/cli';
import { readAs } from './api';
import { reasonOf, silenceOf } from './failure';

const Problem = z.object({ title: z.string(), detail: z.string().optional() });

/** Hundreds of pages are put together for one answer. */
const answerWithinMs = 60_000;

/** Fetches a file from the API and writes it. `printedBefore` and `notYet`: the numbers of labels, as the API names them. */
export async function fetchFile(
  apiUrl: string,
  path: string,
  out: string,
): Promise<{ printedBefore: string | undefined; notYet: string | undefined }> {
  const response = await ask(`${apiUrl}${path}`, apiUrl);
  if (!response.ok) {
    const { title, detail } = readAs(Problem, await response.json().catch(() => undefined), apiUrl);
    throw new PlainFailure(detail ?? title);
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  try {
    await writeFile(out, bytes);
  } catch (error) {
    throw new PlainFailure(batchCli.missingFile(out, reasonOf(error)), { cause: error });
  }
  const { headers } = response;
  return { printedBefore: headers.get('X-Printed-Before') ?? undefined, notYet: headers.get('X-Not-Yet') ?? undefined };
}

async function ask(url: string, apiUrl: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
  } catch (error) {
    if (silenceOf(error) === undefined) throw error;
    throw new PlainFailure(cliFailures.notRunning(apiUrl), { cause: error });
  }
}
