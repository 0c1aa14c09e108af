import type { InputDefinition } from '@wardline/waf';

/** The fields of these names at the top of a query or a body. */
export const fields = (names: readonly string[]): readonly InputDefinition[] =>
  ['server.request.query', 'server.request.body'].flatMap((address) =>
    names.map((name) => ({ address, key_path: [name] })),
  );

/** Who someone is: never a mark alone, nor a list of conditions. */
export const ACCOUNT_FIELDS = ['username', 'user', 'login', 'email', 'uid', 'userid', 'userId', 'user_name'];

/** What someone proves it with. */
export const SECRET_FIELDS = ['password', 'pass', 'passwd', 'pwd', 'token', 'code', 'otp', 'pin', 'secret'];
