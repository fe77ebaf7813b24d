/**
 * What an outside failure means for the one who asked. `refused`: a clear no. `retryLater`: not done, may be asked again.
 * `outcomeUnknown`: it may have been done: read back before anything else. `reRate`: the price is gone. `auth`: our
 * credentials are not taken. `unfunded`: the account has no money for it, and nothing was done. `stale`: what the call is about is in another state than we thought: read it again.
 * `heldBack`: we did not ask, because somebody switched writing off. `bug`: our request was wrong; asking again cannot help.
 */
export type AdapterOutcome =
  'refused' | 'retryLater' | 'outcomeUnknown' | 'reRate' | 'auth' | 'unfunded' | 'stale' | 'heldBack' | 'bug';

/** What a provider has against one parcel of a form. `formNumber`: it is on that form already. */
export type AgainstParcel = { trackingNumber: string; code: string; formNumber?: string };

/**
 * What adapters throw. Its message is made of the provider's name, the call and the provider's code, never of the provider's
 * own text: that may repeat an address, and messages stand in workflow history.
 */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly outcome: AdapterOutcome;
  /** The provider's own code, for support. */
  readonly code: string;
  /** How long the provider asks us to wait. */
  readonly retryAfterMs: number | undefined;
  /** Of a form that was refused: which parcels the provider names, and why. Empty: it names none. */
  readonly against: readonly AgainstParcel[];

  constructor(
    outcome: AdapterOutcome,
    from: {
      provider: string;
      call: string;
      code: string;
      retryAfterMs?: number;
      against?: readonly AgainstParcel[];
    },
  ) {
    super(`${from.provider} ${from.call}: ${from.code}`);
    this.outcome = outcome;
    this.code = from.code;
    this.retryAfterMs = from.retryAfterMs;
    this.against = from.against ?? [];
  }
}
