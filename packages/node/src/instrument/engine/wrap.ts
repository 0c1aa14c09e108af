/** A function as the engine sees it: `this`, arguments and result pass through unchanged. */
export type Callable = (this: unknown, ...args: unknown[]) => unknown;

const WRAPPED = Symbol.for('wardline.wrapped');

/**
 * Replaces `holder[name]` in place by what `make` returns for it. The wrapper takes over name, length, own properties
 * and prototype, and the property keeps its attributes. Does nothing where there is no such function, where it was
 * wrapped before, or where the property cannot be changed. Returns whether it replaced something.
 */
export function wrapMethod(holder: object, name: string, make: (original: Callable) => Callable): boolean {
  const original: unknown = (holder as Record<string, unknown>)[name];
  if (typeof original !== 'function' || isWrapped(original)) return false;
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  if (descriptor !== undefined && !descriptor.configurable && !descriptor.writable) return false;
  if (descriptor === undefined && !Object.isExtensible(holder)) return false;
  const wrapper = imitate(make(original as Callable), original as Callable);
  Object.defineProperty(holder, name, {
    value: wrapper,
    configurable: descriptor?.configurable ?? true,
    enumerable: descriptor?.enumerable ?? false,
    writable: true,
  });
  return true;
}

/** Gives `wrapper` everything of `original` that can be seen from outside, and marks it. Returns `wrapper`. */
export function imitate<T extends Callable>(wrapper: T, original: Callable): T {
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor === undefined) continue;
    const own = Object.getOwnPropertyDescriptor(wrapper, key);
    // What the wrapper has set itself, and not only by being a function, is meant to differ (`util.promisify.custom`).
    if (own !== undefined && typeof key === 'symbol') continue;
    if (own !== undefined && !own.configurable && !own.writable) continue;
    if (own !== undefined && !own.configurable)
      Object.defineProperty(wrapper, key, { value: descriptor.value });
    else Object.defineProperty(wrapper, key, { ...descriptor, configurable: true });
  }
  if (Object.getPrototypeOf(wrapper) !== Object.getPrototypeOf(original)) {
    Object.setPrototypeOf(wrapper, Object.getPrototypeOf(original));
  }
  Object.defineProperty(wrapper, WRAPPED, { value: true, configurable: true });
  return wrapper;
}

function isWrapped(fn: object): boolean {
  return Object.hasOwn(fn, WRAPPED);
}
