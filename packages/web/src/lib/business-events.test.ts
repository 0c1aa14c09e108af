import assert from 'node:assert/strict';
import { it } from 'node:test';
import { businessEventsOf } from './business-events.ts';

it('businessEventsOf reads what is tracked, and the account', () =>
  assert.deepEqual(
    businessEventsOf({
      meta: {
        'appsec.events.users.login.failure.track': 'true',
        'appsec.events.users.login.failure.usr.login': 'ada@example.com',
        'appsec.events.users.signup.track': 'false',
        'appsec.events.payment.failure.track': 'true',
        'http.route': '/login',
      },
    }),
    [
      { name: 'users.login.failure', user: 'ada@example.com' },
      { name: 'payment.failure', user: '' },
    ],
  ));
