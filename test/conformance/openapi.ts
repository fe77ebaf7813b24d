import addFormats from 'ajv-formats';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

/** Where the carriers' published specifications lie: beside the repository, because they are not ours to hand on. */
const WIRE = resolve(__dirname, '../../../shared/wire');

export const haveSpecs = existsSync(WIRE);

/** One call of a traffic log. */
export type Exchange = {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  requestHeaders: Record<string, unknown>;
  requestBody: unknown;
  status: number | null;
  responseBody: unknown;
};

/** A contradiction inside a specification: what it says and does not mean. */
export type Known = { where: RegExp; says: RegExp; because: string };

type Options = {
  /** What stands before the paths of the specification's servers. */
  mount: string;
  /** Fields that are not listed are faults even where the specification leaves objects open. */
  isClosed?: true;
  known?: readonly Known[];
};

type Json = Record<string, unknown>;
type Operation = {
  parameters?: Json[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Json }> };
  responses?: Record<string, { content?: Record<string, { schema?: Json }> }>;
};
type Place = { operation: Operation; template: string; values: Record<string, string> };

/** What of a call is not as its specification says; no entry where all is. */
export type Spec = {
  has: (exchange: Exchange) => boolean;
  faultsOfRequest: (exchange: Exchange) => string[];
  faultsOfAnswer: (exchange: Exchange) => string[];
};

/** One published specification. */
export function specOf(file: string, { mount, isClosed, known = [] }: Options): Spec {
  const document = parse(mended(readFileSync(resolve(WIRE, file), 'utf8'))) as Json;
  const $defs = asJsonSchema(sectionOf(document, 'schemas'), isClosed === true) as Json;
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: false, coerceTypes: false }));
  const compiled = new Map<unknown, ValidateFunction>();
  const check = (schema: Json, value: unknown, at: string): string[] => {
    const test = compiled.get(schema) ?? ajv.compile({ ...(asJsonSchema(schema, isClosed === true) as Json), $defs });
    compiled.set(schema, test);
    if (test(value)) return [];
    return (test.errors ?? [])
      .map((error) => `${at}${error.instancePath}: ${sayOf(error)}`)
      .filter((fault) => !known.some(({ where, says }) => where.test(fault) && says.test(fault)));
  };
  const placeOf = (exchange: Exchange): Place | undefined => findPlace(document, mount, exchange);
  return {
    has: (exchange) => placeOf(exchange) !== undefined,
    faultsOfRequest: (exchange) => {
      const place = placeOf(exchange);
      if (place === undefined) return [`${exchange.method} ${exchange.path}: no such call`];
      const body = place.operation.requestBody;
      return [...parameterFaults(document, place, { exchange, check }), ...bodyFaults(body, exchange, check)];
    },
    faultsOfAnswer: (exchange) => {
      const answers = placeOf(exchange)?.operation.responses?.[String(exchange.status)];
      const schemas = Object.entries(answers?.content ?? {}).filter(([type]) => type.includes('json'));
      if (schemas.length === 0 || typeof exchange.responseBody !== 'object') return [];
      // Which of several JSON types was asked for is not told: it must be one of them.
      const tried = schemas.map(([, { schema = {} }]) => check(schema, exchange.responseBody, 'answer'));
      return tried.some((faults) => faults.length === 0) ? [] : (tried.sort((a, b) => a.length - b.length)[0] ?? []);
    },
  };
}

/** Texts of UPS's go on in lines that begin with tabs, or no further in than their key: YAML takes neither. */
const mended = (yaml: string): string =>
  yaml
    .replace(/^ *\t[ \t]*/gm, ' '.repeat(16))
    .replaceAll('\t', ' ')
    .replace(/description: '(?:[^']|'')*'/g, (text) => text.replace(/\s*\r?\n\s*/g, ' '));

type Check = (schema: Json, value: unknown, at: string) => string[];

const sayOf = ({ message = '', params }: ErrorObject): string => `${message} ${JSON.stringify(params)}`;

const sectionOf = (document: Json, name: string): Json => ((document['components'] as Json)[name] ?? {}) as Json;

