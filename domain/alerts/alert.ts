/** What an order may ask of people. Instants are epoch milliseconds. */

/**
 * One thing that people should know or do. Its key makes it one: an order, a deadline and a tier are alerted once, whatever is
 * told twice. `order:<orderId>:<deadline>:<warnBeforeMs>` for a warning, `order:<orderId>:<attention>` for a task.
 */
export type Alert = {
  key: string;
  orderId: string;
  kind: 'deadline' | 'task' | 'drift';
  /** The name of the deadline, or the kind of attention. */
  about: string;
  raisedAt: number;
  /** For a deadline: when it is due. */
  dueAt?: number;
  /** Which warning it is: how long before. */
  tierMs?: number;
  /** What a task is about: a number, a reason. Nothing personal. */
  detail?: string;
};

/** What an order tells the desk at once: what is new, and what is done. */
export type AlertNews = { at: number; raise: Alert[]; settle: string[] };
