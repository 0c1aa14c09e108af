/**
 * User agents by what sends them: parts of the header's value, in lower case. What an application or a device may have
 * in its name ("hydra", "vega", "absinthe") is written as only the tool writes it. All of it is what the sender says of
 * itself: who lies isn't found by it, and who blocks by it loses nobody who tells the truth.
 */

/** Tools that find and use injections. */
export const INJECTION_TOOLS: readonly string[] = [
  ...['sqlmap', 'sqlninja', 'havij', 'bsqlbf', 'ghauri', 'bbqsql', 'jsql injection', 'sqlsus', 'blisqy'],
  ...['commix', 'xsstrike', 'dalfox', 'xsser', 'pwnxss', 'tplmap', 'sstimap', 'fimap', 'liffy'],
  ...['kadimus', 'lfisuite', 'jexboss', 'xxeinjector', 'ssrfmap', 'graphqlmap', 'crackql', 'log4j-scan'],
  ...['jndiexploit', 'ysoserial'],
];

/** Tools that guess passwords, paths or parameters. */
export const GUESSING_TOOLS: readonly string[] = [
  ...['gobuster', 'dirbuster', 'dirb/', 'dirsearch', 'feroxbuster', 'rustbuster', 'dirstalk', 'cansina'],
  ...['snallygaster', 'fuzz faster u fool', 'ffuf/', 'wfuzz', 'kiterunner', 'arjun/', 'paramspider'],
  ...['turbo intruder', 'patator', '(hydra)', 'thc-hydra', 'brutus/', 'wpforce', 'o365spray', 'webshag'],
  ...['gospider', 'hakrawler', 'cewl/', 'autogetcontent', 'waybackurls'],
];

/** Frameworks for exploitation, clients of web shells, and what worms and mass scans of the internet send. */
export const EXPLOITATION_TOOLS: readonly string[] = [
  ...['metasploit', 'pocsuite', 'antsword/', 'behinder', 'weevely', 'w3af', 'grendel-scan'],
  ...['core-project/1.0', 'masscan', 'zgrab', 'nmap scripting engine', 'nmap nse', 'l9explore', 'l9tcpid'],
  ...['libredtail-http', 'sysscan', 'zmeu', 'morfeus', 'muieblackcat', 'jorgee', 'datacha0s', 'gh0st'],
  ...['r00ts3c', 'pxyscand', 'hello, world', 'mozila/', 'mozlila/'],
  ...['xmlset_roodkcableoj28840ybtide'],
];

/** Open-source scanners for weaknesses, and what belongs to them: proxies, crawlers and fingerprinters of testers. */
export const OPEN_SCANNERS: readonly string[] = [
  ...['nikto', 'nuclei', 'wpscan', 'joomscan', 'droopescan', 'cmsmap', 'cmseek', 'skipfish', 'arachni/'],
  ...['wapiti', 'openvas', 'greenbone', 'zaproxy', 'owasp zap', 'owasp_zap', 'vega/1.', 'golismero'],
  ...['uniscan', 'sitadel', 'jaeles', 'osmedeus', 'ironwasp', 'secubat', 'webvulnscan', 'w9scan', 'ratproxy'],
  ...['webscarab', 'paros/', 'wikto', 'whatweb', 'wafw00f', 'projectdiscovery', 'httpx - open-source'],
  ...['subfinder', 'naabu', 'katana/', 'caido', 'gowitness', 'eyewitness', 'aquatone', 'spiderfoot'],
  ...['theharvester', 'recon-ng', 'sslyze', 'testssl', 'cariddi'],
];

/** Commercial scanners that anyone who has them can aim at anything. */
export const COMMERCIAL_SCANNERS: readonly string[] = [
  ...['acunetix', 'netsparker', 'invicti', 'nessus', 'tenable', 'burp suite', 'burpsuite'],
  ...['burpcollaborator', 'appscan', 'webinspect', 'nexpose', 'rapid7', 'insightappsec', 'hailstorm'],
  ...['n-stalker', 'n-stealth', 'webcruiser', 'websecurify', 'stackhawk', 'hawkscan', 'nodezero', 'pentera'],
  ...['cymulate', 'safebreach'],
];

/** Services that scan what their customers own. */
export const SCANNING_SERVICES: readonly string[] = [
  ...['qualys', 'detectify', 'intruder.io', 'probely', 'veracode', 'whitehat security', 'tinfoil security'],
  ...['edgescan', 'beagle security', 'beaglesecurity', 'hostedscan', 'pentest-tools', 'hackertarget'],
  ...['immuniweb', 'securitymetrics', 'trustkeeper', 'hackerproof', 'sitelock', 'quttera', 'brightsec'],
  ...['aikido security'],
];

/** Who scans the whole internet, for a census, a search engine of devices, or ratings of security. */
export const CENSUS: readonly string[] = [
  ...['censysinspect', 'censys.io', 'shodan', 'expanse, a palo alto', 'paloaltonetworks'],
  ...['internet-measurement', 'internetmeasurement', 'shadowserver', 'binaryedge', 'leakix', 'l9scan'],
  ...['netsystemsresearch', 'onyphe', 'criminalip', 'zoomeye', 'fofa.info', 'hunter.how', 'driftnet'],
  ...['stretchoid', 'modat.io', 'odin.io', 'project sonar', 'project25499', 'cypex.ai', 'visionheight'],
  ...['alphastrike', 'cloudmapping experiment', 'infrawatch', 'netcraftsurveyagent', 'securitytrails'],
  ...['bitsight', 'securityscorecard', 'upguard', 'riskrecon'],
];

