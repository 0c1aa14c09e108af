/** Files that are left in the folder of a site by mistake. */
import type { RuleSource } from '../../rule.ts';
import { ANY_FOLDER, anyOf, discovery, END, FEW_FOLDERS } from './fragments.ts';

const SECRETS = anyOf({
  environment: String.raw`\.env(?:rc)?(?:[._-]?[\w-]+)*~?|\.flaskenv|env\.(?:bak|old|save|backup)`,
  git: String.raw`\.git(?:/(?:config|head|index|description|packed-refs|commit_editmsg|(?:fetch|orig)_head|logs/?\w*|(?:objects|refs|info|hooks|branches)/?[^?#]*)?)?|\.git-credentials|\.gitconfig|git/config`,
  'other versions': String.raw`\.svn(?:/(?:entries|wc\.db|all-wcprops|text-base/?[^?#]*|props/?))?|\.hg(?:/(?:hgrc|store/?[^?#]*|dirstate|requires))?|\.bzr/[\w-]+|cvs/(?:root|entries)|_darcs/prefs/?`,
  clouds: String.raw`\.aws/(?:credentials|config)|\.azure/\w+\.json|\.config/gcloud/?[^?#]*|\.boto|\.s3cfg|\.gcloud/[^?#]*|(?:gcp|google|aws|azure|firebase)?-?(?:service-?account|credentials)(?:[_-]?key|-file)?\.json|accesskeys?\.csv|rootkey\.csv`,
  keys: String.raw`\.ssh/\w+|(?:id_(?:rsa|dsa|ecdsa|ed25519)|identity|authorized_keys)(?:\.pub|\.bak)?|(?:private|privkey|server|ssl|localhost|key|cert|domain)[\w-]*\.(?:key|pem|pfx|p12|jks|keystore)|\.gnupg/[^?#]+`,
  registries: String.raw`\.(?:npmrc|yarnrc|pypirc|dockercfg|netrc|pgpass|my\.cnf|htpasswd|htaccess|remote-sync\.json|ftpconfig|ftpquota|sftp-config\.json|esmtprc|msmtprc|mailrc|rediscli_history)|\.docker/config\.json|\.kube/config|\.terraform(?:/[^?#]*)?|terraform\.tfstate(?:\.backup)?|[\w-]*\.tfvars|ansible/hosts|vault\.ya?ml|secrets?\.(?:ya?ml|json|toml|env|txt)`,
  editors: String.raw`\.vscode/(?:sftp|settings|launch|ftp-sync)\.json|\.idea/(?:workspace|webservers|datasources|deployment|modules|dictionaries)[\w./]*|\.ds_store|sftp(?:-config)?\.json|nbproject/private/[^?#]*|\.project|\.settings/[^?#]+|\.cursor/mcp\.json|\.claude/settings(?:\.local)?\.json`,
  histories: String.raw`\.(?:bash|zsh|sh|mysql|psql|python|node_repl)_history|\.(?:bashrc|bash_profile|profile|zshrc|viminfo|lesshst)`,
  WordPress: String.raw`wp-config\.php|wp-config(?:-(?:sample|backup|old))?(?:\.php)?[._~-]?(?:\.?(?:bak|old|orig|save|swp|swo|txt|inc|zip|tar\.gz|dist|copy|backup|php[_~]|\d))+~?|\.wp-config\.php\.sw\w|wp-config\.php~`,
  'settings of frameworks': String.raw`(?:config|configuration|settings|localsettings|database|db|connect|conn|parameters)(?:\.inc)?\.php(?:[._~-](?:bak|old|orig|save|swp|txt|backup|dist|\d)?|~)+|web\.config(?:\.(?:bak|old|txt))?|appsettings(?:\.\w+)?\.json|application(?:-\w+)?\.(?:properties|ya?ml)|bootstrap\.ya?ml|(?:config|app/config)/(?:database|secrets|credentials|parameters|master)\.(?:ya?ml|key|yml\.enc|php)|local_?settings\.py|web-inf/(?:web\.xml|classes/?[^?#]*|lib/?[^?#]*)|meta-inf/(?:manifest\.mf|maven/[^?#]*)|storage/logs/laravel\.log|sites/default/settings\.php|app/etc/(?:env\.php|local\.xml)|includes/configure\.php~?|config/aws\.ya?ml`,
});

