import { comparison } from './typed-value.ts';

/**
 * greater_than: the value is a number above a threshold.
 *
 * Parameters: `type` (unsigned, signed or float) and `value`.
 *
 * Example: `{ "type": "unsigned", "value": 1000 }`.
 */
export const greaterThan = comparison('greater_than', (value, threshold) => value > threshold);
