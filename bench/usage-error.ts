/** The command line asks for something that is not there; the message says what there is. */
export class UsageError extends Error {
  override name = 'UsageError';
}
