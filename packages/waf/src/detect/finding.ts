/** What a detector found: the argument of a sink in which an input of the request stands as syntax. */
export interface Finding {
  /** The sink's argument as it may be reported: SQL with its literals replaced by `?`, else as it is. */
  resource: string;
  /** The injected part, as it stands in the argument. */
  highlight: string;
}

/** What was found of an argument, if anything was. */
export function findingOf(resource: string, highlight: string | null): Finding | null {
  return highlight === null ? null : { resource, highlight };
}
