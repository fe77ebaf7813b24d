/** Why the process cannot do its work, as one sentence for the person who started it. Printed without a stack. */
export class PlainProblem extends Error {
  override readonly name = 'PlainProblem';
}
