import type { InputDefinition } from '@wardline/waf';
import { DECODED, DEEPLY_DECODED, header, type RuleSource } from '../rule.ts';

const upload = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'unrestricted_file_upload',
  owasp: 'A04:2021',
  cwe: '434',
  capec: '1000/225/122/17/650',
});

/** Names of uploaded files: as a parser of forms gives them, in headers, and in the fields where APIs have them. */
const NAMES: readonly InputDefinition[] = [
  { address: 'server.request.body.filenames' },
  ...['filename', 'fileName', 'file_name', 'originalname', 'originalName', 'originalFilename'].map(
    (name) => ({
      address: 'server.request.body',
      key_path: [name],
    }),
  ),
  ...['x-filename', 'x-file-name'].flatMap(header),
];
const DISPOSITION = header('content-disposition');
const CONTENT: readonly InputDefinition[] = [{ address: 'server.request.body.files_content' }];

/** What servers run if it lies where they look: PHP, Java, ASP.NET, ColdFusion, CGI, server-side includes. */
const RUN = String.raw`(?:ph(?:p[3-8s]?|tml?|ar|pt)|pht|pgif|inc\.php|jsp[xfa]?|jsw|jsv|jhtml|war|ear|as(?:a|ax|cx|hx|mx|px?)|axd|cshtml|vbhtml|cer|cdx|rem|soap|svc|cf[mc]|cfml|dbm|cgi|fcgi|shtml?|stm)`;
const PICTURE = '(?:jpe?g|png|gif|webp|bmp|svg|ico|tiff?)';

