/** What browsers add to each request by themselves, and addresses of pages. */
import { createHash } from 'node:crypto';
import { Random } from '../../waf/random.ts';
import { filesOf, readPackageFile } from './packages.ts';

const HEX = '0123456789abcdef';
const DIGITS = '0123456789';
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64URL = `${BASE62}-_`;

/** Of browsers that were seen, and of those that a testing service has. */
export function userAgents(): string[] {
  const seen = JSON.parse(readPackageFile('user-agents/dist/user-agents.json').toString('utf8')) as {
    userAgent: string;
  }[];
  const known = JSON.parse(
    readPackageFile('@ulixee/real-user-agents/data/userAgentsById.json').toString('utf8'),
  ) as Record<string, { pattern: string; browserBaseVersion: (number | null)[] }>;
  return [
    ...seen.map(({ userAgent }) => userAgent),
    ...Object.values(known).map(({ pattern, browserBaseVersion }) =>
      pattern.replace(/\$\$\$\w+\$\$\$/g, browserBaseVersion.map((part) => part ?? 0).join('.')),
    ),
  ];
}

/** Addresses that documentation links to. */
export function urls(): string[] {
  return filesOf(/\.(md|markdown)$/i).flatMap(
    (file) => file.read().match(/https?:\/\/[^\s()<>"'`\]|\\]+[\w/]/g) ?? [],
  );
}

/** Paths of files as a static server has them. */
export function assetPaths(): string[] {
  return filesOf(/\/[^.][^/]*\.(js|mjs|css|html|svg|png|woff2?|ttf|map)$/).map(({ path }, i) => {
    const version = createHash('sha1').update(path).digest('hex').slice(0, 8);
    return `/assets/${encodeURI(path)}${i % 3 === 0 ? `?v=${version}` : ''}`;
  });
}

/** `name=value` of cookies of common products, in their documented formats, the value as the server decodes it. */
const COOKIES: readonly ((random: Random) => string)[] = [
  (r) => `_ga=GA1.2.${r.text(9, DIGITS)}.17${r.text(8, DIGITS)}`,
  (r) =>
    `_ga_${r.text(10, BASE62).toUpperCase()}=GS1.1.17${r.text(8, DIGITS)}.${r.below(40)}.1.17${r.text(8, DIGITS)}.60.0.0`,
  (r) => `_gcl_au=1.1.${r.text(9, DIGITS)}.17${r.text(8, DIGITS)}`,
  (r) => `_fbp=fb.1.17${r.text(11, DIGITS)}.${r.text(9, DIGITS)}`,
  (r) => `_fbc=fb.1.17${r.text(11, DIGITS)}.IwAR${r.text(56, BASE64URL)}`,
  (r) =>
    `__utmz=${r.text(9, DIGITS)}.17${r.text(8, DIGITS)}.${r.below(9)}.2.utmcsr=google|utmccn=(organic)|utmcmd=organic|utmctr=(not provided)`,
  (r) =>
    `__hstc=${r.text(9, DIGITS)}.${r.text(32, HEX)}.17${r.text(11, DIGITS)}.17${r.text(11, DIGITS)}.17${r.text(11, DIGITS)}.${r.below(30)}`,
  (r) => `hubspotutk=${r.text(32, HEX)}`,
  (r) => `ajs_anonymous_id="${uuid(r)}"`,
  (r) =>
    `_hjSessionUser_${r.text(7, DIGITS)}=${base64({ id: uuid(r), created: 1.7e12 + r.below(1e9), existing: true })}`,
  (r) =>
    `mp_${r.text(32, HEX)}_mixpanel={"distinct_id": "$device:${uuid(r)}","$device_id": "${uuid(r)}","$initial_referrer": "https://www.google.com/","$initial_referring_domain": "www.google.com","__mps": {},"__mpso": {},"__mpus": {}}`,
  (r) =>
    `OptanonConsent=isGpcEnabled=0&datestamp=Tue+Jan+0${1 + r.below(9)}+2026+10:${10 + r.below(50)}:07+GMT+0100+(Mitteleuropäische+Normalzeit)&version=202409.2.0&isIABGlobal=false&hosts=&consentId=${uuid(r)}&interactionCount=1&landingPath=NotLandingPage&groups=C0001:1,C0002:${r.below(2)},C0004:${r.below(2)}&AwaitingReconsent=false&geolocation=DE;BE`,
  (r) =>
    `CookieConsent={stamp:'${r.text(43, BASE62)}==',necessary:true,preferences:${r.below(2) === 1},statistics:true,marketing:false,method:'explicit',ver:1,utc:17${r.text(11, DIGITS)},region:'de'}`,
  (r) =>
    `cookieyes-consent=consentid:${r.text(32, BASE62)},consent:yes,action:yes,necessary:yes,functional:yes,analytics:no,performance:no`,
  (r) => `euconsent-v2=CP${r.text(140, BASE64URL)}.YAAAAAAAAAAA`,
  (r) => `connect.sid=s:${r.text(32, BASE64URL)}.${r.text(43, `${BASE62}+/`)}`,
  (r) =>
    `laravel_session=${base64({ iv: `${r.text(22, BASE62)}==`, value: r.text(120, BASE62), mac: r.text(64, HEX), tag: '' })}`,
  (r) => `_shop_session=${r.text(180, `${BASE62}+/`)}--${r.text(16, BASE62)}--${r.text(22, `${BASE62}+/`)}==`,
  (r) => `PHPSESSID=${r.text(26, `${DIGITS}abcdefghijklmnopqrstuv`)}`,
  (r) => `JSESSIONID=${r.text(32, HEX).toUpperCase()}.node${r.below(9)}`,
  (r) => `.AspNetCore.Antiforgery.${r.text(11, BASE64URL)}=CfDJ8${r.text(150, BASE64URL)}`,
  (r) => `XSRF-TOKEN=${r.text(36, BASE64URL)}`,
  (r) =>
    `session=eyJhbGciOiJIUzI1NiJ9.${base64({ sub: uuid(r), iat: 1.7e9 + r.below(1e8) })}.${r.text(43, BASE64URL)}`,
  (r) =>
    `wordpress_logged_in_${r.text(32, HEX)}=jane|17${r.text(8, DIGITS)}|${r.text(43, BASE62)}|${r.text(64, HEX)}`,
  (r) =>
    `wp-settings-${1 + r.below(9)}=libraryContent=browse&editor=tinymce&hidetb=1&posts_list_mode=list&mfold=o`,
  (r) =>
    `cart=[{"id":${r.text(6, DIGITS)},"qty":${1 + r.below(5)},"opts":{"size":"M","colour":"blue/grey"}}]`,
  (r) => `recently_viewed=${Array.from({ length: 6 }, () => r.text(6, DIGITS)).join('|')}`,
  (r) => `_pk_id.${1 + r.below(30)}.${r.text(4, HEX)}=${r.text(16, HEX)}.17${r.text(8, DIGITS)}.`,
  (r) => `intercom-id-${r.text(8, BASE62)}=${uuid(r)}`,
  (r) =>
    `AMP_${r.text(10, HEX)}=${base64({ deviceId: uuid(r), sessionId: 1.7e12 + r.below(1e9), optOut: false })}`,
  (r) =>
    `timezone=${r.pick(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Etc/GMT+12'])}`,
];

export function cookies(): string[] {
  const random = new Random(30);
  return COOKIES.flatMap((cookie) => Array.from({ length: 150 }, () => cookie(random)));
}

/** Ids, signatures, tokens and images as data, of real texts and files. */
export function tokens(): string[] {
  const random = new Random(31);
  const documents = filesOf(/\/(package\.json|README\.md)$/i).map((file) => file.read());
  const images = filesOf(/\.(png|gif|woff2)$/).map(({ path }) => readPackageFile(path));
  return [
    ...documents.flatMap((text) => [
      createHash('md5').update(text).digest('hex'),
      createHash('sha256').update(text).digest('base64'),
      `W/"${text.length.toString(16)}-${createHash('sha1').update(text).digest('base64url')}"`,
      `sha512-${createHash('sha512').update(text).digest('base64')}`,
      Buffer.from(text.slice(0, 600)).toString('base64'),
      Buffer.from(text.slice(0, 300)).toString('base64url'),
      jwt(random, text),
      uuid(random),
      random.text(21, BASE64URL),
      random.text(26, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
      `sk_test_${random.text(24, BASE62)}`,
      `ghp_${random.text(36, BASE62)}`,
    ]),
    ...images.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`),
    ...images.flatMap((bytes) => {
      const text = bytes.toString('base64');
      return Array.from({ length: Math.min(20, Math.floor(text.length / 3000)) }, (_, i) =>
        text.slice(i * 3000, (i + 1) * 3000),
      );
    }),
  ];
}

function jwt(random: Random, text: string): string {
  const claims = {
    iss: 'https://login.example.com/',
    sub: uuid(random),
    name: text.slice(0, 40),
    exp: 1.8e9 + random.below(1e8),
  };
  const head = Buffer.from('{"alg":"RS256","typ":"JWT","kid":"2026-01"}').toString('base64url');
  return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${random.text(342, BASE64URL)}`;
}

function uuid(random: Random): string {
  return random
    .text(36, HEX)
    .replace(/^(.{8}).(.{4}).(.{4}).(.{4}).(.{12})$/, '$1-$2-4$3-$4-$5')
    .replace(/-4(.{3})./, '-4$1');
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
