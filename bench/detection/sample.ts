import type { Addresses } from './requests.ts';

/** One text that someone sends, in the request that carries it. */
export interface Sample {
  text: string;
  request: Addresses;
}

/** Texts of one kind and origin, all attacks or all benign. */
export interface SampleSet {
  /** A path, from the general to the particular: `payloads/xss_injection/rsnake_xss.txt`, `ordinary/names`. */
  name: string;
  kind: 'attack' | 'benign';
  /** Made anew at each call; the same ones in the same order. */
  samples(): Sample[] | Promise<Sample[]>;
}

/** Whether a set is one that is asked for: by its name, or by one or more neighbouring parts of it. */
export function isNamed({ name }: SampleSet, asked: string): boolean {
  return `/${name}/`.includes(`/${asked.replace(/^\/|\/$/g, '')}/`);
}
