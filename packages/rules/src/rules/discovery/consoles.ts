/** Pages from which systems are administered, and those that tell of themselves. */
import type { RuleSource } from '../../rule.ts';
import { ANY_FOLDER, anyOf, discovery, END, FEW_FOLDERS } from './fragments.ts';

/** Those that give away secrets or run code as they come. */
const DANGEROUS = anyOf({
  'Spring Boot': String.raw`(?:actuator|manage(?:ment)?|monitor(?:ing)?)(?:/|;[^?#/]*/)(?:heapdump|env(?:/[^?#]*)?|gateway/[^?#]*|jolokia[^?#]*|shutdown|threaddump|httptrace|trace|dump|configprops|logfile|mappings|beans|auditevents|sessions|loggers|hawtio|restart|refresh|caches|scheduledtasks)`,
  PHP: String.raw`(?:_?(?:old_)?php_?-?info\d?|info|infophp|php|pinfo|phpversion|linusadmin-phpinfo)\.php\d?(?:\?-?=?phpinfo)?|_profiler/(?:phpinfo|open|empty/search/results)|_environment|_wdt/[^?#]*|frontend_dev\.php(?:/\$)?|app_dev\.php(?:/_profiler)?|_debugbar/[^?#]*|telescope/requests|_ignition/(?:health-check|scripts/[^?#]*)|clockwork/(?:app|latest)`,
  Java: String.raw`(?:web-|admin-)?jmx-console/?[^?#]*|invoker/[\w/]+|web-console/?[^?#]*|jolokia(?:/[^?#]*)?|axis2?(?:-admin|/axis2-admin|/services/adminservice)|druid/(?:index|weburi|websession|sql|login)\.\w+|hystrix(?:\.stream)?|h2-console/?[^?#]*|host-manager/html|manager/(?:html|text|status|jmxproxy)(?:/[^?#]*)?|console/(?:login/loginform\.jsp|framework/[^?#]*|images/[^?#]*|css/[^?#]*)`,
  'IIS and .NET': String.raw`(?:elmah|trace)\.axd|_vti_(?:bin|pvt|cnf|inf)[^?#]*|umbraco/[\w/]+\.as[hm]x|iisadmin[^?#]*|iisstart\.[^?#]*|aspnet_client/[^?#]+`,
  'web servers': String.raw`server-(?:status|info)|nginx_status|php-?fpm[_-]?(?:status|ping)|fpm-status|_status/php|balancer-manager|perl-status|basic_status`,
  'shells that others left': String.raw`(?:c99|c100|r57|wso\d*|b374k|alfa(?:cgiapi|new\d*|-?shell|rexhp\d?|dheat)?|webshell|shell\d*|cmd|simple-?(?:shell|backdoor)|php-?(?:shell|backdoor)|antsword|behinder|godzilla|gelembung|indoxploit|marijuana|leafmailer|wp-blog-post|mah|gank|bypass|xleet(?:-shell)?|0byte|1337|priv8|lock360|shx|wp-22|fox|an0n\w*|ioxi\w*|moduless|classwithtostring|0x)\d*\.(?:php\d?|phtml|jspx?|aspx?|ashx|cfm)|(?:alfa_data|alfacgiapi)/[^?#]*|wp-content/(?:uploads|plugins|themes)/[^?#]*/(?:shell|cmd|up|upload(?:er)?|c99|wso|alfa|mini)\d*\.php`,
});

