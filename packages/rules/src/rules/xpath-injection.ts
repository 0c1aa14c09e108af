import { DEEPLY_DECODED, type RuleSource } from '../rule.ts';

const xpath = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(rule.confidence === 'high' && { alsoDecoded: [DEEPLY_DECODED] }),
  ...rule,
  type: 'xpath_injection',
  owasp: 'A03:2021',
  cwe: '643',
  capec: '1000/152/248/83',
});

/** A short value and the quote that ends it: what stands before a condition that is added. */
const CLOSED = String.raw`^[\w@. -]*['"]\s*\)?\s*\]?\s*`;
const FUNCTION =
  '(?:name|local-name|namespace-uri|node-name|count|string-length|substring|substring-before|substring-after|starts-with|ends-with|contains|matches|position|last|true|text|node|string|doc|doc-available|document|translate|normalize-space|lower-case|upper-case|codepoints-to-string|string-to-codepoints|boolean|number|sum|concat|exists|empty|current-date\\w*|base-uri|document-uri|error|unparsed-text\\w*|environment-variable|system-property)';
const PATH = String.raw`(?:/{1,2}\*|/|\.\.|\.\s*[/,)]|parent::|child::|self::|ancestor|descendant|following|preceding|attribute::|@\w)`;

export const XPATH_INJECTION: readonly RuleSource[] = [
  xpath({
    id: 'xpathi-function-condition',
    name: 'XPath injection: a string that ends, and a condition with a function of XPath',
    confidence: 'high',
    about:
      "`' or name()='user' or 'x'='y`, `' and string-length(//a[1])=4 and '1'='1`. Paths that people post begin with the path, and not with the quote that ends one.",
    regex: String.raw`${CLOSED}(?:or|and|=|!=|\||\+|div|mod)\s+(?:not\s*\(\s*)?(?:fn:)?${FUNCTION}\s*\(|^\d+\s+(?:or|and)\s+${FUNCTION}\s*\(\s*${PATH}`,
  }),
  xpath({
    id: 'xpathi-node-set',
    name: 'XPath injection: a predicate that ends, and other nodes after it',
    confidence: 'high',
    about: "A quote and a bracket end the predicate, and a union adds what else is there: `']|//*|a['`.",
    regex: String.raw`^[\w@. -]*['"]\s*\)?\s*\]\s*(?:\||/|\[|\(?\s*//)|${CLOSED}(?:or|and)\s+(?:/{1,2}[\w*]+|\.{1,2}/)`,
  }),
  xpath({
    id: 'xpathi-axis-probe',
    name: 'XPath injection: a function over nodes as the value',
    confidence: 'high',
    about:
      'The structure of a document is read by counting nodes and measuring their names: `count(/child::node())`, `string-length(name(/*[1]))`. As the beginning of a value it is no text, and no search.',
    regex: String.raw`^\s*(?:fn:)?(?:count|name|local-name|string-length|substring|sum|string|normalize-space|boolean)\s*\(\s*(?:(?:fn:)?${FUNCTION}\s*\(\s*)*${PATH}`,
  }),
  xpath({
    id: 'xpathi-path',
    name: 'XPath injection: a path as the value',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A path with predicates in place of what would be compared. Tools that take pages apart are given paths, so this one reports.',
    regex: String.raw`^\s*/{1,2}(?:\*\[|\w+\[\d+\]/|\w+\[(?:\w+|text\(\))(?:/text\(\))?\s*=\s*['"])`,
  }),
  xpath({
    id: 'xpathi-document-function',
    name: 'XPath injection: a function that loads a document, a text or a variable of the system',
    confidence: 'medium',
    about:
      'XPath 2 and XQuery read addresses and files: `doc(concat("http://…", …))`, `unparsed-text("file:///…")`. Style sheets that people post have them too.',
    regex: String.raw`\b(?:doc|doc-available|document|collection|json-doc|unparsed-text(?:-lines|-available)?)\s*\(\s*(?:concat\s*\(\s*)?["'](?:https?|file|ftp|jar)://|\b(?:fn:)?environment-variable\s*\(\s*['"]|\b(?:xmldb|file|http|sql|proc|xquery):(?:read-text|read-binary|read|send-request|execute|system|eval|store|write\w*|list)\s*\(`,
  }),
  xpath({
    id: 'xpathi-xquery',
    name: 'XPath injection: an expression of XQuery after a string that ends',
    confidence: 'high',
    about: 'A quote, and then a loop or a declaration of XQuery over the nodes of the document.',
    regex: String.raw`${CLOSED}(?:or\s+|and\s+|,\s*)?(?:for|let|some|every)\s+\$\w+\s+(?:in|:=)|^\s*for\s+\$\w+\s+in\s+(?:/|doc\s*\(|collection\s*\()`,
  }),
];
