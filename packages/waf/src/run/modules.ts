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
  module('network-acl', 'base', false),
  module('authentication-acl', 'base', false),
  module('custom-acl', 'custom'),
  module('configuration', 'custom'),
  module('business-logic', 'custom'),
  module('rasp', 'base'),
  module('waf', 'custom', true, true),
];

function module(name: string, first: Module['first'], timed = true, oneMatchPerType = false): Module {
  return { name, first, timed, oneMatchPerType };
}

/** Index in MODULES of the module of a name. */
export function moduleIndex(name: string | undefined): number {
  const index = MODULES.findIndex((module) => module.name === name);
  return index < 0 ? MODULES.length - 1 : index;
}
