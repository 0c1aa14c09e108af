export * from './attributes.ts';
export * from './remote-config.ts';
export * from './security-event.ts';
export * from './span.ts';
