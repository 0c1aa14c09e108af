import type { Row } from '../report.ts';
import { compareTimes } from '../timing.ts';
import { openLibddwaf, openWardline, recommendedRules } from './engines.ts';
import { Random } from './random.ts';
import { type Addresses, prosePost, repeatedPost } from './requests.ts';

const KILOBYTES = [1, 4, 16, 64, 256, 1024];

/** Values of 4096 characters each, up to 1 MB: benign prose, and what backtracking engines go over again and again. */
const INPUTS: Record<string, (characters: number) => Addresses> = {
  prose: (characters) => prosePost(new Random(7), characters),
  spaces: (characters) => repeatedPost(' ', characters),
  'select select': (characters) => repeatedPost('select ', characters),
  quotes: (characters) => repeatedPost(`'"`, characters),
  '../../': (characters) => repeatedPost('../', characters),
};

/** The time of a request with one body, in nanoseconds a character; a straight line is a constant. */
export function measureInputLength(): Row[] {
  const rules = recommendedRules();
  const ours = openWardline(rules).check;
  const theirs = openLibddwaf(rules).check;
  return Object.entries(INPUTS).flatMap(([input, make]) =>
    KILOBYTES.map((kilobytes): Row => {
      const request = make(kilobytes * 1024);
      const { wardline, libddwaf } = compareTimes({
        wardline: () => ours(request),
        libddwaf: () => theirs(request),
      });
      const perCharacter = 1000 / (kilobytes * 1024);
      return {
        input,
        kB: kilobytes,
        'wardline µs': wardline,
        'wardline ns/character': wardline * perCharacter,
        'libddwaf µs': libddwaf,
        'libddwaf ns/character': libddwaf * perCharacter,
      };
    }),
  );
}
