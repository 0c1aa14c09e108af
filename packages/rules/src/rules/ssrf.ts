import { DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES, VALUES_AND_HEADERS } from '../rule.ts';

const ssrf = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'ssrf',
  owasp: 'A10:2021',
  cwe: '918',
  capec: '1000/225/115/664',
});

/** Schemes by which anything at all is asked for; a list, because any word before a colon would keep the search busy. */
const SCHEME = String.raw`(?:https?|wss?|s?ftps?|gopher|dict|ldap[is]?|tftp|imaps?|smtps?|pop3s?|smb|redis|mongodb|mysql|postgres(?:ql)?|amqp|file|netdoc|jar|jdbc:\w+|svn|git|ssh|telnet|rtsp|view-source:https?)`;

/** A URL from its scheme to its host, as lenient parsers read it, at the start of a value. */
const USER = String.raw`(?:[^/?#\s]*@)?`;
const TO_HOST = String.raw`^[\s"'(<]*(?:url[:=]\s*)*(?:(?:https?|wss?|ftp):[\\/]*|${SCHEME}:[\\/]{2,}|[\\/]{2,})${USER}`;
const HTTP_TO_HOST = String.raw`^[\s"'(<]*(?:url[:=]\s*)*(?:https?|wss?|ftps?|gopher|dict):[\\/]*${USER}`;
const HOST_END = String.raw`\.?(?:[:/?#\\\s"'<>@%&]|$)`;

/** Addresses under which clouds give a machine its settings and credentials. */
const METADATA_ADDRESS = String.raw`(?:169\.254\.(?:169\.(?:25[34]|123)|170\.(?:2|23)|42\.42|0\.23|1\.1)|100\.100\.100\.200|192\.0\.0\.192|168\.63\.129\.16|\[?(?:fd00:ec2:(?::|0:0:0:0:)(?:254|23)|fd20:ce::254|fd00:42::42|(?:0*:)*:?ffff:(?:169\.254\.169\.254|a9fe:a9fe)|64:ff9b::(?:169\.254\.169\.254|a9fe:a9fe))\]?)`;

const METADATA_NAME = String.raw`(?:(?:metadata|instance-data)(?:\.google)?(?:\.ec2)?\.internal|metadata\.(?:goog|tencentyun\.com|packet\.net|platformequinix\.com|azure\.(?:com|internal)|nic\.ovh|cloud\.ibm\.com)|api\.metadata\.cloud\.ibm\.com|instance-data|rancher-metadata(?:\.rancher\.internal)?|kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?|[\w-]+\.svc\.cluster\.local|host\.docker\.internal|gateway\.docker\.internal|metadata\.service\.consul)`;

const METADATA_PATH = String.raw`(?:/latest/(?:meta-data|user-data|dynamic/instance-identity|api/token)|/computemetadata/v1|/metadata/(?:instance\?api-version|identity/oauth2|v1(?:\.json|/maintenance|/id|/user-data))|/opc/v[12]/(?:instance|vnics|identity)|/openstack/latest|/hetzner/v1/metadata|/v2/credentials/[\da-f-]{8}|/instance_identity/v1|/2009-04-04/meta-data|/latest/meta_data)`;

/** One part of an address in numbers, in any base. */
const NUMBER = String.raw`(?:0x[\da-f]+|\d+)`;

/** Addresses in a notation that parsers take and no one writes: as one number, hexadecimal, octal, short, too large. */
const ODD_ADDRESS = String.raw`(?:\d{8,10}|0x[\da-f]{5,}|0[0-7]{9,}|(?:${NUMBER}\.){0,3}0x[\da-f]+(?:\.${NUMBER}){0,3}|(?:${NUMBER}\.){0,3}0\d+(?:\.${NUMBER}){1,3}|(?:${NUMBER}\.){1,3}0\d+|\d{1,3}\.\d{1,8}|\d{1,3}\.\d{1,3}\.\d{1,5}|(?:\d{1,3}\.){0,3}(?:[3-9]\d{2}|2[6-9]\d|25[6-9])(?:\.\d{1,3}){0,3}\.\d{1,3}|\[(?:[0:]*:(?:ffff:)?(?:0:)?|64:ff9b::)(?:\d{1,3}\.){3}\d{1,3}\]|\[[0:]*:ffff:[\da-f]{1,4}:[\da-f]{1,4}\])`;

