import type { RuleSource } from '../../rule.ts';
import { GAP, template } from './template.ts';

const OPEN = String.raw`(?:[$#*@~]\{|\{\{|\{%|<%|\[\[)`;
const IN = String.raw`(?:[$#*@~]\{[^}\n]*|\{[{%]${GAP}|(?:<%|\[\[).*)`;

export const JAVA: readonly RuleSource[] = [
  template({
    id: 'ssti-freemarker',
    name: 'Template injection: FreeMarker makes objects, or evaluates text',
    confidence: 'high',
    about:
      'The built-ins `?new()`, `?api` and `?interpret` leave the template for Java. Templates of people stay with strings, numbers and dates.',
    regex: String.raw`freemarker\s*\.\s*template\s*\.\s*utility|[\w"']\?\s*new\(\)|[$<\[#].*["'\w)]\?(?:api\s*\.|interpret\b|eval\s*[}?]|eval_json)|\$\{\s*\.(?:data_model|vars\b|globals)`,
  }),
  template({
    id: 'ssti-velocity',
    name: 'Template injection: Velocity climbs to a class',
    confidence: 'high',
    about:
      'A variable is set to the class of another, and from there to the runtime. Directives of people set texts and lists.',
    regex: String.raw`#set\s*\(\s*\$\{?\w+\}?\s*=.*(?:\.\s*class\b|getclass\s*\(|forname\s*\(|getruntime|classloader)|\$\{?\w+\}?\.(?:class|getclass\(\))\.(?:forname|classloader|getclassloader|inspect|type|protectiondomain)|\$class\.(?:inspect|type)\b|#(?:include|parse|evaluate)\s*\(\s*["'](?:/|\.\.|file:)`,
  }),
  template({
    id: 'ssti-thymeleaf',
    name: 'Template injection: an expression that Thymeleaf evaluates first, or a fragment with code',
    confidence: 'high',
    about:
      'Between two underscores Thymeleaf evaluates an expression before the one around it, also in the name of a view. This has no other use in a request.',
    regex: String.raw`__\s*[$*#~@]\{[^\n]+\}\s*__|~\{[^\n}]*\$\{[^\n]*(?:\(|new\s)|\[\[\$\{[^\n]*(?:\bt\s*\(|new\s|\.\s*exec)`,
  }),
  template({
    id: 'ssti-java-classes',
    name: 'Template injection: classes of Java in a template expression',
    confidence: 'high',
    about:
      "`T(java.lang.Runtime)`, `''.getClass().forName(…)`, `new java.io.File` within the marks of Spring, Pebble, Jinjava or Groovy. Placeholders in configuration files only name properties.",
    regex: String.raw`\$\{\s*class\s*\.\s*get\w+|<#assign[^>]*\.\s*class\s*\.|@(?:groovy\.transform\.)?asttest\s*\(|[$#]\{\s*new\s+file\s*\([^)]*\)\s*\.\s*(?:text|bytes|eachline)|${OPEN}\s*(?:t|type)\s*\(\s*[\w.]+\s*\)|${IN}(?:\bt\s*\(\s*java|getruntime\s*\(|processbuilder\b|\.\s*getclass\s*\(\s*\)\s*[.;}]|\.\s*class\s*\.\s*(?:forname|getresource|classloader|protectiondomain)|\bforname\s*\(\s*['"]|scriptenginemanager|\bnew\s+java(?:x?\.|\s)|java\.lang\.(?:runtime|system|class|thread|process)|\bexecute\s*\(\s*\)|newinstance\s*\(\s*\))`,
  }),
  template({
    id: 'ssti-java-scopes',
    name: 'Template injection: scopes of a Java server page in an expression',
    confidence: 'medium',
    about:
      'Scopes of the request and the application print what the server knows. Pages in JSP have such expressions, which people post as code.',
    regex: String.raw`[$#]\{\s*(?:applicationscope|sessionscope|requestscope|pagescope|pagecontext|initparam|facescontext)\b`,
  }),
  template({
    id: 'ssti-xwiki-macro',
    name: 'Template injection: a macro of XWiki that runs a script',
    confidence: 'high',
    about:
      'XWiki runs what stands between `{{groovy}}` and `{{/groovy}}`, also where a search or a name of a page is shown. Other wikis have no scripts of these names.',
    regex: String.raw`\{\{\s*/?\s*(?:groovy|velocity|script)\b[^}]*\}\}|\{\{/python\}\}|\{\{\s*async\s+async\s*=`,
  }),
];
