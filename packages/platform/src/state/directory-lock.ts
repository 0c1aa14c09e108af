import { readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PLATFORM_ERROR, PlatformError } from '../errors.ts';

/** Directories that this process holds: its own pid in a lock file says nothing, as in a container it is always 1. */
const heldHere = new Set<string>();

interface Holder {
  pid: number;
  /** When that process started, in the kernel's terms: a pid comes back, a pid with its start doesn't. */
  started: string;
}

/**
 * Takes the directory for this process, by a file `platform.lock` in it that names the holder; a holder that is no
 * longer there is replaced. Returns the function that gives it back.
 * Throws a PlatformError `WARDLINE_DATA_IN_USE` that names the process which has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(resolve(directory), 'platform.lock');
  if (heldHere.has(path)) throw inUse(directory, process.pid);
  heldHere.add(path);
  try {
    await take(path, directory);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    heldHere.delete(path);
  };
}

async function take(path: string, directory: string): Promise<void> {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  for (;;) {
    try {
      await writeFile(path, own, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new PlatformError(
          PLATFORM_ERROR.dataNotWritable,
          `The data directory ${directory} can't be written (${(error as Error).message}). Choose another with --data or WARDLINE_DATA.`,
          error,
        );
      }
    }
    const found = await readFile(path, 'utf8').catch(() => undefined);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder && holder.pid !== process.pid && isRunning(holder)) throw inUse(directory, holder.pid);
    // Renaming succeeds for one of several processes that see the same dead holder; the others start over.
    const aside = `${path}.${process.pid}`;
    await rename(path, aside).catch(() => undefined);
    await rm(aside, { force: true });
  }
}

function inUse(directory: string, pid: number): PlatformError {
  return new PlatformError(
    PLATFORM_ERROR.dataInUse,
    `The data directory ${directory} is in use by a platform that is running (process ${pid}). ` +
      'Stop that one, or choose another directory with --data or WARDLINE_DATA.',
  );
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and someone else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(pid) === started;
}

/** Field 22 of /proc/PID/stat (proc(5)): the start in clock ticks after boot; '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
