import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PLATFORM_ERROR, PlatformError } from './errors.ts';

/**
 * Makes a directory, and the ones above it that aren't there, for this user only. One that is there stays as it is.
 * Rejects with the file system's error. (Node's own recursive `mkdir` never ends below a directory such as /proc, which
 * says that what it refuses to make isn't there.)
 */
export async function makePrivateDirectory(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makePrivateDirectory(parent);
    await makeOne(path);
  }
}

/** The same for a directory that is ours alone: where it is there already, others lose their access to it. */
export async function makeOwnDirectory(path: string): Promise<void> {
  await makePrivateDirectory(path);
  await chmod(path, 0o700);
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Makes the data directory. Throws a PlatformError that says what to do where it can't be made. */
export async function makeDataDirectory(directory: string): Promise<void> {
  try {
    await makePrivateDirectory(directory);
  } catch (error) {
    throw new PlatformError(
      PLATFORM_ERROR.dataNotWritable,
      `The data directory ${directory} can't be made (${(error as Error).message}). Choose another with --data or WARDLINE_DATA.`,
      error,
    );
  }
}
