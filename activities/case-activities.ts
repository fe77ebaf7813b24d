import { saveCaseResult } from './save-case-result';
import { settleClaim } from './settle-claim';
import { surveyCase } from './survey-case';
import { tellCase } from './tell-case';
import type { Ports } from './ports';

/** What a case of many parcels does with its documents and its orders. */
export const CASE_STEPS = { surveyCase, settleClaim, tellCase, saveCaseResult };

type Steps = typeof CASE_STEPS;

export type CaseActivities = {
  [Name in keyof Steps]: Steps[Name] extends (ports: Ports, input: infer Input) => infer Output
    ? (input: Input) => Output
    : never;
};
