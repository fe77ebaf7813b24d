import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { mergePages } from '../paper/pages';
import { cliFailures } from '../words/cli';
import { formCliFailures } from '../words/form-cli';
import { readAs } from './api';
import { reasonOf, silenceOf } from './failure';
import { KeptFile } from './form-answer';

const Problem = z.object({ title: z.string(), detail: z.string().optional() });

/** Pages of thousands of parcels are put together for one answer. */
const answerWithinMs = 60_000;

type Fetched = { bytes: Uint8Array } | { why: string };

/** Fetches a file of the API's; why not, where it refuses. */
async function fetchBytes(apiUrl: string, path: string): Promise<Fetched> {
  const response = await ask(apiUrl, path, { method: 'GET' });
  if (response.ok) return { bytes: new Uint8Array(await response.arrayBuffer()) };
  return { why: await whyNot(response, apiUrl) };
}

/**
 * Saves a manifest's forms with the sheet for the counter as one PDF.
 * @returns why the forms are not in it, where they are not.
 */
export async function savePapers(apiUrl: string, path: string, out: string): Promise<string | undefined> {
  const form = await fetchBytes(apiUrl, `${path}/form.pdf`);
  const sheet = await fetchBytes(apiUrl, `${path}/sheet`);
  const parts = [form, sheet].flatMap((part) => ('bytes' in part ? [{ bytes: part.bytes }] : []));
  if ('why' in form && 'why' in sheet) throw new PlainFailure(form.why);
  await write(out, await merged(parts));
  return 'why' in form ? form.why : undefined;
}

async function merged(parts: { bytes: Uint8Array }[]): Promise<Uint8Array> {
  try {
    return (await mergePages(parts)) ?? new Uint8Array();
  } catch (error) {
    throw new PlainFailure(formCliFailures.notReadable(reasonOf(error)), { cause: error });
  }
}

/** The file of a manifest's papers, where nobody names one. */
export const paperName = (manifest: string): string =>
  `form-${manifest.replace(/^manifest:/, '').replaceAll(':', '-')}.pdf`;

/** A folder to write into: made where it is not there, and before anything is done that needs it. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new PlainFailure(formCliFailures.notWritten(folder, reasonOf(error)), { cause: error });
  }
}

async function write(out: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(out));
  try {
    await writeFile(out, bytes);
  } catch (error) {
    throw new PlainFailure(formCliFailures.notWritten(out, reasonOf(error)), { cause: error });
  }
}

/** Sends a file of evidence to its manifest; its SHA-256. Sent again it is kept once. */
export async function sendFile(apiUrl: string, path: string, file: string): Promise<string> {
  const bytes = await readWhole(file);
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await ask(apiUrl, `${path}/evidence`, { method: 'POST', headers, body: new Uint8Array(bytes) });
  if (!response.ok) throw new PlainFailure(formCliFailures.notRead(file, sentenceEnd(await whyNot(response, apiUrl))));
  return readAs(KeptFile, await response.json().catch(() => undefined), apiUrl).sha256;
}

const sentenceEnd = (sentence: string): string => sentence.replace(/\.$/, '');

export async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new PlainFailure(formCliFailures.notRead(file, reasonOf(error)), { cause: error });
  }
}

async function whyNot(response: Response, apiUrl: string): Promise<string> {
  const { title, detail } = readAs(Problem, await response.json().catch(() => undefined), apiUrl);
  return detail ?? title;
}

async function ask(apiUrl: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${apiUrl}${path}`, { ...init, signal: AbortSignal.timeout(answerWithinMs) });
  } catch (error) {
    if (silenceOf(error) === undefined) throw error;
    throw new PlainFailure(cliFailures.notRunning(apiUrl), { cause: error });
  }
}
