import { DEEPLY_DECODED, header, KEYS, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { codeInjection } from './code.ts';

const java = codeInjection('java_code_injection', '1000/152/137/6');
const EVERYWHERE = [...RAW_URI, ...VALUES_AND_HEADERS];

/** Look-ups of Log4j's messages. */
const LOOKUP = String.raw`(?:lower|upper|env|sys|java|date|base64|main|web|ctx|map|sd|event|marker|bundle|k8s|docker|log4j|spring)\s*:`;
/** A look-up that comes to a letter or two. */
const LETTER = String.raw`\$\{[\w:.'"-]*:-?['"]?[a-z:ıſ]['"]?\}`;

/** Classes whose objects run something when they are read or set up. */
const GADGET = String.raw`(?:com\.sun\.rowset\.\w+|com\.sun\.org\.apache\.(?:xalan|bcel)\.[\w.]+|com\.sun\.syndication\.\w+|com\.mchange\.v2\.c3p0\.\w+|com\.zaxxer\.hikari\.\w+|com\.caucho\.\w+|com\.ibatis\.\w+|com\.p6spy\.\w+|com\.alibaba\.(?:fastjson|druid)\.[\w.]+|com\.nqadmin\.[\w.]+|org\.apache\.(?:commons\.(?:collections4?|beanutils|configuration2?|dbcp2?|proxy|jelly|fileupload|io|jxpath)|tomcat\.dbcp|ibatis|shiro|xbean|hadoop|openjpa|axis2?|aries|cocoon|velocity|xalan|bcel|log4j|wicket|myfaces|batik|activemq|catalina|ignite|cxf|hadoop)\.[\w.]+|org\.codehaus\.groovy\.[\w.]+|groovy\.(?:util|lang)\.\w+|org\.hibernate\.[\w.]+|org\.springframework\.(?:context|beans|aop|core|jndi|transaction|expression|cache)\.[\w.]+|org\.jboss\.[\w.]+|org\.python\.core\.\w+|org\.mozilla\.javascript\.\w+|ch\.qos\.logback\.core\.\w+\.\w+|br\.com\.anteros\.\w+|oracle\.jdbc\.[\w.]+|bsh\.\w+|clojure\.[\w.]+|javax\.(?:script\.scriptengine\w*|naming\.\w+|swing\.\w+|management\.\w+|imageio\.\w+|el\.\w+)|java\.(?:lang\.(?:autocloseable|class|classloader|runtime|processbuilder|processimpl|system|thread|reflect\.\w+)|net\.(?:url|inet4address|inet6address|inetsocketaddress|urlclassloader)|beans\.(?:xmldecoder|eventhandler)|rmi\.\w+|util\.(?:priorityqueue|logging\.filehandler)|io\.(?:file(?:output|input)stream|inputstream)|security\.\w+)|sun\.(?:rmi|reflect|misc|swing)\.[\w.]+|jdk\.nashorn\.[\w.]+|weblogic\.[\w.]+|ysoserial\b)`;

export const JAVA: readonly RuleSource[] = [
  java({
    id: 'java-log4shell',
    name: 'Java injection: a JNDI look-up in a message (Log4Shell)',
    confidence: 'high',
    inputs: EVERYWHERE,
    about:
      'A look-up by JNDI, or look-ups within look-ups and letter by letter, as they hide one. Shells and templates nest their variables otherwise.',
    regex: String.raw`\$\{\s*jndi\s*:|\$\{[^{}\s]*\$\{(?:${LOOKUP}|:+-)|(?:${LETTER}[^{}\s]{0,4}){2}|\$\{\w{1,4}\$\{[^{}]*:[^{}]*\}|\bjndi\s*:\s*(?:ldaps?|rmi|dns|iiop|corba|nds|nis|https?)\s*:|\$\{(?:j|jn|jnd)\$\{|\$\{(?:main|bundle|k8s|docker|ctx|web|sys|env|java):[^{}]*\}\.[\w.-]+/|:(?:ldaps?|rmi|dns)://[^\s/}]*\$\{(?:env|sys|java|hostname)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-message-lookup',
    name: 'Java injection: a look-up that tells of the system',
    confidence: 'medium',
    inputs: EVERYWHERE,
    about:
      'The value is a look-up of the environment or the system. Configuration files have such too: only reported.',
    regex: String.raw`^[^a-z$]*\$\{(?:env|sys|java|docker|k8s|main|bundle|ctx|web):[\w.:-]+\}\s*$`,
  }),
  java({
    id: 'java-text-interpolation',
    name: 'Java injection: an interpolation that runs a script or fetches (Text4Shell)',
    confidence: 'high',
    inputs: EVERYWHERE,
    about:
      'Interpolations of Commons Text and Commons Configuration that run scripts, look up names or fetch.',
    regex: String.raw`\$\{\s*(?:script\s*:\s*\w+\s*:|dns\s*:\s*(?:address|name|canonicalname)?\s*[|:]|url\s*:\s*utf-?8\s*:|const\s*:\s*java|xpath\s*:|resourcebundle\s*:|urldecoder\s*:|base64decoder\s*:)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-ognl',
    name: 'Java injection: OGNL, as Struts and Confluence evaluate it',
    confidence: 'high',
    inputs: EVERYWHERE,
    about:
      "Static calls with at-signs, the context's variables, and settings of member access: nothing else is written so.",
    regex: String.raw`[%$]\{.*(?:#_?memberaccess|#context\b|@java\.lang\.|@org\.apache|@com\.opensymphony|#\w+\s*=\s*(?:new\b|@|#)|\(#\w+\s*=|getruntime|#cmd\b|#request\b|#application\b|#session\b|#attr\b|#parameters\b)|#_memberaccess|@ognl\.|\bognlcontext\b|\(#[\w.]+=[^)]+\)\.\(#|@java\.lang\.(?:runtime|system|processbuilder|class|thread|string|math|integer)@|@\w+(?:\.\w+){2,}@\w+\s*\(|%\{\s*\(?\s*\d+\s*[*+-]\s*\d+|^[%$]?\{?#?\(?['"#(]*(?:#\w+\s*=\s*){1,2}.*@|\bxwork2?\.(?:methodaccessor|dispatcher)\b|allowstaticmethodaccess|excludedclasses|denymethodexecution|^(?:redirect|action|redirectaction):\s*[$%]\{`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-runtime',
    name: 'Java injection: a program is started through reflection or an expression',
    confidence: 'high',
    inputs: EVERYWHERE,
    about:
      'A program is started in one expression, by names in text. Code that people post imports classes and keeps objects in variables.',
    regex: String.raw`\bjava\.lang\.runtime\b['"]?\s*\)?\s*[.\])@]|\bgetruntime['"]?\s*(?:\(|,)[^)\n]*\)*\s*\)?\s*\.\s*(?:exec|invoke)\b.*[)}\]]\s*\}|^[^a-z]*(?:\w+\s*[=;]\s*)?(?:java\.lang\.)?runtime\s*\.\s*getruntime|\bruntime\s*\.\s*getruntime\s*\(\s*\)\s*;[^\n]*\.exec\s*\(\s*["']|^[^a-z]*(?:new\s+java\.\w+\.\w+\s*\(|(?:java\.lang\.)?thread\s*\.\s*sleep\s*\(\s*\d|com\.opensymphony\.xwork)|\bnew\s+java\.lang\.processbuilder\b|(?:^|[{(=\s])new\s+processbuilder\s*\([^)\n]*\)\s*\.\s*start|\bclass\.forname\s*\(\s*['"]java(?:x?\.script|\.lang\.(?:runtime|process))|\.getclass\s*\(\s*\)\s*\.\s*(?:forname|getclassloader|getsuperclass|getmethods?|getdeclaredmethods?|getprotectiondomain)\s*\(|\.class\s*\.\s*forname\s*\(|\bjavax\.script\.scriptengine\w*['"\s)(.]|\bjava\.type\s*\(\s*['"]java|\bpackages\.java(?:x)?\.|\bload\s*\(\s*['"]nashorn|\bjava\.lang\.(?:processbuilder|shutdown)\b\s*[)@.(]|\bdefineclass\s*\(.*\bdecode|\bgetengineby(?:name|extension)\s*\(\s*['"](?:js|javascript|nashorn|groovy)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-expression-language',
    name: 'Java injection: an expression of Spring, JSP or Faces',
    confidence: 'high',
    inputs: EVERYWHERE,
    about:
      'Types, constructors and reflection within the braces of an expression. Templates that people post name properties.',
    regex: String.raw`\bt\s*\(\s*(?:java|javax|org|com|sun)\s*\.\s*[\w.\s]+\s*\)\s*\.|[#$*@~]\{\s*(?:new\s+java|t\s*\(|['"]{2}\s*\.\s*(?:get)?class|['"]\w*['"]\s*\.\s*(?:getclass|class)\b|[\w.]+\.getclass\s*\()|__\$\{.*\}__\s*::|[#$]\{\s*(?:pagecontext|facescontext|applicationscope|sessionscope|requestscope)\b[^}]*(?:getclass|classloader|setattribute|getsession|invoke|\.exec)|^[^a-z]*[#$]\{\s*(?:pagecontext|facescontext|applicationscope|sessionscope|requestscope|initparam|header)\b|[#$]\{[^}]*\.getclass\s*\(\s*\)|@(?:groovy\.transform\.asttest|grab\s*\()|[#$*]\{\s*['"]{2}\s*\[|^[^a-z]*(?:print(?:ln)?[\s(]*|(?:def\s+)?\w+\s*=\s*)?['"][^'"]+['"]\s*\.\s*execute\s*\(\s*\)|['"]\s*\.execute\(\)\s*\.\s*text\b|\[\s*['"](?:/bin/)?(?:ba)?sh['"]\s*,[^\]]*\]\s*\.\s*execute\s*\(|\bjenkins\.(?:instance|model)\b.*\.`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-routing-expression',
    name: "Java injection: an expression in Spring Cloud Function's header",
    confidence: 'high',
    inputs: header('spring.cloud.function.routing-expression'),
    transformers: [],
    about: 'The header is evaluated by Spring Cloud Function; no client sends it.',
    regex: String.raw`\S`,
  }),
  java({
    id: 'java-class-loader',
    name: 'Java injection: the class loader through bound fields (Spring4Shell)',
    confidence: 'high',
    // libddwaf reads keys only of every input that follows one with keys_only: the address comes first.
    inputs: [...RAW_URI, ...KEYS],
    transformers: [],
    about: "A field's name that leads from an object to its class and on: binders set what it names.",
    regex: String.raw`\bclass(?:\.|\[['"]?|%5b|%2e)module(?:\.|\[|\]|%5[bd]|%2e|['"])|\bclass(?:\.|\[['"]?|%2e)(?:class_?loader|protectiondomain|resources)\b|\bclassloader(?:\.|\[['"]?)(?:resources|urls|parent|defaultassertionstatus)\b`,
  }),
  java({
    id: 'java-gadget-class',
    name: 'Java injection: a class that runs something when it is read',
    confidence: 'high',
    cwe: '502',
    about:
      "A class's name as the type of an object in JSON, YAML or XML, from the libraries whose classes run something when they are set up. JSON-LD's types have other names, and stack traces a method after the name.",
    regex: String.raw`(?:["']@?(?:type|class|\$type)["']\s*:\s*["']?(?:l|\[)*|\[\s*["']|!!|<|<(?:\w+:)?(?:object|void|java|new|class|string|array|bean)\s[^>]*class\s*=\s*["'])${GADGET}|^(?:l|\[)*${GADGET};?$|!!(?:javax?|com|org)\.[\w.$]+(?:\s*[\[{(]|$)|<void\s+(?:method|property|class|index)\s*=|<(?:sorted-set|tree-map|map|linked-hash-set|list)>\s*(?:<entry>\s*|<string>[^<]*</string>\s*)*<dynamic-proxy>|<dynamic-proxy>\s*<interface>|\bclass\s*=\s*["']java\.beans\.xmldecoder|<work:workcontext\b.*<java|\bresolves-to\s*=\s*["']`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  java({
    id: 'java-serialized-object',
    name: 'Java injection: a serialised object',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    transformers: [],
    caseSensitive: true,
    about: 'How a stream of serialised objects begins: as bytes, in base64 and in hexadecimal.',
    regex: String.raw`(?:^|[^\w+/=])(?:rO0AB[QXYZa-f]|KztAAV)|\xac\xed\x00\x05|\xc2\xac\xc3\xad\x00\x05|(?i:aced0005(?:7[0-9a-f]))`,
  }),
  java({
    id: 'java-page',
    name: 'Java injection: a server page that runs something',
    confidence: 'high',
    about:
      'A scriptlet of JSP with a call that starts programs, loads classes or reads a password, as web shells have it.',
    regex: String.raw`<%.*(?:getruntime|processbuilder|defineclass|urlclassloader|request\.getparameter\s*\(\s*["'](?:cmd|pwd|pass|c|i|command|exec)["'])|<jsp:(?:scriptlet|declaration|expression)>.*(?:getruntime|processbuilder|defineclass|getparameter)|<%@\s*page\s+import\s*=\s*["']java\.(?:io|util|lang)[^%]*%>\s*<%`,
  }),
];
