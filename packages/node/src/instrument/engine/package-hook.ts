import type { Agent } from '../../init/agent.ts';

/** How one npm package is hooked. */
export interface PackageHook {
  /** The package's name, as in its `package.json`; it may be installed under an alias that begins with it. */
  readonly name: string;
  /** Major versions that the hook knows. Others are left alone. */
  readonly majors: readonly number[];
  /** Patches what the package exports, in place. Returns false where these are not the exports that it knows. */
  patch(exports: unknown, agent: Agent): boolean;
}
