/**
 * The letters of base64 that stand for `text` whatever stands before and after it, for each of the three places where
 * it may begin; what the bytes around it would change is left out. `text` is Latin-1.
 */
export function base64Of(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bits = [...'\0'.repeat(offset), ...text].map(toBits).join('');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(bits.length / 6);
    return Array.from({ length: last - first }, (_, index) => {
      const sextet = bits.slice((first + index) * 6, (first + index + 1) * 6);
      return ALPHABET[Number.parseInt(sextet, 2)];
    }).join('');
  });
}

/** An expression that finds one of the texts within base64; without the padding and line breaks that some have. */
export function anyInBase64(texts: readonly string[]): string {
  return texts
    .flatMap(base64Of)
    .map((letters) => letters.replaceAll(/[+/]/g, escaped))
    .join('|');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const toBits = (character: string) => character.charCodeAt(0).toString(2).padStart(8, '0');

/** The alphabet for addresses has other letters in two places. */
const escaped = (letter: string) => (letter === '+' ? '[+-]' : '[/_]');
