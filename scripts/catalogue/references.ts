/** Links to the lists by which rules are classified. */
import { link } from './markdown.ts';

/** OWASP's Top 10 of 2021, as the addresses of its pages have them. */
const OWASP: Readonly<Record<string, string>> = {
  'A01:2021': 'A01_2021-Broken_Access_Control',
  'A02:2021': 'A02_2021-Cryptographic_Failures',
  'A03:2021': 'A03_2021-Injection',
  'A04:2021': 'A04_2021-Insecure_Design',
  'A05:2021': 'A05_2021-Security_Misconfiguration',
  'A06:2021': 'A06_2021-Vulnerable_and_Outdated_Components',
  'A07:2021': 'A07_2021-Identification_and_Authentication_Failures',
  'A08:2021': 'A08_2021-Software_and_Data_Integrity_Failures',
  'A09:2021': 'A09_2021-Security_Logging_and_Monitoring_Failures',
  'A10:2021': 'A10_2021-Server-Side_Request_Forgery_%28SSRF%29',
};

export interface Classified {
  owasp?: string | undefined;
  /** A number, or several with commas between. */
  cwe?: string | undefined;
  /** The path of numbers from the root, `1000/152/248/66`, or the last alone. */
  capec?: string | undefined;
}

/** Links, in the order OWASP, CWE, CAPEC. Throws on a category that OWASP doesn't have. */
export function references({ owasp, cwe, capec }: Classified): string[] {
  const weaknesses = (cwe ?? '').match(/\d+/g) ?? [];
  const pattern = capec?.split('/').at(-1);
  return [
    ...(owasp ? [owaspLink(owasp)] : []),
    ...weaknesses.map((id) => link(`CWE-${id}`, `https://cwe.mitre.org/data/definitions/${id}.html`)),
    ...(pattern
      ? [link(`CAPEC-${pattern}`, `https://capec.mitre.org/data/definitions/${pattern}.html`)]
      : []),
  ];
}

function owaspLink(category: string): string {
  const page = OWASP[category];
  if (page === undefined) {
    throw new Error(`no category of OWASP's Top 10 of 2021: '${category}', expected one as 'A03:2021'`);
  }
  return link(`OWASP ${category}`, `https://owasp.org/Top10/${page}/`);
}
