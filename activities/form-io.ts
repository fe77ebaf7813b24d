import type { z } from 'zod';
import type { Ports } from './ports';

/** How the documents of manifests and forms are read and written: most of them once, and then they stand. */

export type FormDocuments = Pick<Ports, 'documents'>;

export { inTurns } from '../domain/manifest/papers';

export async function readAs<T>(
  { documents }: FormDocuments,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const text = await documents.get(key);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

/** Writes it unless something stands there; whether it did. */
export const keep = ({ documents }: FormDocuments, key: string, content: object): Promise<boolean> =>
  documents.putIfAbsent(key, JSON.stringify(content));

/** Writes it unless something stands there; what stands there then, whoever wrote it. */
export async function settle<T extends object>(
  ports: FormDocuments,
  key: string,
  as: { schema: z.ZodType<T>; content: T },
): Promise<T> {
  await keep(ports, key, as.content);
  return (await readAs(ports, key, as.schema)) ?? as.content;
}

/** The names in a folder, sorted. */
export const namesIn = async ({ documents }: FormDocuments, folder: string): Promise<string[]> =>
  (await documents.list(folder)).map((found) => found.slice(folder.length + 1));
