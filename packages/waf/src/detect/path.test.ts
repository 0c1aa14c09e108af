import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectPathTraversal } from './path.ts';
import { countReads, PATH_VECTORS, type PathVector, readVectors } from './test-support.ts';

const FRAGMENTS = ['..', '/', '\\', '../', '..\\', 'a', 'etc', '.', 'C:', 'file://', '%2e', '\u0000', 'é'];
const pathLike = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 20 }).map((parts) => parts.join(''));
const anyText = fc.oneof(pathLike, fc.string({ unit: 'binary' }));

describe('detectPathTraversal', () => {
  for (const { path, input, detect } of readVectors<PathVector>(...PATH_VECTORS)) {
    test(`${detect ? 'finds' : 'passes'} ${JSON.stringify(input)} in ${path}`, () => {
      assert.equal(detectPathTraversal(path, input) !== null, detect);
    });
  }

  test('reports the path and the input', () => {
    assert.deepEqual(detectPathTraversal('/app/../../etc/passwd', '../../etc/passwd'), {
      resource: '/app/../../etc/passwd',
      highlight: '../../etc/passwd',
    });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText, anyText, (path, input) => {
        detectPathTraversal(path + input, input);
        detectPathTraversal(path + input + path, input);
      }),
      { numRuns: 3000 },
    );
  });

  test('finds no input that climbs nowhere and is not all of the path', () => {
    fc.assert(
      fc.property(anyText, anyText, (path, input) => {
        fc.pre(!input.includes('%'));
        fc.pre(!input.includes('..') && !path.toLowerCase().includes(input.trim().toLowerCase()));
        fc.pre(!['/', '\\'].includes(input.trim()[0] ?? '') && !/^(file:|[a-z]:)/i.test(input.trim()));
        assert.equal(detectPathTraversal(path, input), null);
      }),
    );
  });

  test('reads a path and an input in linear time', () => {
    for (const fragment of [...FRAGMENTS, 'x..', '..x/']) {
      const reads = (count: number) =>
        countReads(() => {
          detectPathTraversal(fragment.repeat(count), fragment.repeat(5));
          detectPathTraversal(fragment.repeat(count), `${fragment.repeat(count)}..`);
          detectPathTraversal(fragment.repeat(count), fragment.repeat(count / 2));
        });
      const small = reads(1000);
      assert.ok(reads(2000) <= small * 2.5, `${JSON.stringify(fragment)}: ${small}`);
    }
  });
});
