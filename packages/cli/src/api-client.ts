/** What a command could not do, in words for a person; ends the command with `exitCode`. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 2) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

export interface Connection {
  url: string;
  apiKey: string;
  applicationKey: string;
}

export interface ConnectionFlags {
  url?: string;
  apiKey?: string;
  appKey?: string;
}

/** Flags first, then `WARDLINE_*`, then `DD_*`. Throws a CommandError that names what is missing. */
export function connection(flags: ConnectionFlags, env: NodeJS.ProcessEnv): Connection {
  const apiKey = flags.apiKey ?? env.WARDLINE_API_KEY ?? env.DD_API_KEY;
  const applicationKey = flags.appKey ?? env.WARDLINE_APP_KEY ?? env.DD_APP_KEY ?? env.DD_APPLICATION_KEY;
  if (!apiKey) throw new CommandError('No API key. Set WARDLINE_API_KEY (or DD_API_KEY), or give --api-key.');
  if (!applicationKey) {
    throw new CommandError('No application key. Set WARDLINE_APP_KEY (or DD_APP_KEY), or give --app-key.');
  }
  const url = flags.url ?? env.WARDLINE_URL ?? 'http://127.0.0.1:7070';
  if (!URL.canParse(url)) throw new CommandError(`The platform's address is not a URL: ${url}`);
  return { url: url.replace(/\/+$/, ''), apiKey, applicationKey };
}

/**
 * Calls the platform's REST API and returns the parsed answer (undefined for 204).
 * Throws a CommandError that says what went wrong and what to look at: unreachable, refused, or the API's own errors.
 */
export async function call<T>(
  to: Connection,
  method: string,
  path: string,
  options: { query?: Record<string, string>; body?: unknown } = {},
): Promise<T> {
  const search = options.query ? `?${new URLSearchParams(options.query)}` : '';
  let response: Response;
  try {
    response = await fetch(`${to.url}${path}${search}`, {
      method,
      headers: {
        accept: 'application/json',
        'dd-api-key': to.apiKey,
        'dd-application-key': to.applicationKey,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    throw new CommandError(`No answer from ${to.url}: ${reason(error)}. Is the platform up (wardline up)?`);
  }
  const text = await response.text();
  if (response.status === 401 || response.status === 403) {
    throw new CommandError(
      `${to.url} refused the keys (${response.status}). Check the API key and the application key.`,
    );
  }
  const answer = text === '' ? undefined : parse(text, response);
  if (!response.ok) {
    const errors = (answer as { errors?: unknown } | undefined)?.errors;
    const said = Array.isArray(errors) ? errors.map(String).join('; ') : text.slice(0, 200);
    throw new CommandError(`${method} ${path} failed with ${response.status}: ${said}`);
  }
  return answer as T;
}

function parse(text: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(
      `${response.url} did not answer with JSON (${response.status}). Is that a Wardline platform's address?`,
    );
  }
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: string; message?: string };
  return code ?? message ?? String(cause);
}