/** Other automatic clients, by kind, which are no attack. */
export const AUTOMATIC_CLIENTS = {
  ai_crawler: [
    ...['gptbot', 'oai-searchbot', 'chatgpt-user', 'claudebot', 'claude-user', 'claude-searchbot'],
    ...['anthropic-ai', 'perplexitybot', 'perplexity-user', 'ccbot/', 'bytespider', 'meta-externalagent'],
    ...['meta-externalfetcher', 'amazonbot', 'cohere-ai', 'diffbot', 'mistralai-user', 'youbot', 'ai2bot'],
    ...['timpibot', 'imagesiftbot', 'omgilibot', 'duckassistbot', 'google-cloudvertexbot'],
    ...['gemini-deep-research', 'deepseekbot'],
  ],
  search_engine: [
    ...['googlebot', 'google-inspectiontool', 'googleother', 'adsbot-google', 'mediapartners-google'],
    ...['storebot-google', 'bingbot', 'bingpreview', 'adidxbot', 'duckduckbot', 'yandexbot'],
    ...['yandex.com/bots', 'baiduspider', 'applebot', 'petalbot', 'sogou web spider', 'seznambot'],
    ...['naver.me/spd', 'daumoa', 'yahoo! slurp', 'qwantbot', 'qwantify', 'mojeekbot', 'coccocbot'],
    ...['360spider', 'kagibot', 'exabot'],
  ],
  seo_crawler: [
    ...['ahrefsbot', 'ahrefssiteaudit', 'semrushbot', 'siteauditbot', 'mj12bot', 'dotbot/', 'rogerbot'],
    ...['blexbot', 'screaming frog', 'seokicks', 'serpstatbot', 'dataforseobot', 'barkrowler', 'megaindex'],
    ...['sistrix', 'oncrawl', 'botify', 'deepcrawl', 'lumar.io', 'linkdexbot'],
  ],
  link_preview: [
    ...['facebookexternalhit', 'facebot', 'twitterbot', 'slackbot', 'slack-imgproxy', 'discordbot'],
    ...['telegrambot', 'whatsapp/', 'linkedinbot', 'pinterest.com/bot', 'skypeuripreview', 'redditbot'],
    ...['embedly', 'iframely', 'vkshare', 'mastodon/', 'bluesky cardyb', 'kakaotalk-scrap', 'flipboardproxy'],
    ...['bitlybot'],
  ],
  monitoring: [
    ...['pingdom', 'uptimerobot', 'statuscake', 'datadogsynthetics', 'newrelicpinger', 'site24x7'],
    ...['better uptime', 'betterstack', 'checkly', 'gtmetrix', 'chrome-lighthouse'],
    ...['googlestackdrivermonitoring', 'googlehc/', 'elb-healthchecker', 'amazon-route53-health-check'],
    ...['kube-probe/', 'consul health check', 'prometheus/', 'blackbox exporter', 'blackbox-exporter'],
    ...[
      'grafana k6',
      'k6/0.',
      'k6/1.',
      'updown.io',
      'hetrixtools',
      'freshping',
      'nodeping',
      'catchpoint',
      'ruxitagent',
    ],
    ...['zabbix', 'check_http', 'icinga', 'cloudflare-healthchecks', 'cloudflare-traffic-manager'],
    ...['azure traffic manager endpoint monitor'],
  ],
  feed_reader: [
    ...['feedly', 'feedfetcher-google', 'newsblur', 'inoreader', 'tiny tiny rss', 'freshrss', 'miniflux'],
    ...['netnewswire', 'theoldreader', 'feedbin', 'bazqux', 'podcastaddict', 'overcast/', 'gpodder'],
  ],
  archiver: [
    ...['archive.org_bot', 'ia_archiver', 'heritrix', 'archiveteam', 'arquivo-web-crawler', 'httrack'],
    ...['webcopier', 'offline explorer', 'teleport pro', 'sitesucker', 'apache-nutch'],
  ],
  headless_browser: [
    ...['headlesschrome', 'phantomjs', 'slimerjs', 'casperjs', 'htmlunit', 'puppeteer', 'playwright'],
    ...['selenium'],
  ],
  http_library: [
    ...['curl/', 'wget/', 'python-requests/', 'python-urllib', 'python-httpx/', 'aiohttp/', 'scrapy/'],
    ...['httpie/', 'go-http-client/', 'go-resty/', 'colly - https', 'apache-httpclient/'],
    ...['java-http-client/', 'axios/', 'node-fetch', 'undici', 'got (https', 'libwww-perl/', 'www-mechanize'],
    ...['guzzlehttp/', 'faraday v', 'typhoeus', 'restsharp/', 'powershell/'],
    ...['reqwest/', 'postmanruntime/', 'insomnia/', 'bruno-runtime/'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