/** Digits and dots that become those of ASCII on the way to a resolver: enclosed, full-width and raised ones. */
const LOOKALIKE = String.raw`[①-⓿⁰-₉²³¹０-９ａ-ｚ．。｡․𝟎-𝟿]`;

const LOOPBACK = String.raw`(?:localhost(?:\.localdomain|6(?:\.localdomain6)?)?|ip6-(?:localhost|loopback)|127(?:\.\d{1,3}){3}|0\.0\.0\.0|0|\[[0:]*:0*1?\]|\[(?:0+:){7}0*1?\])`;
const PRIVATE = String.raw`(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|198\.1[89](?:\.\d{1,3}){2}|\[f[cd][\da-f]{2}:[\da-f:]*\]|\[fe[89ab][\da-f]:[\da-f:%\w]*\])`;

/** Names that anyone may ask for and that resolve to whatever address they carry, or to the local host. */
const REBINDING = String.raw`(?:(?:[nx]ip|sslip|backname)\.io|rbndr\.us|1u\.ms|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|localho\.st|fuf\.me|ulh\.us|yoogle\.com|local\.gd|lcl\.host|traefik\.me|127-0-0-1\.org\.uk|bugbounty\.dod\.network|rebind\.(?:network|it)|taviso\.io|singularity\.me|whonow\.\w+|nip\.direct|sslip\.direct)`;

/** Domains by which testers learn that a server has asked for a name or page. */
const CALLBACK = String.raw`(?:burpcollaborator\.net|oastify\.com|oast\.(?:pro|live|site|online|fun|me)|interact(?:sh)?\.(?:sh|com)|(?:dnslog|eyes|ceye|callback\.red|dig\.pm)\.(?:cn|link|sh|io|pw|gq|ml|red)|callback\.red|dig\.pm|bxss\.(?:me|in)|xss\.(?:ht|report)|r87\.me|oob\.li|pingb\.in|dnsbin\.zhack\.ca|requestbin\.(?:net|com|io)|requestcatcher\.com|canarytokens\.(?:com|org|net)|tu4\.org|ezxss\.com|dns\.outbound\.watchtowr\.com|qualysperiscope\.com|bb\.ptr\.ist|collab\.\w+\.\w+)`;

/** Ports and paths of services that have no password inside a network. */
const INNER_SERVICE = String.raw`:(?:2375|2376|2379|2380|4194|6443|10250|10255|10256|8500|8600|4646|6379|11211|27017|5984|9200|9300|15672|50070|8088|7001|61616|3306|5432|1433|22|23|25|110|139|445|3389)(?:[/?#\\_%]|$)`;

