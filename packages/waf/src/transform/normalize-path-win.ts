import { resolveDots } from './normalize-path.ts';
import type { Transformer } from './transformer.ts';

/**
 * normalize_path_win: turns backslashes into slashes, then does what `normalize_path` does.
 *
 * Example: `C:\temp\..\windows` → `C:/windows`.
 */
export const normalizePathWin: Transformer = {
  name: 'normalize_path_win',
  changes: '\\\\|(?:^|/)\\.(?:/|$)|/\\.\\.(?:/|$)',
  letterCase: 'kept',
  apply: (text) => resolveDots(text.replaceAll('\\', '/')),
};
