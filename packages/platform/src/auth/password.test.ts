import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  it('are right or wrong', async () => {
    const hash = await hashPassword('correct horse');
    assert.match(hash, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    assert.equal(await verifyPassword('correct horse', hash), true);
    assert.equal(await verifyPassword('correct horsE', hash), false);
    assert.equal(await verifyPassword('', hash), false);
    assert.notEqual(await hashPassword('correct horse'), hash);
  });

  it('are the same however Unicode spells them', async () => {
    assert.equal(await verifyPassword('caf\u00e9', await hashPassword('cafe\u0301')), true);
  });

  it('are wrong for an account that is not there, after the same work', async () => {
    assert.equal(await verifyPassword('anything', undefined), false);
  });

  it('wait for their turn', async () => {
    const hash = await hashPassword('a');
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, i) => verifyPassword(i % 2 ? 'a' : 'b', hash)),
    );
    assert.deepEqual(results, [false, true, false, true, false, true]);
  });
});
