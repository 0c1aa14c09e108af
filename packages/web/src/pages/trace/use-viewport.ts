import { type RefObject, useEffect, useState } from 'react';

/** How far an element is scrolled, and how high it is; pixels. Read at most once a frame. */
export function useViewport(element: RefObject<HTMLElement | null>): { top: number; height: number } {
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      setView({ top: target.scrollTop, height: target.clientHeight });
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(read);
    };
    const observer = new ResizeObserver(schedule);
    observer.observe(target);
    target.addEventListener('scroll', schedule, { passive: true });
    read();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      target.removeEventListener('scroll', schedule);
    };
  }, [element]);
  return view;
}
