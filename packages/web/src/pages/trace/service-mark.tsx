import { createContext, useContext } from 'react';
import type { ServiceMarking } from '../../lib/service-marks.ts';

/** The markings of the services of the trace that is shown. */
export const Markings = createContext<ReadonlyMap<string, ServiceMarking>>(new Map());

/** Letters for a service on its shade; the name itself stands beside it, or is read out in its place. */
export function ServiceMark({ service }: { service: string }) {
  const marking = useContext(Markings).get(service);
  return (
    <span className="service-mark" data-shade={marking?.shade} title={service} aria-hidden="true">
      {marking?.letters ?? '??'}
    </span>
  );
}

/** The shade of a service's bars. */
export const useShade = (service: string): number => useContext(Markings).get(service)?.shade ?? 0;