const CONSOLES = anyOf({
  databases: String.raw`(?:_?php-?my-?admin[\w.-]*|p[hm]a(?:\d{4}|my)?|mysql-?(?:admin|manager)?|my-?sql-?admin|sqladmin|dbadmin|db-admin|websql|sqlmanager|sqlweb|php-?pgadmin|pgadmin\d?|adminer(?:-[\w.]+)?(?:\.php)?|sqlitemanager|rockmongo|mongo-express|phpmemcachedadmin|redis-commander|myadmin|sqlbuddy)(?:/(?:index\.php|scripts/setup\.php|setup/?(?:index\.php)?|changelog|readme|main\.php|doc/html/[^?#]*))?`,
  'content management': String.raw`(?:wp|wordpress|blog|new|old|site|cms|web|test|shop|\d{4}|website|news|media|sito|wp\d)?/?(?:wp-login\.php|wp-admin(?:/(?:install|setup-config|admin-ajax|css/?|includes/?|index|user)[\w.]*)?|wp-includes/(?:wlwmanifest\.xml|[^?#]*\.php)|wp-json/(?:wp/v2/users|oembed)[^?#]*|wp-cron\.php|wp-content/(?:plugins|themes|uploads)/[^?#]*\.php|wp-content/debug\.log|xmlrpc\.php)|administrator/(?:index\.php|manifests/[^?#]*|components/[^?#]*|language/[^?#]*)?|user/register\?element_parents[^#]*|typo3/(?:index\.php|install\.php|install/?)|umbraco/?(?:login|default\.aspx)?|sitecore/(?:admin|login|shell)[^?#]*|bitrix/admin[^?#]*|magento_version|downloader/index\.php|core/install\.php|install(?:ation)?/index\.php|(?:test|i|pi?|t|\d|temp|time|adm|up|setup|install)\.php|phpinfo|wp-content/backup-db/?|global\.asax|thumbs\.db`,
  operations: String.raw`hudson/?|actuator/?|em/console(?:/[^?#]*)?|lucee/admin/[^?#]*|evox/about|nmaplowercheck\d+|(?:jenkins|hudson)/(?:script|login|asynchpeople|view/all/newjob)?|script\b(?:/?$|text)|nacos/(?:index\.html|v1/[^?#]*)?|zabbix/(?:index\.php|jsrpc\.php)?|nagios(?:xi)?/[^?#]*|cacti/(?:index|remote_agent)\.php|solr/(?:admin/[^?#]*)?|kibana/app[^?#]*|app/kibana|grafana/login|rabbitmq|portainer|webmin/?|cpanel/?|whm/?|plesk/?|vesta/login/|ispconfig|geoserver/web/?[^?#]*|_cat/(?:indices|nodes|health)[^?#]*|_all_dbs|_nodes/?[^?#]*|_cluster/(?:health|settings)[^?#]*|v2/_catalog|v2/keys/?[^?#]*|v1/(?:agent/self|kv/?[^?#]*|catalog/[^?#]*)|containers/json|api/v1/(?:namespaces|pods|secrets)(?:/[^?#]*)?|debug/(?:pprof|vars|default/view)[^?#]*|metrics/find/?|consul/?|argo-?cd/?|airflow/login|hub/login|version/?json|swarm|info/version`,
  appliances: String.raw`(?:owa|ecp|reportserver)/?|(?:remote|sslvpn|vpn|citrix|dana-na|global-protect|[ +]cscoe[ +]|logon|cgi/login|tmui|mgmt|ui/vropspluginui|vsphere-client|sdk/vimservice|websso|saas|auth/cfg|rdweb|owa|ecp|autodiscover|mapi|rpc|microsoft-server-activesync|lync|reportserver)(?:/(?:log(?:in|on)(?:\.esp|\.jsp|\.html)?|index\.html|logon\.aspx|auth/logon\.aspx|auth/url_\w+/welcome\.cgi|logonpoint/[^?#]*|xenapp/?|auth/login\.aspx|url_default/welcome\.cgi|portal/[^?#]*|prelogin\.esp|getconfig\.esp|autodiscover\.(?:xml|json)|default\.aspx|pages/[^?#]*|exporttool/[^?#]*))`,
  cameras: String.raw`(?:cgi-bin/(?:login|main|webproc|nas_sharing|hi3510|snapshot|viewer|test|printenv|env|whoami|bash|sh|status|authlogin)[\w.-]*|pages/login\.htm|doc/(?:page/login|script/common)[\w.]*|isapi/security/[^?#]*|onvif-?[^?#]*|axis-cgi/[^?#]*|system\.ini\?loginuse|get_status\.cgi|dvr/cmd|webcapture\.jpg|login\.(?:cgi|rsp|htm)|currentsetting\.htm|rom-0|upnp/[^?#]+|tr069|stssys\.htm|webfig/?|winbox/?|menu/stapp|portal/redlion|api/jsonws[^?#]*)`,
});

export const CONSOLES_AND_SHELLS: readonly RuleSource[] = [
  discovery({
    id: 'discovery-dangerous-page',
    name: 'File discovery: a page that gives away secrets or runs code',
    confidence: 'high',
    severity: 'medium',
    about:
      'Consoles and diagnoses that hand out memory, settings or a prompt to whoever asks, and the names of scripts by which attackers keep servers. Monitoring asks for health and metrics, which are left alone.',
    owasp: 'A05:2021',
    cwe: '200',
    regex: `${FEW_FOLDERS}${DANGEROUS}${END}`,
  }),
  discovery({
    id: 'discovery-console',
    name: 'File discovery: the sign-in or a page of a well-known product',
    confidence: 'medium',
    severity: 'low',
    about:
      'Scanners look for the consoles of databases, content management, operations and appliances. Where one is in use its users ask for it too, so it is only reported.',
    owasp: 'A05:2021',
    cwe: '200',
    regex: `^/+${CONSOLES}${END}|${ANY_FOLDER}(?:wp-login\\.php|xmlrpc\\.php|wlwmanifest\\.xml)${END}`,
  }),
];