/** Whole databases and sites, at the root or in the folders where they are put in a hurry. */
const SUFFIX = String.raw`(?:[._-]?(?:\d[\w.-]*|back_?up|bak|old|dump|db|prod(?:uction)?|full|final|copy|new|latest|export))*`;
const PACKED = String.raw`(?:zip|rar|7z|tgz|tbz2?|tar(?:\.(?:gz|bz2|xz|lzma|zst))?|gz|bz2|xz|z|war|bak|old)`;
const DUMPS = anyOf({
  backups: String.raw`(?:(?:full|site|web|db|database|mysql|www|wp|data|server|sql)?[._-]?(?:back-?_?ups?|bak|bck|bkp|dump(?:all)?))${SUFFIX}\.(?:${PACKED}|sql(?:\.${PACKED})?|json|db|dump)`,
  databases: String.raw`(?:\w+[._-])?(?:db|database|mysql(?:dump)?|sql|data|dump|users?|customers?|accounts|members|clients|localhost|wordpress|wp|site|website|web|www|home|archive|old|new|prod(?:uction)?|staging|test|dev|main|app|shop|store|magento|joomla|drupal|forum|admin|temp|\d+)${SUFFIX}\.sql(?:\.${PACKED})?`,
  sites: String.raw`(?:old|bak|www(?:root)?|htdocs|public_html|httpdocs|html|website|site|wordpress|wp|web|(?:[\w-]+\.)+(?:com|net|org|io|co|de|fr|ru|cn|uk|br|it|es|nl|pl))${SUFFIX}\.${PACKED}`,
});

const LEFT = anyOf({
  'copies of source': String.raw`[^?#/]+\.(?:php\d?|jspx?|aspx?|html?|txt|cgi|py|rb|pl|java|cs|js|ts|ini|conf|cnf|ya?ml|xml|json|properties|inc|sql|env|config|htaccess)(?:[.~_-](?:bak|back|backup|old|orig|original|save|saved|sav|copy|tmp|temp|swp|swo|dist|disabled|inc|\d)|~)`,
  'files of editors': String.raw`\.[^?#/]+\.sw[a-p]|[^?#/]+(?:~|\.sw[op])|#[^?#/]+#`,
  databases: String.raw`[\w-]+\.(?:sql|sqlite3?|mdb|accdb|kdbx?|ldf|mdf|bak|dump|rdb)(?:\.(?:gz|zip|bz2|xz))?`,
  logs: String.raw`(?:error|access|debug|laravel|production|development|npm-debug|php_?errors?|install|application|catalina|server|mail|sql)_log(?:\.(?:txt|log|gz|\d))?|(?:error|access|debug|laravel|production|development|npm-debug|php_?errors?)\.log`,
  'how it was built': String.raw`\.(?:gitignore|gitattributes|gitmodules|gitlab-ci\.ya?ml|travis\.ya?ml|circleci/config\.ya?ml|drone\.ya?ml|dockerignore|editorconfig|eslintrc|babelrc|php-?cs[\w.]*|phpunit[\w.]*|ftppass|hgignore|cvsignore|bowerrc|jshintrc|rspec|ruby-version|php_cs)|(?:docker-compose(?:[.-][\w-]+)?|compose)\.ya?ml|dockerfile|jenkinsfile|vagrantfile|makefile|procfile|gemfile(?:\.lock)?|composer\.(?:json|lock|phar)|requirements\.txt|pipfile(?:\.lock)?|pom\.xml|build\.gradle|package-lock\.json|yarn\.lock|gruntfile\.js|gulpfile\.js|phpunit\.xml(?:\.dist)?|sonar-project\.properties|serverless\.ya?ml|buildspec\.ya?ml|cloudformation\.ya?ml`,
});

export const FILES: readonly RuleSource[] = [
  discovery({
    id: 'discovery-secret-file',
    name: 'File discovery: a file with secrets that should not be served',
    confidence: 'high',
    severity: 'medium',
    about:
      'Scanners ask every host for the files in which secrets lie if a site is put up carelessly: environments, repositories, keys, settings. No page links to one, and sites that show source code have it deeper.',
    owasp: 'A05:2021',
    cwe: '538',
    regex: `${FEW_FOLDERS}${SECRETS}${END}`,
  }),
  discovery({
    id: 'discovery-dump',
    name: 'File discovery: a dump of a database or a site',
    confidence: 'high',
    severity: 'medium',
    about:
      'Scanners ask for archives and dumps by the names that people give them in a hurry, at the root or in a folder for them. What a site offers for download has the name of a product and a version.',
    owasp: 'A05:2021',
    cwe: '530',
    regex: String.raw`^/+(?:(?:back_?-?ups?|bak|back|old|dbs?|sql|dumps?|database|data|te?mp|restore|admin|public|wp-content(?:/uploads)?)/+)?${DUMPS}${END}`,
  }),
  discovery({
    id: 'discovery-left-file',
    name: 'File discovery: copies, logs and files of the build',
    confidence: 'medium',
    severity: 'low',
    about:
      'Copies that editors and people make, databases, logs, and the files by which a project is built: they tell of versions and paths. Sites that show source code serve some of them, so it is only reported.',
    owasp: 'A05:2021',
    cwe: '530',
    regex: `${ANY_FOLDER}${LEFT}${END}`,
  }),
];
