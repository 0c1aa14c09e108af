import './attack-card.css';
import { type Attack, type Place, severityOf } from '../lib/attacks.ts';
import { addressName, typeName } from '../lib/names.ts';
import { marksIn } from '../lib/story.ts';
import { CodeBlock } from './code-block.tsx';
import { CodePath } from './code-path.tsx';
import { CopyButton } from './copy.tsx';
import { Highlighted } from './highlighted.tsx';
import { SeverityMark } from './severity.tsx';

/** An attack in full: what matched, where, what became of it. `label` tells it from others on the page. */
export function AttackCard({ attack, label = 'Attack' }: { attack: Attack; label?: string }) {
  const name = attack.ruleName || typeName(attack.type);
  return (
    <section className="attack-card" aria-label={`${label}: ${name}`}>
      <h3>
        <SeverityMark severity={severityOf(attack)} compact />
        <span>{name}</span>
      </h3>
      <p className="attack-facts">
        <span className="tag strong">{attack.blocked ? 'Blocked' : 'Not blocked'}</span>
        <span className="tag">{attack.isExploit ? 'reached a sink' : 'attempt'}</span>
        {attack.type !== '' && <span>{typeName(attack.type)}</span>}
        <code className="muted">{attack.ruleId}</code>
        {attack.operator !== '' && <code className="muted">{attack.operator}</code>}
      </p>
      {attack.input && <MatchedValue place={attack.input} marks={attack.highlight} />}
      {attack.sink && <MatchedValue place={attack.sink} marks={marksIn(attack.sink, attack)} />}
      {attack.frames.length > 0 && <CodePath frames={attack.frames} />}
    </section>
  );
}

/** A value with its matched part marked, under the name of its place. */
export function MatchedValue({ place, marks }: { place: Place; marks: readonly string[] }) {
  return (
    <div className="matched-value">
      <p>
        {addressName(place.address)}
        {place.keyPath !== '' && (
          <>
            {' '}
            <code>{place.keyPath}</code>
          </>
        )}
        <code className="muted matched-address">{place.address}</code>
        <CopyButton text={place.value} label="Copy the value" />
      </p>
      <CodeBlock text={place.value}>
        <Highlighted text={place.value} marks={marks} />
      </CodeBlock>
    </div>
  );
}
