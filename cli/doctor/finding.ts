/** One line of the report. */
export type Finding = {
  status: 'ok' | 'warn' | 'fail';
  /** What was looked at. */
  subject: string;
  found: string;
  /** What to do; nothing where all is well. */
  todo?: string;
};

/** What a check says, without its name. */
export type Verdict = Omit<Finding, 'subject'>;

export const ok = (found: string): Verdict => ({ status: 'ok', found });
/** Works today and may cost something: no failure. */
export const warn = (found: string, todo: string): Verdict => ({ status: 'warn', found, todo });
export const fail = (found: string, todo: string): Verdict => ({ status: 'fail', found, todo });

/** One idea each. Checks run side by side, change nothing, and may be slow or throw. */
export type Check = { subject: string; look: () => Promise<readonly Verdict[]> };
