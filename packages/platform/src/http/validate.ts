import { z } from 'zod';
import { ApiError } from './api-error.ts';

/**
 * Checks input where it enters. Returns it typed, or throws a 400 with one message for each fault, which names the field
 * in Datadog's words: `input_validation_error(Field 'data.attributes.name' is invalid: …)`.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ApiError(400, result.error.issues.slice(0, MAX_ERRORS).map(describe));
}

const MAX_ERRORS = 10;

function describe({ path, message }: z.core.$ZodIssue): string {
  if (path.length === 0) return `input_validation_error(The body is invalid: ${message})`;
  return `input_validation_error(Field '${path.map(String).join('.')}' is invalid: ${message})`;
}

/** Text that the databases take: PostgreSQL's has no NUL characters. */
export function plainText(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\0]*$/, 'must not have NUL characters');
}
