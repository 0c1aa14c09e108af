import './code-path.css';
import { useState } from 'react';
import { type Frame, frameText, vulnerableFrame } from '../lib/attacks.ts';
import { CopyButton } from './copy.tsx';

/** The call path to a sink, innermost first: the application's own frames, with the others folded in between. */
export function CodePath({ frames }: { frames: readonly Frame[] }) {
  const [showsAll, setShowsAll] = useState(false);
  const target = vulnerableFrame(frames);
  const others = frames.filter(({ inApp }) => !inApp).length;
  const shown = showsAll || target === undefined ? frames : frames.filter(({ inApp }) => inApp);
  return (
    <div className="code-path">
      <ol aria-label="Code path">
        {shown.map((frame) => (
          // A frame has no id of its own, and stays where it is.
          <li key={frames.indexOf(frame)} className={frame.inApp ? 'own' : 'foreign'}>
            {frame === target && <span className="tag">fix here</span>}
            <code className="frame-function">{frame.function}</code>
            <span className="value">
              <code className="frame-place">{frameText(frame)}</code>
              {frame.inApp && (
                <CopyButton text={`${frame.file}:${frame.line}`} label={`Copy ${frame.file}:${frame.line}`} />
              )}
            </span>
          </li>
        ))}
      </ol>
      {target !== undefined && others > 0 && (
        <button
          type="button"
          className="link-button"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Hide' : 'Show'} {others} frames of libraries and Node.js
        </button>
      )}
    </div>
  );
}
