/** Files that are asked for by name: those that say who the users are, how a system is set up, or how to get in. */
import { DECODED, DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES, VALUES_AND_HEADERS } from '../../rule.ts';
import { ANYWHERE, END, file, oneOf, PARAMETERS, PATH, UP, URI_PATH, WORD } from './fragments.ts';

/** Of Unix, from the root: nothing but administration reads these. */
const ACCOUNTS_AND_PROCESSES = oneOf([
  String.raw`etc/(?:passwd|g?shadow|master\.passwd|sudoers|opasswd)[-~]?`,
  String.raw`etc/security/(?:passwd|user|group|opasswd|environ|limits)`,
  String.raw`etc/sudoers\.d/\w+`,
  String.raw`etc/ssh/(?:sshd?_config|ssh_host_\w+|authorized_keys)`,
  'etc/ssl/private/[\\w.-]+',
  String.raw`etc/pki/tls/private/[\w.-]+`,
  String.raw`etc/kubernetes/(?:admin\.conf|kubelet\.conf|pki/[^\s<>]+|manifests/[^\s<>]+)`,
  String.raw`proc/(?:self|thread-self|\d+|\*)/(?:environ|cmdline|maps|mem|stat(?:us|m)?|fd(?:/\d+)?|fdinfo|root|cwd|exe|mounts|mountinfo|cgroup|auxv|sched|loginuid|net/\w+|task|ns)`,
  'proc/(?:version|cpuinfo|meminfo|mounts|sched_debug|kallsyms|kcore|modules|partitions|cmdline|filesystems|net/(?:arp|tcp6?|udp6?|route|fib_trie|dev|unix))',
  String.raw`(?:var/)?run/secrets/[^\s<>]+`,
  String.raw`(?:var/)?run/(?:docker|crio/crio|containerd/containerd|podman/podman)\.sock`,
  String.raw`var/lib/(?:kubelet|docker|cloud|mlocate/mlocate\.db|mysql/mysql|pgsql|postgresql)[^\s<>]*`,
  String.raw`root/\.\w[^\s<>]*`,
  String.raw`root/(?:anaconda-ks\.cfg|flag(?:\.txt)?|root\.txt|proof\.txt)`,
  String.raw`boot/grub2?/(?:grub\.(?:cfg|conf)|menu\.lst)`,
  String.raw`home/[\w.-]+/\.(?:ssh|bash|zsh|aws|kube|docker|config|gnupg|mysql|psql|git|npm|netrc|pgpass|viminfo|profile)[^\s<>]*`,
]);

/** Of a user or of a tool, wherever they lie. */
const KEYS_AND_HISTORIES = oneOf([
  String.raw`\.ssh/(?:id_\w+|authorized_keys2?|known_hosts|config|identity)(?:\.pub)?`,
  String.raw`\.(?:bash|zsh|sh|ash|mysql|psql|sqlite|python|node_repl|irb|lesshst|rediscli|dbshell|mongo)_?history`,
  String.raw`\.aws/(?:credentials|config)`,
  String.raw`\.azure/(?:accesstokens|azureprofile|msal_token_cache)\.\w+`,
  String.raw`\.config/gcloud/(?:credentials\.db|access_tokens\.db|application_default_credentials\.json|legacy_credentials[^\s<>]*)`,
  String.raw`\.docker/config\.json`,
  String.raw`\.dockercfg`,
  String.raw`\.kube/config`,
  String.raw`\.gnupg/[\w.-]+`,
  String.raw`\.git/(?:config|head|index|logs/head|packed-refs)`,
  String.raw`\.git-credentials`,
  String.raw`\.netrc|\.pgpass|\.my\.cnf|\.htpasswd|\.dockerenv`,
  String.raw`serviceaccount/(?:token|namespace|ca\.crt)`,
]);