/** OpenAPI 3.0's dialect as JSON Schema: bounds that are flags, null as a mark, references into components. */
function asJsonSchema(node: unknown, isClosed: boolean): unknown {
  if (Array.isArray(node)) return node.map((one) => asJsonSchema(one, isClosed));
  if (!isObject(node)) return node;
  const source = node;
  if (typeof source['$ref'] === 'string') return { $ref: source['$ref'].replace('#/components/schemas/', '#/$defs/') };
  const target = Object.fromEntries(
    Object.entries(source)
      .filter(([key]) => !['example', 'examples', 'xml', 'default', 'discriminator', 'nullable'].includes(key))
      .map(([key, value]) => [key, asJsonSchema(value, isClosed)]),
  );
  if (target['exclusiveMinimum'] === true) openBound(target);
  if (source['nullable'] === true) return { anyOf: [target, { type: 'null' }] };
  const isOpen = target['additionalProperties'] === undefined && !('allOf' in target);
  return isClosed && isOpen && isObject(target['properties']) ? closed(target) : target;
}

function openBound(schema: Json): void {
  schema['exclusiveMinimum'] = schema['minimum'];
  delete schema['minimum'];
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** What is required is listed, too, where a specification has forgotten to (UPS Rating, RequestOption). */
function closed(schema: Json): Json {
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const forgotten = Object.fromEntries(required.map((name) => [name, {}]));
  return { ...schema, properties: { ...forgotten, ...(schema['properties'] as Json) }, additionalProperties: false };
}

function findPlace(document: Json, mount: string, { method, path }: Exchange): Place | undefined {
  const verb = method.toLowerCase();
  for (const [template, item] of Object.entries(document['paths'] as Json)) {
    const operation = (item as Json)[verb] as (Operation & { servers?: { url: string }[] }) | undefined;
    const servers = operation?.servers ?? (document['servers'] as { url: string }[] | undefined) ?? [];
    for (const { url } of servers) {
      const values = valuesIn(`${mount}${new URL(url).pathname.replace(/\/$/, '')}${template}`, path);
      if (operation !== undefined && values !== undefined) return { operation, template, values };
    }
  }
  return undefined;
}

/** The values of a template's places in a path; undefined where it is another path. */
function valuesIn(template: string, path: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(path);
  return found === null
    ? undefined
    : Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

function parameterFaults(
  document: Json,
  { operation, values }: Place,
  { exchange, check }: { exchange: Exchange; check: Check },
): string[] {
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(document, parameter));
  const sources: Record<string, Json> = { path: values, query: exchange.query, header: exchange.requestHeaders };
  const faults = parameters.flatMap((parameter) => {
    const [place, name] = [String(parameter['in']), String(parameter['name'])];
    const value = sources[place]?.[place === 'header' ? name.toLowerCase() : name];
    if (value === undefined) return parameter['required'] === true ? [`${place} ${name}: is missing`] : [];
    return check((parameter['schema'] ?? {}) as Json, value, `${place} ${name}`);
  });
  const keys = Object.values(sectionOf(document, 'securitySchemes')) as Json[];
  const listed = [...parameters, ...keys].filter((one) => one['in'] === 'query').map((one) => String(one['name']));
  const extra = Object.keys(exchange.query).filter((name) => !listed.includes(name));
  return [...faults, ...extra.map((name) => `query ${name}: is not listed`)];
}

function resolved(document: Json, parameter: Json): Json {
  const reference = parameter['$ref'];
  if (typeof reference !== 'string') return parameter;
  return sectionOf(document, 'parameters')[reference.split('/').at(-1) ?? ''] as Json;
}

function bodyFaults(
  asked: Operation['requestBody'],
  { requestBody, requestHeaders }: Exchange,
  check: Check,
): string[] {
  const isThere = requestBody !== null && requestBody !== undefined;
  if (asked === undefined) return isThere ? ['body: there must be none'] : [];
  if (!isThere) return asked.required === true ? ['body: is missing'] : [];
  const type = String(requestHeaders['content-type']).split(';')[0] ?? '';
  const schema = asked.content?.[type]?.schema;
  if (schema === undefined) return [`body: is of type ${type}`];
  return check(schema, requestBody, 'body');
}
