import { z } from 'zod';

/** Of an address that knows no parameter: a misspelt one is told so. */
export const NoQuery = z.strictObject({});
