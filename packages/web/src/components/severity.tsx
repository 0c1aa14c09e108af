import './severity.css';
import { SEVERITIES, type Severity } from '../api/client.ts';

const NAMES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** A severity as a word, and as bars that tell it without colour: one for info, five for critical. */
export function SeverityMark({ severity, compact = false }: { severity: Severity; compact?: boolean }) {
  const level = SEVERITIES.length - SEVERITIES.indexOf(severity);
  return (
    <span className={compact ? 'severity compact' : 'severity'} data-severity={severity}>
      <svg className="severity-bars" viewBox="0 0 19 12" width="19" height="12" aria-hidden="true">
        {SEVERITIES.map((name, index) => (
          <rect
            key={name}
            className={index < level ? 'on' : 'off'}
            x={index * 4}
            y={8 - index * 2}
            width="3"
            height={4 + index * 2}
          />
        ))}
      </svg>
      <span className="severity-name">{NAMES[severity]}</span>
    </span>
  );
}

export const severityName = (severity: Severity): string => NAMES[severity];
