import { ACCOUNT_FIELDS, fields, SECRET_FIELDS } from '../fields.ts';
import { DEEPLY_DECODED, KEYS, RAW_URI, type RuleSource } from '../rule.ts';

/** Operators of filters of MongoDB, which other document databases share. */
const COMPARISON = '(?:eq|ne|gte?|lte?|n?in|not|exists|mod|regex|where|all|size|elemmatch|bitsallset)';
const LOGIC = '(?:or|and|nor|expr|jsonschema)';
const OPERATOR = `(?:${COMPARISON}|${LOGIC})`;
/** Those that run JavaScript. */
const CODE = '(?:where|function|accumulator|mapreduce)';
/** Operands that are true of every document. */
const ANYTHING = String.raw`(?:&|#|$|(?:0|1|-1|true|false|null|nil|none|undefined|x|a|\.\*|%2e\*|%5e|\^|''|%00)(?:&|#|$))`;

const nosql = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(rule.confidence === 'high' && !rule.inputs && { alsoDecoded: [DEEPLY_DECODED] }),
  ...rule,
  type: 'nosql_injection',
  owasp: 'A03:2021',
  cwe: '943',
  capec: '1000/152/248/676',
});

export const NOSQL_INJECTION: readonly RuleSource[] = [
  nosql({
    id: 'nosqli-operator-in-credential',
    name: 'NoSQL injection: an operator where a name or a password belongs',
    confidence: 'high',
    about:
      'A filter in place of a text makes a login true of any account: `{"password": {"$ne": null}}`. A name or a password is a text, whatever else the API takes.',
    inputs: fields([...ACCOUNT_FIELDS, ...SECRET_FIELDS, 'id', '_id']).map((input) => ({
      ...input,
      transformers: ['keys_only', 'urlDecodeUni'],
    })),
    regex: String.raw`^\s*[$&]${OPERATOR}\s*$`,
  }),
  nosql({
    id: 'nosqli-code-key',
    name: 'NoSQL injection: an operator that runs JavaScript as the name of a field',
    confidence: 'high',
    severity: 'critical',
    about:
      '`$where` and `$function` run a program in the database. APIs that let clients filter leave these out.',
    inputs: KEYS,
    regex: String.raw`^\s*[$&]${CODE}\s*$|\[\s*\$${CODE}\s*\]`,
  }),
  nosql({
    id: 'nosqli-operator-key',
    name: 'NoSQL injection: an operator as the name of a field',
    confidence: 'medium',
    about:
      'Query parsers make objects of `name[$ne]=1`, which drivers take for filters. Some APIs, of Strapi, Feathers and Parse, let clients filter that way, so this one reports.',
    inputs: KEYS,
    regex: String.raw`^\s*[$&](?:${OPERATOR}|lookup|out|merge|unionwith)\s*$|\[\s*\$${OPERATOR}\s*\]`,
  }),
  nosql({
    id: 'nosqli-operator-in-address',
    name: 'NoSQL injection: an operator in brackets in the address, with an operand that everything fulfils',
    confidence: 'high',
    about:
      '`user[$ne]=`, `code[$gt]=`, `pass[$regex]=.*`: a comparison that every document passes, or one of a password. Filters of APIs compare with something.',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    regex: String.raw`\[\$(?:ne|n?in|gte?|lte?|exists|not|regex|eq)\](?:\[\d*\])?=${ANYTHING}|[?&](?:user\w*|login|e?mail|pass\w*|pwd|token|otp|code|secret|auth)\[\$${OPERATOR}\]|\[\$${CODE}\]=`,
  }),
  nosql({
    id: 'nosqli-operator-value',
    name: 'NoSQL injection: an operator and its operand as the value',
    confidence: 'high',
    about:
      'Where an application parses a parameter as JSON, `{"$gt": ""}` is a filter. Such a value has the operator at its very beginning; documents that people post have names of fields there.',
    regex: String.raw`^\s*['"]?\s*\{\s*['"]?[$&]${COMPARISON}['"]?\s*:|^\s*\{[^{}\n]*\b(?:user\w*|login|e?mail|pass\w*|pwd|token|otp|secret)['"]?\s*:\s*\{\s*['"]?\$${OPERATOR}['"]?\s*:`,
  }),
  nosql({
    id: 'nosqli-filter-value',
    name: 'NoSQL injection: a filter with operators as the value',
    confidence: 'medium',
    about: 'A filter over fields as text. Some APIs take filters as JSON in the query, so this one reports.',
    regex: String.raw`^\s*[\[{]+\s*['"]?[\w.]+['"]?\s*:\s*\{\s*['"]?\$${OPERATOR}['"]?\s*:|^\s*\{\s*['"]?\$${LOGIC}['"]?\s*:`,
  }),
  nosql({
    id: 'nosqli-filter-extended',
    name: 'NoSQL injection: a string that ends, and an operator after it',
    confidence: 'high',
    about:
      "The value closes the string that it stands in and goes on with an operator: `', $or: [{}, {'a':'a`. Only what is meant to stand in the middle of a filter begins that way.",
    regex: String.raw`^[\w@.-]*(?:['"]|\s*,)[\s}\]),{]*['"]?\$(?:${OPERATOR}|comment|set|unset|inc|push|rename|currentdate)['"]?\s*:|^\s*['"]?\$${CODE}['"]?\s*:`,
  }),
  nosql({
    id: 'nosqli-javascript-condition',
    name: 'NoSQL injection: a string that ends, and a condition in JavaScript',
    confidence: 'high',
    about:
      "Filters written in JavaScript are extended by a condition on the document: `' || this.password.match(/^a/)//`. The quote or number before it is the whole rest of the value, which it is not in source code.",
    regex: String.raw`^(?:\d+|[\w@.-]*['"\x60])?\s*\)?\s*(?:\|\||&&)\s*(?:!?\s*this\s*\.\s*\w+|object\s*\.\s*keys\s*\(\s*this|tojson(?:only)?\s*\(|\(?\s*\d+\s*={2,3}\s*\d|['"]\w*['"]\s*={2,3}\s*['"]|\(\s*function\s*\(|!?function\s*\(|new\s+date\b|(?:true|1)\s*(?:$|//|;|\|\|))`,
  }),
  nosql({
    id: 'nosqli-javascript-statement',
    name: 'NoSQL injection: a string that ends, and a statement in JavaScript',
    confidence: 'high',
    severity: 'critical',
    about:
      "The function of a `$where` is ended by a return of its own, or kept waiting: `';return true;var x='`. As above, the value begins with what ends the string.",
    regex: String.raw`^(?:\d+|[\w@.-]*['"\x60])?[\s)}]*;\s*(?:return\b\s*(?:\(?\s*(?:true|1|this|['"]|!|\d|db\b|tojson|object\b|function))|sleep\s*\(\s*\d|while\s*\(\s*(?:true|1|!0)|(?:var\s+)?\w+\s*=\s*new(?:\s|%20)*date\b|do\s*\{|for\s*\(\s*;\s*;|db\s*\.\s*\w+|emit\s*\()`,
  }),
  nosql({
    id: 'nosqli-javascript-of-shell',
    name: "NoSQL injection: a command of MongoDB's shell as the value",
    confidence: 'medium',
    about:
      'A call on a collection that changes it, as the beginning of a value. Posts about MongoDB show such calls, so this one reports.',
    regex: String.raw`^\s*(?:[\w-]*['")\]};]+\s*)?db\s*\.\s*\w+(?:\(['"]\w+['"]\))?\s*\.\s*(?:insert\w*|drop\w*|remove|delete\w*|update\w*|mapreduce|aggregate|find\w*)\s*\(|^\s*db\s*\.\s*(?:dropdatabase|getcollectionnames|adduser|createuser|runcommand|eval|shutdownserver)\s*\(`,
  }),
  nosql({
    id: 'nosqli-javascript-probe',
    name: 'NoSQL injection: JavaScript that looks at the document letter by letter',
    confidence: 'medium',
    about:
      'Conditions on characters of a field of the document, or loops that wait for a time to pass. In source code that people post such loops are rare, but are there.',
    regex: String.raw`\bthis\s*\.\s*(?:pass\w*|pwd|token|secret|username|role|isadmin)\s*(?:\.\s*(?:match|test|charat|charcodeat|startswith|length|substr\w*)\b|\[\s*\d+\s*\]\s*==)|while\s*\(\s*\w+\s*-\s*\w+\s*<\s*\d{3,}|while\s*\([\s(]*new\s+date\s*\(\s*\)[\s)]*-`,
  }),
  nosql({
    id: 'nosqli-redis-command',
    name: 'NoSQL injection: commands of Redis or memcached after a line break',
    confidence: 'high',
    about:
      'The protocols of Redis and memcached are lines, so that a line break in a key begins another command. The lines have a form of their own, with lengths and numbers, that no text has.',
    regex: String.raw`\*\d+\r?\n\$\d+\r?\n\w+\r?\n|[\r\n](?:config\s+set\s+(?:dir|dbfilename)\s+\S+|slaveof\s+\S+\s+\d+|replicaof\s+\S+\s+\d+|module\s+load\s+/\S+|eval\s+["'][^\n]*redis\.call|flushall\s*[\r\n]|set\s+\S+\s+["']\\n\\n\*)|[\r\n](?:set|add|replace|append|prepend)\s\S+\s\d+\s\d+\s\d+(?:\snoreply)?\r?\n|^\s*eval\s+["'][^\n]*redis\.call\s*\(`,
  }),
  nosql({
    id: 'nosqli-redis-in-address',
    name: 'NoSQL injection: a command of Redis or memcached after an encoded line break in the address',
    confidence: 'high',
    about: 'The same where a server-side request or a cache takes a part of the address.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`(?:%(?:25)?0d%(?:25)?0a|%(?:25)?0a)(?:\*\d+%(?:25)?0d%(?:25)?0a|(?:config(?:%20|\+)+set|slaveof(?:%20|\+)|flushall|flush_all|module(?:%20|\+)+load|stats(?:%20|\+)items|eval(?:%20|\+)+(?:%22|%27|["'])|set(?:%20|\+)+[^%+&]+(?:%20|\+)+\d+(?:%20|\+)+\d+(?:%20|\+)+\d+))`,
  }),
  nosql({
    id: 'nosqli-cypher',
    name: 'NoSQL injection: a clause of Cypher after a string or a pattern that ends',
    confidence: 'high',
    about:
      "Statements of Neo4j are closed and extended: `'}) RETURN n UNION MATCH (m) …//`, `' OR 1=1 WITH …`. The quote and brackets that close what was there begin the value.",
    regex: String.raw`^[\w@. -]*['"\x60]\s*[)}\]]+\s*(?:-\[[^\]]*\]->?\s*\(\w*\)\s*)?(?:with\s+[\w*]+.*\b(?:match|call|load|return|unwind)\b|return\s+[\w.*(), ]+(?://|union|limit|$)|(?:optional\s+)?match\s*\(|detach\s+delete|load\s+csv|call\s+(?:\{|\w+\.)|union\s+(?:all\s+)?(?:match|call|return|load)|(?:set|remove)\s+\w+\.\w+|(?:create|merge|foreach|unwind)\s*[(\[])|^[\w@. -]*['"]\s*(?:\bor\b|\band\b)?.{0,20}(?:\bdetach\s+delete\b|\bload\s+csv\s+(?:with\s+headers\s+)?from\b|\bcall\s+(?:db|dbms|apoc)\s*\.)`,
  }),
  nosql({
    id: 'nosqli-cypher-procedure',
    name: 'NoSQL injection: procedures of Neo4j that read files, addresses or the schema',
    confidence: 'medium',
    about: 'Out-of-band techniques of Cypher. Posts on Neo4j have them too.',
    regex: String.raw`\bload\s+csv\s+(?:with\s+headers\s+)?from\s+['"]|\bcall\s+(?:dbms|apoc|db)\s*\.\s*(?:labels|propertykeys|relationshiptypes|procedures|functions|listconfig|load\w*|cypher|security|systeminfo|components|export|import|trigger|custom)\b`,
  }),
  nosql({
    id: 'nosqli-couchdb-admin',
    name: 'NoSQL injection: an account of CouchDB with the role of an administrator',
    confidence: 'high',
    severity: 'critical',
    about:
      'CouchDB and its parser took different ones of two lists of roles, so that anyone could become `_admin`. Roles of applications do not begin with an underscore.',
    inputs: [{ address: 'server.request.body', key_path: ['roles'] }],
    regex: '^_admin$',
  }),
  nosql({
    id: 'nosqli-lucene',
    name: 'NoSQL injection: a query of Lucene that ends and goes on with all documents',
    confidence: 'high',
    about:
      'The value closes a quote or a bracket of the query around it and adds what is true of all documents. Searches for all documents are nothing but that.',
    regex: String.raw`^[\w@. -]*['")\]]+\s*(?:or|and|\|\||&&)\s*[("]*\s*(?:\*:\*|_exists_\s*:|\w+:\[\*\s+to\s+\*\]|\w+:\*)`,
  }),
  nosql({
    id: 'nosqli-cassandra',
    name: 'NoSQL injection: a condition of Cassandra after a string that ends',
    confidence: 'high',
    about: 'CQL has no `OR`; injections drop the rest of a filter and allow a full scan.',
    regex: String.raw`^[\w@.-]*['"]\s*(?:and\s.*)?allow\s+filtering\b`,
  }),
];
