import { z } from 'zod';
import { SECRET_KEYS, Settings, type Expected } from '../../contracts/settings';
import { expectedWords, settingsMistakes } from '../../words/settings';
import type { Mistake, Path, WrittenSettings } from './file';
import { sayPath } from './file';

type Issue = z.core.$ZodIssue;

/** Turns what zod found into mistakes that name the fix. */
export function mistakesOf(issues: readonly Issue[], file: WrittenSettings): Mistake[] {
  return issues.flatMap((issue) => spread(issue, file)).flatMap((issue) => mistakesOfOne(issue, file));
}

/** A value that may be a word or a group: what is wrong in the group is told where somebody wrote a group. */
function spread(issue: Issue, file: WrittenSettings): Issue[] {
  // A group whose kind is none of the known ones has no branch.
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const isGroup = typeof at(file.value, issue.path) === 'object';
  const branch = issue.errors.at(isGroup ? -1 : 0) ?? [];
  return branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function mistakesOfOne(issue: Issue, file: WrittenSettings): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path, file.value);
    return issue.keys.map((key) =>
      place([...issue.path, key], settingsMistakes.unknownKey(known, nearest(key, known)), file),
    );
  }
  return [place(issue.path, sentenceOf(issue, file), file)];
}

const place = (path: Path, sentence: string, { lineOf }: WrittenSettings): Mistake => {
  const line = lineOf(path);
  return { path: sayPath(path), sentence, ...(line === undefined ? {} : { line }) };
};

function sentenceOf(issue: Issue, file: WrittenSettings): string {
  const value = at(file.value, issue.path);
  const expected = expectedWords[expectedOf(issue)];
  const key = String(issue.path.at(-1));
  if (value === undefined) return settingsMistakes.missing(expected);
  if (value === '') return settingsMistakes.empty(expected);
  if (SECRET_KEYS.includes(key))
    return settingsMistakes.literalSecret(variableFor(key, at(file.value, [...issue.path.slice(0, -1), 'kind'])));
  if (issue.code === 'invalid_key') return settingsMistakes.wrong(key, expected);
  return typeof value === 'string' ? settingsMistakes.wrong(value, expected) : settingsMistakes.wrongKind(expected);
}

/** The schema's own key; the rest of what zod says is not for people. */
function expectedOf({ code, message }: Issue): Expected {
  if (code === 'invalid_key') return 'name';
  return Object.hasOwn(expectedWords, message) ? (message as Expected) : 'map';
}

/** What a secret's variable could be called: `EASYPOST_API_KEY`. */
const variableFor = (key: string, kind: unknown): string =>
  key === 'appSecret'
    ? 'SHIPCLOCK_TIKTOK_APP_SECRET'
    : `${String(kind).toUpperCase()}_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** The keys that the schema knows at a place. */
function keysAt(path: Path, written: unknown): string[] {
  let schema: unknown = Settings;
  for (const key of path) schema = bare(inside(bare(schema), key));
  const group = schema instanceof z.ZodDiscriminatedUnion ? optionOf(schema, at(written, path)) : bare(schema);
  return group instanceof z.ZodObject ? Object.keys(group.shape) : [];
}

/** Of groups of several kinds, the one that somebody wrote. */
const optionOf = ({ options }: z.ZodDiscriminatedUnion, written: unknown): unknown =>
  options.find((option) => {
    const { kind } = (option as z.ZodObject<{ kind: z.ZodLiteral<string> }>).shape;
    return kind.value === at(written, ['kind']);
  });

function inside(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? (schema.shape as Record<PropertyKey, unknown>)[key] : undefined;
}

/** A schema without what only says that it may be absent. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return bare(schema.unwrap());
  if (schema instanceof z.ZodDiscriminatedUnion) return schema;
  return schema instanceof z.ZodUnion ? schema.options.at(-1) : schema;
}

/** The known key that somebody perhaps meant: it differs in case, or in at most two letters. */
const nearest = (key: string, known: readonly string[]): string | undefined =>
  known.find((name) => name.toLowerCase() === key.toLowerCase()) ?? known.find((name) => distance(name, key) <= 2);

/** How many letters must be added, removed or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [above, letter] of Array.from(one).entries()) {
    const next = [above + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
