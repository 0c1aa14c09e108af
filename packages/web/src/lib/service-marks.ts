/** How a service is told from the others of a trace without colour: letters, and a shade of grey. */
export interface ServiceMarking {
  /** Two signs, different for each service of the trace as long as there are some left. */
  letters: string;
  /** 0 to SHADES - 1; neighbours in the trace differ. */
  shade: number;
}

export const SHADES = 5;

/** The markings of services, in the order in which the trace reached them. */
export function markServices(services: readonly string[]): Map<string, ServiceMarking> {
  const taken = new Set<string>();
  return new Map(
    services.map((service, index) => {
      const letters = candidates(service).find((candidate) => !taken.has(candidate)) ?? '??';
      taken.add(letters);
      return [service, { letters, shade: index % SHADES }];
    }),
  );
}

/** `order-service` → `OS`; `orders` → `OR`, `OD`, …, `O2`, `O3`, … */
function candidates(service: string): string[] {
  const words = service
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const seconds = [...(words[1]?.[0] ?? ''), ...words.join('').slice(1), ...'23456789'];
  return seconds.map((second) => first + second);
}
