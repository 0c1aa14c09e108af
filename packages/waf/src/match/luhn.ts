const ZERO = 0x30;

/**
 * Whether the decimal digits in a text, others passed over, have a valid check digit at their end by the Luhn formula:
 * from the right every second one is doubled, as the sum of its digits, and all add up to a multiple of ten. False
 * without digits. Source: ISO/IEC 7812-1, annex B.
 */
export function isLuhn(text: string): boolean {
  let sum = 0;
  let count = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) continue;
    const weighted = count % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
    count++;
  }
  return count > 0 && sum % 10 === 0;
}
