import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Clock, temporaryState } from '../../test/harness.ts';
import type { State } from '../state/index.ts';
import { createKeys } from './keys.ts';

describe('keys', () => {
  let state: State;
  let remove: () => Promise<void>;
  before(async () => {
    ({ state, remove } = await temporaryState());
  });
  after(() => remove());

  it("have Datadog's form and are kept as hashes", async () => {
    const keys = createKeys(state);
    const api = await keys.create('api', 'agents');
    const application = await keys.create('application', 'scripts');
    assert.match(api.text, /^[0-9a-f]{32}$/);
    assert.match(application.text, /^[0-9a-f]{40}$/);
    assert.equal(api.key.last4, api.text.slice(-4));
    const rows = JSON.stringify(await state.query('SELECT * FROM keys'));
    assert.ok(!rows.includes(api.text) && !rows.includes(application.text));
  });

  it('are valid as what they are', async () => {
    const keys = createKeys(state);
    const { key, text } = await keys.create('api', 'one');
    assert.deepEqual(await keys.verify('api', text), key);
    assert.equal(await keys.verify('application', text), undefined);
    for (const wrong of [
      '',
      'x',
      `${text}0`,
      text.toUpperCase(),
      'f'.repeat(32),
      `' OR 1=1 -- ${text}`,
      'é'.repeat(32),
    ]) {
      assert.equal(await keys.verify('api', wrong), undefined, wrong);
    }
  });

  it('are refused once revoked, also while they are being looked up', async () => {
    const keys = createKeys(state);
    const { key, text } = await keys.create('api', 'gone soon');
    assert.ok(await keys.verify('api', text));
    assert.equal(await keys.revoke('api', key.id), true);
    assert.equal(await keys.verify('api', text), undefined);
    assert.equal(await keys.revoke('api', key.id), false);

    const other = await keys.create('api', 'gone as we look');
    await Promise.all([keys.verify('api', other.text), keys.revoke('api', other.key.id)]);
    assert.equal(await keys.verify('api', other.text), undefined);
  });

  it('are seen by other processes soon after a change, and looked up once until then', async () => {
    const clock = new Clock();
    let lookups = 0;
    const counting: State = {
      ...state,
      query: (sql, params) => {
        lookups++;
        return state.query(sql, params);
      },
    };
    const here = createKeys(state);
    const there = createKeys(counting, clock.now);
    const { key, text } = await here.create('api', 'shared');
    for (let i = 0; i < 10; i++) assert.ok(await there.verify('api', text));
    for (let i = 0; i < 10; i++) assert.equal(await there.verify('api', 'f'.repeat(32)), undefined);
    assert.equal(lookups, 2);
    await here.revoke('api', key.id);
    clock.time += 2_001;
    assert.equal(await there.verify('api', text), undefined);
  });

  it('are listed without those that are revoked', async () => {
    const keys = createKeys(state);
    const { key } = await keys.create('application', 'listed');
    const revoked = await keys.create('application', 'revoked');
    await keys.revoke('application', revoked.key.id);
    const ids = (await keys.list('application')).map(({ id }) => id);
    assert.ok(ids.includes(key.id));
    assert.ok(!ids.includes(revoked.key.id));
  });
});