export const SSRF: readonly RuleSource[] = [
  ssrf({
    id: 'ssrf-cloud-metadata',
    name: "SSRF: a cloud's metadata service",
    confidence: 'high',
    severity: 'critical',
    about:
      'The value is a URL of the service by which a cloud gives a machine its credentials, or an inner name of a cluster; or a path that only these services have. Documentation of clouds has such URLs within commands and sentences.',
    inputs: VALUES_AND_HEADERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:${TO_HOST}|^[\s"'(<]*)(?:${METADATA_ADDRESS}|${METADATA_NAME})${HOST_END}|^\S*[a-z\d\]]${METADATA_PATH}`,
  }),
  ssrf({
    id: 'ssrf-cloud-metadata-within',
    name: "SSRF: a cloud's metadata service within a value or the path",
    confidence: 'medium',
    severity: 'high',
    about:
      'The same within a longer text, such as a document or a template, or in a path as proxies have it. Documentation of clouds looks alike, so it is only reported.',
    inputs: [...VALUES, ...RAW_URI],
    regex: String.raw`(?:[/=@"'>]|%2f)(?:${METADATA_ADDRESS}|metadata\.google\.internal|metadata\.tencentyun\.com)[:/?#\s"'<]`,
  }),
  ssrf({
    id: 'ssrf-odd-address',
    name: 'SSRF: a URL with an IP address in an unusual notation',
    confidence: 'high',
    severity: 'high',
    about:
      'Parsers of addresses take one number, hexadecimal and octal parts, two or three parts, parts above 255 and IPv4 within IPv6; filters often compare text. No person or program writes the host of a URL like that.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`${HTTP_TO_HOST}${ODD_ADDRESS}${HOST_END}`,
  }),
  ssrf({
    id: 'ssrf-lookalike-host',
    name: 'SSRF: a URL whose host is written with look-alike digits, letters or dots',
    confidence: 'high',
    severity: 'high',
    about:
      'Enclosed and full-width characters and the full stops of other scripts become ASCII when a name is resolved (UTS 46), behind the filter. International domain names have letters of a language instead.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`${TO_HOST}[^\s/?#<>"]*${LOOKALIKE}`,
  }),
  ssrf({
    id: 'ssrf-inner-service',
    name: 'SSRF: a service of the local host or network that needs no password',
    confidence: 'high',
    severity: 'high',
    about:
      'A parameter of the address is a URL of a port on an inner address at which databases, containers and clusters listen. Redirects of applications under development go to ports of pages.',
    inputs: [{ address: 'server.request.query' }, { address: 'server.request.path_params' }],
    regex: String.raw`${TO_HOST}(?:${LOOPBACK}|${PRIVATE})(?:${INNER_SERVICE}|[:\d]*/(?:_cat|_search|_nodes|containers/json|images/json|version/json|v1/(?:agent|kv|catalog)|v2/keys|api/v1/(?:namespaces|secrets|pods|nodes)|pods|run/|exec/|server-status|actuator|jolokia|nginx_status|_all_dbs|solr/))`,
  }),
  ssrf({
    id: 'ssrf-loopback',
    name: 'SSRF: a URL of the local host',
    confidence: 'medium',
    severity: 'medium',
    about:
      'The value is a URL of the host itself, as a server sees it. Applications under development redirect there, so it is only reported.',
    inputs: VALUES,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${TO_HOST}(?:[\w.-]+\.localhost|${LOOPBACK})${HOST_END}`,
  }),
  ssrf({
    id: 'ssrf-loopback-form',
    name: 'SSRF: the local host in a form other than its name',
    confidence: 'high',
    severity: 'high',
    about:
      'The local host by an address that only filters that look for `localhost` and `127.0.0.1` make necessary: another of its 16 million addresses, the unspecified one, IPv6, or with a user before it.',
    inputs: [{ address: 'server.request.query' }, { address: 'server.request.path_params' }],
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${TO_HOST}(?:127\.(?:\d{1,3}\.\d{1,3}\.(?:[2-9]|\d{2,3})|\d{1,3}\.(?:[1-9]\d{0,2})\.\d{1,3}|[1-9]\d{0,2}\.\d{1,3}\.\d{1,3})|0\.0\.0\.0|0|\[[0:]*:\]|\[(?:0+:)+[0:]*1\]|\[:[0:]+0+1\]|localhost(?:\.localdomain|6)|ip6-(?:localhost|loopback))${HOST_END}|^\s*https?:[\\/]+[^/?#\s<>"]+@(?:${LOOPBACK}|${PRIVATE})${HOST_END}`,
  }),
  ssrf({
    id: 'ssrf-private-network',
    name: 'SSRF: a URL of a private network',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A parameter of the address is a URL of an address that only an inner network has. Consoles of devices send such URLs, so it is only reported.',
    inputs: VALUES,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${TO_HOST}${PRIVATE}${HOST_END}`,
  }),
  ssrf({
    id: 'ssrf-inner-name',
    name: 'SSRF: a URL of a host that has a name inside a network only',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A parameter of the address is a URL whose host ends in a domain that only an inner network has, or has no domain and a port at which services listen. Applications inside such a network have links like that, so it is only reported.',
    inputs: [{ address: 'server.request.query' }, { address: 'server.request.path_params' }],
    regex: String.raw`${TO_HOST}(?:[a-z][\w-]*${INNER_SERVICE}|(?:[\w-]+\.)+(?:internal|intranet|corp|lan|local|localdomain|home\.arpa|consul|private)${HOST_END})`,
  }),
  ssrf({
    id: 'ssrf-scheme',
    name: 'SSRF: a scheme by which other services can be talked to',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is a URL of a scheme that browsers do not have and that lets an HTTP client send bytes to a database or mail server, or read files.',
    inputs: VALUES,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^[\s"'(<]*(?:url:\s*)*(?:(?:gopher|dict|netdoc|tftp|ldapi|http[+ ]unix|unix|fastcgi|uwsgi|dns|ogg|rmi|iiop|corba\w+):[\\/]{2}[^\s]|jar:(?:https?|file|ftp)|(?:data|url|local):(?:file|gopher|dict)|(?:https?://)?unix:/(?:var|run|tmp))`,
  }),
  ssrf({
    id: 'ssrf-service-scheme',
    name: 'SSRF: a URL of a directory, mail, file or database service',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A parameter of the address is a URL of a service that is no web server. Settings are sent in bodies; links to such services are rare.',
    inputs: [{ address: 'server.request.query' }, { address: 'server.request.path_params' }],
    regex: String.raw`^[\s"'(<]*(?:url:\s*)*(?:ldaps?|s?ftps?|imaps?|smtps?|pop3s?|smb|cifs|nfs|ssh|telnet|rsync|svn|mysql|postgres(?:ql)?|redis|mongodb|amqp|memcached?|jdbc:\w+):[\\/]{2}[^\s]`,
  }),
  ssrf({
    id: 'ssrf-injected-commands',
    name: 'SSRF: line breaks and commands of another protocol in a URL',
    confidence: 'high',
    severity: 'critical',
    about:
      'A URL in whose host or path line breaks and commands of Redis, SMTP or HTTP are hidden, for clients that send them as they are.',
    inputs: VALUES,
    regex: String.raw`^\s*${SCHEME}:[\\/]{1,3}\S*\s*(?:http/[\d.]+\s*)?[\r\n]+\s*(?:slaveof|replicaof|config\s+set|flushall|flushdb|eval\s|set\s+\S+\s|module\s+load|quit|save|helo|ehlo|mail\s+from|rcpt\s+to|auth\s|stats|(?:get|post|put|delete)\s+\S+\s+http/|(?:host|content-length|x-[\w-]+)\s*:)|^\s*(?:gopher|dict)://\S*(?:\*\d|%2a\d|_)`,
  }),
  ssrf({
    id: 'ssrf-confused-host',
    name: 'SSRF: a URL whose host parsers read in two ways',
    confidence: 'high',
    severity: 'high',
    about:
      'A `#`, `?` or backslash right before an at sign, two at signs or two ports, or a null byte or line break in the host: one parser checks the one name, and another asks the other. URLs with a user have one at sign after a name.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`^[\s"'(<]*(?:${SCHEME}:[\\/]*|[\\/]{2,})[^/?#\s<>"@]*(?:[#?\\&;]+@|@[^/?#\s<>"@]*@|@[^/?#\s<>"@]*\\|:\d+:\d|:\d+[#?\\]+@|%(?:00|0[ad]|09|23|40|5c|2f)[\w.@-]*\.\w)|^\s*https?:[\\/]+[^/?#\s<>"@]+\.[^/?#\s<>"@]+\\[^\s]`,
  }),
  ssrf({
    id: 'ssrf-rebinding-domain',
    name: 'SSRF: a domain that resolves to an inner address',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is a URL or host below a public name whose addresses the asker chooses. Prose about such services names the service, without a host below it.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:${TO_HOST}|^\s*)(?:[\w-]+\.)+${REBINDING}${HOST_END}|${TO_HOST}${REBINDING}${HOST_END}`,
  }),
  ssrf({
    id: 'ssrf-callback-domain',
    name: 'SSRF: a domain that reports who asks for it',
    confidence: 'high',
    severity: 'high',
    about:
      'A host below a domain of a service that tells testers of lookups and requests: whatever the way by which it was to be asked for, an attack that answers nothing is being tried.',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`\.${CALLBACK}${HOST_END}|//${CALLBACK}(?:[/:?#]|$)`,
  }),
  ssrf({
    id: 'ssrf-request-bin',
    name: 'SSRF: an address that shows the requests that it gets',
    confidence: 'medium',
    severity: 'medium',
    about:
      'The value is a URL at a service that shows requests or opens a tunnel. Developers try webhooks with them, so it is only reported.',
    inputs: VALUES,
    regex: String.raw`${TO_HOST}(?:[\w-]+\.)*(?:webhook\.site|(?:hookb\.in|hookbin\.com)|m\.pipedream\.net|beeceptor\.com|ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|serveo\.net|mockbin\.org|ptsv[23]\.com|httpdump\.app|putsreq\.com)${HOST_END}`,
  }),
];