/** Of frameworks and servers, in an application's folder. */
const SETTINGS = oneOf([
  String.raw`web-inf/(?:web\.xml|classes/[^\s<>]+|lib/[^\s<>]+|[\w-]+\.xml)`,
  String.raw`meta-inf/(?:manifest\.mf|context\.xml|maven/[^\s<>]+)`,
  String.raw`(?:conf|tomcat[\w.-]*)/(?:server|tomcat-users|context|web)\.xml`,
  String.raw`wp-config\.php`,
  String.raw`sites/default/(?:settings|default\.settings)\.php`,
  String.raw`config/(?:database|secrets|credentials|master|storage|initializers/secret_token)\.(?:ya?ml|rb|key|yml\.enc)`,
  String.raw`application(?:-\w+)?\.(?:properties|ya?ml)`,
  String.raw`bootstrap\.ya?ml|appsettings(?:\.\w+)?\.json|applicationhost\.config|web\.config|machine\.config`,
  String.raw`\.env(?:\.\w+)?`,
  String.raw`\.ht(?:access|passwd)`,
  String.raw`global\.asax?`,
  String.raw`localsettings\.php|configuration\.php|parameters\.ya?ml|settings\.py|local_settings\.py|db\.sqlite3`,
  String.raw`config(?:\.inc)?\.php|config\.asp|connect(?:ion)?\.inc(?:\.php)?`,
]);

/** Of Windows, from a drive or after steps up. */
const WINDOWS = oneOf([
  String.raw`(?:windows|winnt)/(?:win|system|php|my)\.ini`,
  String.raw`(?:windows|winnt)/system32/(?:config(?:/\w+)?|drivers/etc(?:/\w+)?|inetsrv/[^\s<>]+|license\.rtf|eula\.txt|cmd\.exe|calc\.exe|[\w.]+\.exe)`,
  String.raw`(?:windows|winnt)/(?:repair/(?:sam|system|security|software)|panther/[^\s<>]+|ntds/[\w.]+|debug/[\w.]+|explorer\.exe|iis\d?\.log|windowsupdate\.log)`,
  String.raw`sysprep/?\.?(?:inf|xml)|unattend(?:ed)?\.(?:xml|txt)`,
  String.raw`(?:boot|win|system|desktop)\.ini|autoexec\.bat|pagefile\.sys|ntuser\.dat|ntds\.dit|localstart\.asp`,
  String.raw`inetpub/(?:wwwroot|logs)/[^\s<>]+`,
  String.raw`(?:xampp|wamp(?:64)?|appserv|laragon)/[^\s<>]+`,
  String.raw`program files(?: \(x86\))?/(?:apache|filezilla|xampp|mysql|php|microsoft sql)[^\s<>]+`,
  String.raw`users/[\w. -]+/(?:appdata|ntuser|\.ssh|\.aws|desktop/(?:root|user|proof|flag)\.txt)[^\s<>]*`,
]);

/** What servers write and read, by name: logs into which code can be written, and settings. */
const SERVER_FILE = String.raw`(?:(?:httpd?|apache2?|nginx|lighttpd|litespeed|vsftpd|pro-?ftpd|pure-?ftpd|sshd|squid|bind|named|postfix|exim|dovecot|mysqld?|my|mariadb|postgresql|pg_hba|redis|mongod?|php|php-fpm|fpm|cpanel|nsswitch|resolv|ldap|krb5|smb|snmpd|rsyncd|inetd|xinetd|logrotate|syslog|rsyslog|sysctl|host|modules|ports|vhosts?|default|kern|daemon|boot|cron|user|auth|secure|messages|mail|access|error|ssl|suphp|xferlog|ftp)[\w-]*[._](?:conf|cnf|ini|cfg|log|xml|pid|err|pdb|passwd)\d?(?:[._]\w+)?|[wub]tmpx?|lastlog|faillog|xferlog|maillog|syslog|messages|secure|hosts(?:\.\w+)?|hostname|crontab|fstab|mtab|group|issue(?:\.net)?|motd|environment|profile|bashrc|(?:os|lsb|redhat|alpine)-release|machine-id|envvars|shells|exports|(?:sshd?|ftpd?)_config|(?:access|error)[_-]?log)`;