export const UPLOADS: readonly RuleSource[] = [
  upload({
    id: 'upload-script-name',
    name: 'Upload: a file that a server would run',
    confidence: 'high',
    severity: 'critical',
    about:
      'The name of an uploaded file ends in an extension that web servers and application servers run. Visitors upload pictures and documents; whoever takes source code should leave this rule out.',
    inputs: NAMES,
    transformers: DECODED,
    regex: String.raw`[^\s<>]\.${RUN}(?:[.\s_]*|::\$\w+|;[^/\\]*|/|%20|%0a)$`,
  }),
  upload({
    id: 'upload-double-extension',
    name: 'Upload: an extension that is run before one that is not',
    confidence: 'high',
    severity: 'critical',
    about:
      'Servers that look for an extension anywhere in a name, or cut it at a semicolon, colon or null byte, run `x.php.jpg` where a check has seen a picture.',
    inputs: NAMES,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`\w\.${RUN}(?:\.+${PICTURE}|[;:/\\%\x00\s]+(?:\d\d)?\.?\w{2,5})\W*$`,
  }),
  upload({
    id: 'upload-server-settings',
    name: 'Upload: settings of a server',
    confidence: 'high',
    severity: 'critical',
    about:
      'A file by which the server of a folder is set up, and told to run pictures or to put code before each page.',
    inputs: [{ address: 'server.request.body.filenames' }],
    transformers: DECODED,
    regex: String.raw`(?:^|[\\/])(?:\.htaccess|\.htpasswd|\.user\.ini|php\.ini|web\.config|\.env(?:\.\w+)?|authorized_keys|\.bashrc|crontab|httpd\.conf|uwsgi\.ini|__init__\.py)\W*$`,
  }),
  upload({
    id: 'upload-path-in-name',
    name: 'Upload: a name that leads out of the folder',
    confidence: 'high',
    severity: 'high',
    about:
      'Browsers send the name of a file without folders, or with those below the one that was chosen. Steps up or a root make an application that takes the name as it comes write elsewhere.',
    inputs: [{ address: 'server.request.body.filenames' }],
    transformers: DECODED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`(?:^|[\\/])\.{2,}[\\/]|^[\\/](?:etc|var|usr|tmp|root|home|proc|opt|inetpub|windows)[\\/]|^[a-z]:[\\/](?:inetpub|windows|xampp|wamp)|\x00`,
  }),
  upload({
    id: 'upload-program-name',
    name: 'Upload: a program, a script of an interpreter, or a page',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Programs, scripts and pages harm who opens them, or the server if it runs them. Developers upload them too, so it is only reported.',
    inputs: [{ address: 'server.request.body.filenames' }],
    transformers: DECODED,
    regex: String.raw`\w\.(?:exe|dll|scr|com|bat|cmd|ps1|psm1|vbs|vbe|jse|wsf|wsh|hta|msi|msp|pif|cpl|jar|lnk|url|scf|reg|sct|application|gadget|chm|xll|iqy|slk|sh|bash|py|pl|rb|lua|s?html?|xhtml|mht(?:ml)?|svgz?|swf|xslt?)[.\s]*$`,
  }),
  upload({
    id: 'upload-disposition',
    name: 'Upload: a file that a server would run, in the header of a request',
    confidence: 'high',
    severity: 'critical',
    about:
      'A request whose body is a file names it in its header; the name ends in an extension that servers run, or leads out of the folder.',
    inputs: DISPOSITION,
    transformers: DECODED,
    regex: String.raw`filename\*?\s*=\s*(?:[\w-]*'[\w-]*'|["'])?[^"';]*(?:\.${RUN}["'.\s]*(?:;|$)|\.\.[\\/])`,
  }),
  upload({
    id: 'upload-hidden-code',
    name: 'Upload: code of a server in a picture or document',
    confidence: 'high',
    severity: 'critical',
    about:
      'A file that begins as a picture, document or archive holds an opening tag of PHP or JSP, for a server that can be made to run it. Compressed pictures have no such tags with a name after them.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`^(?:gif8[79]a|.?png\r\n|[\x{ff}\x{fffd}]|%pdf-|bm|pk\x03\x04|riff|<svg|<\?xml)(?s:.*)<(?:\?(?:php\b|=\s*[\x60$\w(])|%\s*@?\s*(?:page|eval|execute|import|response|request|runtime|=)|script\s+(?:language\s*=\s*["']?php|runat\s*=\s*["']?server))`,
  }),
  upload({
    id: 'upload-shell',
    name: 'Upload: a script that runs what it is sent',
    confidence: 'high',
    severity: 'critical',
    about:
      'The file hands parts of a request to a function that runs commands or code, as scripts do by which attackers keep a server. Programs that are uploaded for other reasons take no commands from a request.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`\b(?:eval|assert|system|exec|passthru|shell_exec|popen|proc_open|create_function|call_user_func\w*|preg_replace|base64_decode|include|require)(?:_once)?\s*\([^;\n]*\$\{?_(?:get|post|request|cookie|server|files)\b|\b(?:include|require)(?:_once)?\s+\$_(?:get|post|request|cookie)|\x60\s*\$\{?_(?:get|post|request|cookie)\b|\$_(?:get|post|request|cookie)\s*\[[^\]\n]*\]\s*\(|getruntime\s*\(\s*\)\s*\.\s*exec\s*\(\s*request|<%[\s@]*(?:eval|execute(?:global)?)\s*\(?\s*request|\beval\s*\(\s*request(?:\.(?:item|form|querystring))?\s*[(\[]|processstartinfo\s*\([^;\n]*request|request\.getparameter\s*\([^)\n]*\)\s*\)?\s*;?[^;\n]*(?:\.exec\s*\(|processbuilder|defineclass)|(?:exec|processbuilder)\s*\([^;\n]*request\.getparameter|wscript\.shell[^\n]*request`,
  }),
  upload({
    id: 'upload-script-content',
    name: 'Upload: a file that begins as a script of a server, or as a program',
    confidence: 'medium',
    severity: 'high',
    about:
      'The file begins with the opening tag of PHP or JSP, with the line that names an interpreter, or as a program of Unix or Windows. Developers upload such files too, so it is only reported.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`^(?:\xef\xbb\xbf|\x{feff})?\s*(?:<\?php\b|<\?=|<%@?\s*(?:page|language|import|webhandler|webservice)|#!\s*/|\x7felf|mz[\x00\x{90}\x{fffd}])`,
  }),
  upload({
    id: 'upload-settings-content',
    name: 'Upload: settings that make a server run pictures, or put code before pages',
    confidence: 'high',
    severity: 'critical',
    about:
      'The content of a file says that the server is to run other extensions, or which file comes before each page. It is settings of a server by whatever name.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`\b(?:addtype|addhandler|sethandler|forcetype)\s+["']?(?:application/x-(?:httpd-)?php|php\d?-script|cgi-script|server-parsed|x-httpd)|\bauto_(?:prepend|append)_file\s*=|php_value\s+auto_|<handlers[^>]*>(?s:.*)(?:scriptprocessor|<add\s)|<(?:system\.webserver)[\s>](?s:.*)handlers`,
  }),
  upload({
    id: 'upload-archive-path',
    name: 'Upload: an archive whose entries lead out of its folder',
    confidence: 'high',
    severity: 'high',
    about:
      'The name of an entry goes several steps up, so that a program that unpacks it writes elsewhere. Archives have the names of entries uncompressed, and none that packs a folder makes such names.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`pk\x03\x04(?s:.{4,40}?)(?:\.\.[\\/]){2}`,
  }),
  upload({
    id: 'upload-active-svg',
    name: 'Upload: a picture in SVG with script',
    confidence: 'high',
    severity: 'high',
    about:
      'An SVG that runs script in who looks at it, or asks other files for content. Programs that draw write neither scripts nor handlers.',
    inputs: CONTENT,
    transformers: [],
    regex: String.raw`<svg\b(?s:.*)(?:<script|\bon(?:load|error|click|mouse\w+|begin|focus\w*)\s*=|javascript:|<foreignobject(?s:.*)<iframe|data:text/html)|<!entity\s+\S+\s+(?:system|public)\b(?s:.*)<svg\b`,
  }),
];
