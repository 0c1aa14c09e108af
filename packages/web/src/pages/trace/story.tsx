import type { Span } from '../../api/client.ts';
import { Highlighted } from '../../components/highlighted.tsx';
import type { Attack } from '../../lib/attacks.ts';
import { story } from '../../lib/story.ts';

/** Characters of a value; the whole of it is with the span. */
const EXCERPT = 180;

const NAMES = { input: 'Input', code: 'Code', sink: 'Sink', outcome: 'Outcome' } as const;

/** The way of the worst attack, from the input to the outcome. */
export function Story({ span, attack }: { span: Span; attack: Attack }) {
  return (
    <section className="story" aria-label="Story">
      <ol>
        {story(span, attack).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of an attack never change their order
          <li key={index} data-kind={step.kind}>
            <p>
              <span className="story-kind">{NAMES[step.kind]}</span>
              {step.title}
            </p>
            {step.detail !== '' && (
              <code>
                <Highlighted text={step.detail} marks={step.marks} limit={EXCERPT} />
              </code>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
