export type { Bootstrap } from './auth/bootstrap.ts';
export { PLATFORM_ERROR, PlatformError, type PlatformErrorCode } from './errors.ts';
export { type Platform, type PlatformOptions, startPlatform } from './platform.ts';
