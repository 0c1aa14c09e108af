/** An answer other than success, in Datadog's shape: `{"errors": […]}`. Any route or hook may throw it. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, errors: string | readonly string[], headers: Record<string, string> = {}) {
    const list = typeof errors === 'string' ? [errors] : errors;
    super(list.join('; '));
    this.name = 'ApiError';
    this.statusCode = statusCode;
    this.errors = list;
    this.headers = headers;
  }
}