/** Directories of a Unix system that hold no pages: the value is a path within one of them. */
const SYSTEM_PATH =
  String.raw`(?:(?:(?:etc|proc)(?:/|$)|tmp/(?:sess_|\w*\.(?:php|log|txt|sh))|root/\S|boot/\S|(?:sys/(?:class|kernel|fs|devices|module)|var/(?:log|run|adm|lib|lp|saf|apache2?|spool|mail|cache|db|backups?|lock|opt|crash|cpanel|local|mysql|nfs|cron|yp|webmin|data|www|htdocs|web)|usr/(?:local|lib(?:64|exec)?|share|s?bin|etc|home|pkg(?:src)?|apache2?|ports|spool|adm|obj|www|internet|pbi)|opt/(?:lampp|xampp|apache|httpd|nginx|bitnami|tomcat|jboss|oracle|ibm|splunk|jenkins|webmin)|private/(?:etc|var|tmp)|volumes|library/(?:webserver|logs|preferences)|dev/(?:shm|fd|u?random|zero|mem|kmem|std\w+|sd[a-z]\d?|tcp|udp)|run/(?:lock|systemd|user|mysqld)|srv/(?:www|http|ftp)|mnt/\w|netserver/\w|apache2?/\w|xampp/\w|www/(?:logs?|conf|apache)|home\d?/(?:\w+/)?(?:public_html|www|logs?|conf|stats|mysql))(?:/|$)))`.replaceAll(
    '/',
    String.raw`[\\/]+(?:\.[\\/]+)*`,
  );

