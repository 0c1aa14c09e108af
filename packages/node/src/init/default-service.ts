import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** What a service is called that nobody named. */
export const FALLBACK_SERVICE = 'node';

/**
 * The name in the package.json nearest to the main script, upwards; else `node`. A script inside `node_modules` is a
 * tool that runs the application (`next start`), which is looked for in the working directory instead.
 * Never throws.
 */
export function defaultService(mainScript: string | undefined, workingDirectory: string): string {
  let folder = workingDirectory;
  try {
    // Of an empty path Node makes the working directory.
    const script = mainScript ? realpathSync(mainScript) : undefined;
    if (script !== undefined && !script.includes(`${sep}node_modules${sep}`)) folder = dirname(script);
  } catch {
    // A script that is not there.
  }
  for (let parent = dirname(folder); ; folder = parent, parent = dirname(parent)) {
    const name = packageName(join(folder, 'package.json'));
    if (name !== undefined) return name;
    if (parent === folder) return FALLBACK_SERVICE;
  }
}

function packageName(file: string): string | undefined {
  try {
    const name: unknown = JSON.parse(readFileSync(file, 'utf8')).name;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
