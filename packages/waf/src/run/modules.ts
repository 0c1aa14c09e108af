/** How the rules of one module are evaluated. */
export interface Module {
  readonly name: string;
  /** Which of two rules with the same verdict comes first. */
  readonly first: 'base' | 'custom';
  /** Whether a context reports one rule for each type of attack, or every rule that matches. */
  readonly oneMatchPerType: boolean;
  /** Whether the time budget holds: lists of who may come in are enforced however busy the process is. */
  readonly timed: boolean;
}

/** In the order in which they are evaluated. Rules name theirs by the tag `module`; without it they are in `waf`. */
export const MODULES: readonly Module[] = [
  { name: 'network-acl', first: 'base', oneMatchPerType: false, timed: false },
  { name: 'authentication-acl', first: 'base', oneMatchPerType: false, timed: false },
  { name: 'custom-acl', first: 'custom', oneMatchPerType: false, timed: true },
  { name: 'configuration', first: 'custom', oneMatchPerType: false, timed: true },
  { name: 'business-logic', first: 'custom', oneMatchPerType: false, timed: true },
  { name: 'rasp', first: 'base', oneMatchPerType: false, timed: true },
  { name: 'waf', first: 'custom', oneMatchPerType: true, timed: true },
];

/** Index in MODULES of the module of a name. */
export function moduleIndex(name: string | undefined): number {
  const index = MODULES.findIndex((module) => module.name === name);
  return index < 0 ? MODULES.length - 1 : index;
}
