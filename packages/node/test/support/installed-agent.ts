import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle } from '../../build.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

export interface Application {
  /** The application's folder, with `node_modules/@wardline/node` as npm would have installed it. */
  folder: string;
  /** Writes a file of the application; returns its path. */
  file(name: string, text: string): string;
  remove(): void;
}

/** A new application that has the agent, as it is built now, as its dependency. */
export async function installAgent(): Promise<Application> {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-app-'));
  const agent = join(folder, 'node_modules/@wardline/node');
  mkdirSync(agent, { recursive: true });
  cpSync(join(PACKAGE, 'package.json'), join(agent, 'package.json'));
  mkdirSync(join(folder, 'node_modules/@opentelemetry'));
  symlinkSync(join(MODULES, '@opentelemetry/api'), join(folder, 'node_modules/@opentelemetry/api'));
  await buildBundle(join(agent, 'dist'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  file('package.json', '{ "name": "test-application" }');
  return { folder, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
