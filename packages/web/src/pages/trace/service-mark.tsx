/** Patterns, not hues: colours mean severity. */
const PATTERNS = 6;

/** The same for the same name on every page. */
export function patternOf(service: string): number {
  let hash = 0;
  for (let index = 0; index < service.length; index++) hash = (hash * 31 + service.charCodeAt(index)) >>> 0;
  return hash % PATTERNS;
}

/** Two letters of a service's name on its pattern; the name itself stands beside it or in its title. */
export function ServiceMark({ service }: { service: string }) {
  return (
    <span className="service-mark" title={service} aria-hidden="true">
      {initials(service)}
    </span>
  );
}

/** `order-service` → `OS`, `orders` → `OR`. */
export function initials(service: string): string {
  const words = service.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words[0]![0]! + words[1]![0]! : (words[0] ?? '?').slice(0, 2);
  return letters.toUpperCase();
}
