import type { RequestHandler, Response } from 'express';
import { evidenceFileKey } from '../../contracts/evidence';
import type { ManifestKey } from '../../domain/manifest/manifest';
import { formName, formsIn, type FormPaper } from '../../domain/manifest/papers';
import { mergePages } from '../../paper/pages';
import { formDetails } from '../../words/form-cli';
import { manifestFolder, manifestKeyOf } from '../../workflows/messages-manifest';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { assertManifest, manifestOfPath, unknownManifest } from '../manifests';
import { Problem } from '../problem';
import { sendFile } from './batch-labels';

const FIND_WITHIN_MS = 5_000;

/** `GET /v1/manifests/:shopId/:manifest/form.pdf`: all its forms as one file; `…/forms/:number.pdf`: one of them as it was made. */
export function readFormFile(deps: ApiDeps, which: 'all' | 'one'): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const manifest = manifestOfPath(req);
    const key = manifestKeyOf(manifest);
    if (key === undefined) throw unknownManifest(manifest);
    await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => assertManifest(deps, { shopId, manifest }));
    const forms = await formsIn(deps.documents, manifestFolder(key));
    if (forms.length === 0) throw new Problem('refused', formDetails.noForm(key.date));
    const number = which === 'one' ? Number(req.params['number']) : undefined;
    if (number !== undefined) assertNumber(number, forms.length);
    await answer(res, { deps, key, forms, number });
  };
}

function assertNumber(number: number, forms: number): void {
  if (!Number.isInteger(number) || number < 1 || number > forms)
    throw new Problem('unknown-route', formDetails.noSuchForm(number, forms));
}

type Asked = { deps: ApiDeps; key: ManifestKey; forms: readonly FormPaper[]; number: number | undefined };

async function answer(res: Response, { deps, key, forms, number }: Asked): Promise<void> {
  const name = `form-${key.date}${key.round === undefined ? '' : `-round-${key.round}`}`;
  if (number !== undefined) {
    const bytes = await fileOf(deps, key, { number, form: forms[number - 1] });
    sendFile(res, { bytes, format: 'pdf', name: `${name}-${number}` });
    return;
  }
  const files: Uint8Array[] = [];
  for (const [index, form] of forms.entries()) files.push(await fileOf(deps, key, { number: index + 1, form }));
  const [only] = files;
  const bytes = files.length === 1 && only !== undefined ? only : await merged(files);
  sendFile(res, { bytes, format: 'pdf', name });
}

/** One that a person made elsewhere may have been brought as a file of evidence. */
async function fileOf(
  { documents }: ApiDeps,
  key: ManifestKey,
  { number, form }: { number: number; form: FormPaper | undefined },
): Promise<Uint8Array> {
  const folder = manifestFolder(key);
  const made = await documents.getFile(`${folder}/${formName(number)}.pdf`);
  if (made !== undefined) return made;
  const sha256 = form?.sha256 ?? '';
  const brought = sha256 === '' ? undefined : await documents.getFile(evidenceFileKey(folder, { sha256, type: 'pdf' }));
  if (brought !== undefined) return brought;
  throw new Problem('refused', formDetails.noFormFile(number));
}

/** Which of them is no PDF that can be read is said by its number. */
async function merged(files: readonly Uint8Array[]): Promise<Uint8Array> {
  for (const [index, bytes] of files.entries())
    await mergePages([{ bytes }]).catch(() => {
      throw new Problem('refused', formDetails.formNotRead(String(index + 1)));
    });
  return (await mergePages(files.map((bytes) => ({ bytes })))) ?? new Uint8Array();
}
