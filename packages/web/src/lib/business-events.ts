import type { Span } from '../api/client.ts';

/** Something that a service reported about itself, such as a login. */
export interface BusinessEvent {
  /** `users.login.failure` */
  name: string;
  /** The account that it is about; empty if it names none. */
  user: string;
}

const TRACK = /^appsec\.events\.(.+)\.track$/;

/** The business-logic events of a span: `appsec.events.<name>.track` says that there is one, its siblings what of. */
export function businessEventsOf({ meta }: Pick<Span, 'meta'>): BusinessEvent[] {
  return Object.entries(meta).flatMap(([key, value]) => {
    const name = TRACK.exec(key)?.[1];
    if (name === undefined || value !== 'true') return [];
    const user = meta[`appsec.events.${name}.usr.login`] ?? meta[`appsec.events.${name}.usr.id`] ?? '';
    return [{ name, user }];
  });
}