export const FILES: readonly RuleSource[] = [
  file({
    id: 'lfi-unix-file',
    name: 'File access: accounts, keys or processes of a Unix system',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is the path of a file that holds accounts, keys or the state of processes, of the system, a container or a cluster, absolute or after any steps. In prose and code such a path is surrounded by other words.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:${PATH}|^[%^.\s]*)${ACCOUNTS_AND_PROCESSES}${END}`,
  }),
  file({
    id: 'lfi-traversal-file',
    name: 'Path traversal: up to accounts, keys or processes, in a parameter',
    confidence: 'high',
    severity: 'high',
    about:
      'Whatever stands before it, white space too, as paths are normalised before anything looks whether their folders exist: a parameter goes up twice and down to a file that holds accounts or the state of processes.',
    inputs: PARAMETERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${UP}{2}(?:[\w.-]+[\\/]+)*(?:${ACCOUNTS_AND_PROCESSES}|${WINDOWS})(?:[^\w-]|$)`,
  }),
  file({
    id: 'lfi-user-file',
    name: 'File access: keys, credentials or histories of users and tools',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is the path of a private key, of credentials of a cloud or of a shell’s history. Documentation names them within sentences; as a whole value, with a directory before it, only a reader of files sends it.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${PATH}${KEYS_AND_HISTORIES}${END}`,
  }),
  file({
    id: 'lfi-windows-file',
    name: 'File access: a file of Windows',
    confidence: 'high',
    severity: 'high',
    about:
      'The value is the path of a file by which attackers try whether Windows gives files away, with a drive or steps before it. People write such paths within sentences, and stack traces name other files.',
    inputs: ANYWHERE,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:${PATH}|^%(?:windir|systemroot|systemdrive|programfiles)%[\\/]+|^[a-z]:)${WINDOWS}${END}`,
  }),
  file({
    id: 'lfi-application-file',
    name: 'File access: settings of an application, after steps',
    confidence: 'high',
    severity: 'high',
    about:
      'The value goes up, or to the root, and names a file of settings of a framework or server: database passwords and signing keys. A link to a page of that name has no `..` before it.',
    inputs: [...VALUES_AND_HEADERS],
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`${WORD}\.\.[\\/](?:[^\s<>"'()]*[\\/])?${SETTINGS}${END}|^(?:[^\s<>"'()?]*[\\/])?(?:web|meta)-inf[\\/]+(?:web\.xml|classes|manifest\.mf|context\.xml)`,
  }),
  file({
    id: 'lfi-application-file-name',
    name: 'File access: settings of an application as the value',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A parameter is nothing but the name of a file of settings, or of a script that installs. Someone may search documentation for it, so it is only reported.',
    inputs: PARAMETERS,
    regex: String.raw`^(?:\.?[\\/]+)*(?:[\w.-]+[\\/]+)*${SETTINGS}(?:[?#&%^\x00]|\s*$)|^(?:\.{0,2}[\\/]+)*(?:\.pass(?:wd|word)?|(?:master\.)?passwd|\.(?:bashrc|bash_(?:profile|login|logout)|profile|login|logout|cshrc|kshrc|zshrc|forward|[rs]hosts|netrc|xauthority|vimrc|viminfo)|(?:[\w.-]+[\\/]+)*(?:_?(?:install|setup|upgrade|data(?:base)?|db(?:ase)?|config|users?(?:\.db)?|connect|inc)\.(?:php\d?|asp|jsp|inc)|(?:php|my|httpd|apache2?|nginx|vsftpd|proftpd|smb|lighttpd|tomcat)\.(?:ini|cnf|conf)|(?:access|error)_log|pass(?:wd|words?)?\.(?:dat|txt|lst|db)))$`,
  }),
  file({
    id: 'lfi-system-path',
    name: "File access: a path in a system's directories as a parameter",
    confidence: 'medium',
    severity: 'high',
    about:
      'A parameter of the address is an absolute path in a directory that holds no pages, such as logs into which an attacker has written code. Consoles of servers may send such paths, so it is only reported.',
    inputs: PARAMETERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^["'\s]*(?:file:)?(?:[a-z]:)?(?:[.;%]*[\\/])+${SYSTEM_PATH}[^\s<>]*\s?[\w.]*$`,
  }),
  file({
    id: 'lfi-server-file',
    name: 'File access: a log or the settings of a server as a parameter',
    confidence: 'high',
    severity: 'high',
    about:
      'A parameter is the absolute path of a log or of the settings of a well-known server in a directory of the system. What is written to a log and then included runs.',
    inputs: PARAMETERS,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`^["'\s]*(?:file:)?(?:[a-z]:)?(?:[.;%]*[\\/])+(?:etc|var|usr[\\/]+(?:local|lib|share|etc|pkg|home|apache2?|ports|spool|internet)|opt|private|volumes|library|program files[^\\/]*|logs|xampp|apache\d?|php\d?|home\d?[\\/]+\w+[\\/]+(?:logs?|conf|etc|stats|public_html|www))[\\/]+(?:[\w. ()+@-]+[\\/]+)*${SERVER_FILE}${END}`,
  }),
  file({
    id: 'lfi-file-in-path',
    name: 'File access: a file of the system in the path of the address',
    confidence: 'high',
    severity: 'high',
    about:
      'The path of the address, decoded, ends in a file that holds accounts or the state of processes. Applications have no pages of these names.',
    inputs: RAW_URI,
    transformers: DECODED,
    regex: String.raw`${URI_PATH}(?:${ACCOUNTS_AND_PROCESSES}|${WINDOWS})${END}`,
  }),
  file({
    id: 'lfi-file-in-text',
    name: 'File access: a file of the system in a field of a document',
    confidence: 'medium',
    severity: 'high',
    about:
      'Within a longer text, such as XML or a query that is a value, an element or field is the path of a file that holds accounts, or steps lead up to it. Documentation of systems quotes such paths, so it is only reported.',
    inputs: VALUES,
    regex: String.raw`(?:[\w"'/]>|[\w\]]=)\s*["']?(?:file:)?(?:[.;%]*[\\/])+${ACCOUNTS_AND_PROCESSES}\s*(?:$|[<&"'])|${UP}{2}${ACCOUNTS_AND_PROCESSES}`,
  }),
];
