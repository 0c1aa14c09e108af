/** What the store process tells its parent, once, after it was started. */
export type StartReport = { started: true } | { started: false; reason: string };

/** What the parent sends to have it finish what is at work, and end. */
export const STOP = 'stop';
