import { type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

type Parts = Omit<RuleSource, 'type' | 'cwe' | 'capec'>;

const template = (rule: Parts): RuleSource => ({
  ...rule,
  type: 'template_injection',
  cwe: '1336',
  capec: '1000/152/242',
});

export const TEMPLATE_INJECTION: readonly RuleSource[] = [
  template({
    id: 'ssti-arithmetic-probe',
    name: 'Template injection: arithmetic that shows whether it is evaluated',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`(?:\{\{-?|[$#@*]\{|<%=?|\{%|\{=|@\(|\[\[|\{)\s*['"]?\d{1,12}['"]?\s*[*+/-]\s*['"]?\d{1,12}['"]?\s*(?:-?\}\}|\}|%>|%\}|\)|\]\])`,
  }),
  template({
    id: 'ssti-python',
    name: 'Template injection: the internals of Python in Jinja, Mako or Tornado',
    confidence: 'high',
    regex: String.raw`(?:\{[{%]|\$\{|<%).*(?:__(?:class|mro|base|bases|subclasses|globals|builtins|import|init|getitem|dict)__|\bself\.(?:_|module)|\brequest\.(?:application|environ|args)|\bconfig\.(?:items|from_|__)|\blipsum\b|\bcycler\b|\bjoiner\b|\bget_flashed_messages\b|\|\s*attr\s*\(|\bos\.(?:popen|system)|\bpopen\s*\()|\{\{\s*(?:config|self|settings\.SECRET_KEY)\s*\}\}|\.__(?:class|mro|globals|subclasses|builtins)__\b`,
  }),
  template({
    id: 'ssti-javascript',
    name: 'Template injection: the internals of JavaScript in Handlebars, Pug, EJS, Nunjucks or Angular',
    confidence: 'high',
    regex: String.raw`(?:\{\{|[#$]\{|<%[=-]?).*(?:\bconstructor\b|__proto__|\bprocess\.|\bmainmodule\b|\brequire\s*\(|\bglobal\.|\blookup\s+string|\$on\.|\$eval\b|range\.constructor)`,
  }),
  template({
    id: 'ssti-java',
    name: 'Template injection: FreeMarker, Velocity, Thymeleaf or Pebble',
    confidence: 'high',
    regex: String.raw`<#assign\b[^>]+(?:\?new|freemarker)|freemarker\.template\.utility|['"]\s*\?\s*new\s*\(\s*\)|\?(?:new|api)\(\)|#set\s*\(\s*\$\w+\s*=.*(?:class|runtime)|\$class\.inspect|\$\{.*\.getclass\s*\(|\{\{.*\.getclass\s*\(|__\$\{.+\}__::`,
  }),
  template({
    id: 'ssti-php',
    name: 'Template injection: Twig, Smarty or Blade',
    confidence: 'high',
    regex: String.raw`\b_self\.env\b|registerundefinedfiltercallback|\{\{.*\|\s*(?:filter|map|sort|reduce)\s*\(\s*['"]\w+|\{php\}|\{(?:system|exec|passthru|shell_exec)\s*\(|\{\$smarty\.|\{literal\}|self::getstreamvariable|\{\{\s*(?:app|dump\s*\(\s*app)\b`,
  }),
  template({
    id: 'ssti-ruby',
    name: 'Template injection: ERB, Slim or Haml',
    confidence: 'high',
    regex: String.raw`<%=?\s*(?:system|exec|\x60|io\.|file\.|dir\.|%x|eval|require|kernel|self\b|global_variables|instance_variables)|#\{\s*(?:system|exec|%x|\x60|io\.popen|file\.(?:open|read))`,
  }),
];

const xml = (rule: Parts): RuleSource => ({
  inputs: VALUES_AND_HEADERS,
  ...rule,
  type: 'xxe',
  cwe: '611',
  capec: '1000/152/248/250',
});

export const XXE: readonly RuleSource[] = [
  xml({
    id: 'xxe-external-entity',
    name: 'XXE: an external entity',
    confidence: 'high',
    regex: String.raw`<!entity\s+(?:%\s*|&#x25;\s*)?[\w.:-]+\s+(?:system|public)\b`,
  }),
  xml({
    id: 'xxe-external-doctype',
    name: 'XXE: a document type that is loaded from elsewhere',
    confidence: 'high',
    regex: String.raw`<!doctype\s+[\w.:-]+\s+system\s+["'](?:file|https?|ftp|php|expect|jar|netdoc|gopher|//)`,
  }),
  xml({
    id: 'xxe-entity-bomb',
    name: 'XXE: entities made of entities',
    confidence: 'high',
    regex: String.raw`<!entity\s+[\w.:-]+\s+["'](?:\s*&[\w.:-]+;){2,}`,
  }),
  xml({
    id: 'xxe-xinclude',
    name: 'XXE: inclusion of a file by XInclude or a style sheet',
    confidence: 'high',
    regex: String.raw`<xi:include\b[^>]*href\s*=|<xsl:(?:include|import|value-of)[^>]+(?:document\s*\(|system-property|file:)|<\?xml-stylesheet[^>]+href\s*=\s*["'](?:file|https?):`,
  }),
  {
    id: 'ssi-directive',
    name: 'Server-side include: a directive in a value',
    type: 'ssi_injection',
    confidence: 'high',
    cwe: '97',
    capec: '1000/152/253/101',
    inputs: VALUES_AND_HEADERS,
    regex: String.raw`<!--\s*#\s*(?:exec|include|echo|config|fsize|flastmod|printenv|set)\b|<esi:(?:include|inline|debug|vars)\b`,
  },
  {
    id: 'ldap-filter',
    name: 'LDAP injection: a filter that is closed and extended',
    type: 'ldap_injection',
    confidence: 'medium',
    cwe: '90',
    capec: '1000/152/248/136',
    regex: String.raw`^[\w*.@ -]*\)\s*(?:\(\s*[|&!]|\(\w+\s*[~<>]?=)|^\*\s*\)|\(\s*[|&!]\s*\(\w+\s*=\s*\*?\)?`,
  },
];
