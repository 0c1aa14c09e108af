import { comparison } from './typed-value.ts';

/**
 * lower_than: the value is a number below a threshold.
 *
 * Parameters: `type` (unsigned, signed or float) and `value`.
 *
 * Example: `{ "type": "signed", "value": 0 }`.
 */
export const lowerThan = comparison('lower_than', (value, threshold) => value < threshold);
