import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { PlainFailure } from '../engine/plain-failure';
import { defaultShopId } from '../engine/sandbox-shop';
import { appealCliWords } from '../words/appeal-cli';
import { helpWords } from '../words/cli';
import { parseShopId } from './order-ref';

/** What every command of a case is told. */
export interface CaseOptions {
  readonly shop: string;
  readonly json?: true;
}

/** `--shop`, for commands that mean one shop. */
export const shopOption = (): Option =>
  new Option('--shop <id>', helpWords.shop).argParser(parseShopId).default(defaultShopId, defaultShopId);

/** The address of one case in the API. */
export const casePath = (shopId: string, caseKey: string): string => `/v1/appeals/${shopId}/${caseKey}`;

/** What the API said of an appeal that it does not know. */
const UNKNOWN = /^There is no appeal /;

/** Says which shop was asked, where the case is none of its. */
export async function ofShop<Answer>(shopId: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof PlainFailure) || !UNKNOWN.test(error.message)) throw error;
    throw new PlainFailure(appealCliWords.ofAnotherShop(error.message, shopId), { cause: error });
  }
}

const parseAs =
  <Value>(schema: z.ZodType<Value>, sentence: string) =>
  (text: string): Value => {
    const parsed = schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(sentence);
    return parsed.data;
  };

/** Nothing in a key has a meaning in an address. */
export const parseCaseKey = parseAs(
  z.string().regex(/^(?:form-[\w-]{0,64}-\d{1,6}|\d{1,20}-[\w.-]{1,64})$/),
  appealCliWords.notACase,
);

export const parseInstant = parseAs(z.iso.datetime({ offset: true }), appealCliWords.notAnInstant);
export const parseNote = parseAs(z.string().trim().min(1).max(2_000), appealCliWords.notANote);
export const parseOutcome = parseAs(z.enum(['won', 'lost']), appealCliWords.notAnOutcome);
/** As the API takes an `X-Actor`. */
export const parseActor = parseAs(z.string().regex(/^[\x20-\x7e]{1,64}$/), appealCliWords.notAnActor);

const wholeNumber = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
export const parseCount = parseAs(wholeNumber, appealCliWords.notACount);
export const parseLimit = parseAs(wholeNumber.pipe(z.int().min(1).max(1_000)), appealCliWords.notALimit);
