import type { RuleSource } from '../../rule.ts';
import { CURLY, GAP, template } from './template.ts';

/** Within an expression or a statement of any of these engines. */
const IN = String.raw`(?:${CURLY}${GAP}|[$#]\{[^}\n]*|<%[=!\s].*)`;
const DUNDER =
  '(?:class|mro|bases?|subclasses|globals|builtins|import|init|init_subclass|getitem|getattribute|dict|code|loader|reduce|reduce_ex|self|module|call|enter)';
/** Two underscores, as they are or as escapes of strings. */
const UNDERSCORES = String.raw`(?:__|(?:\\x5f|\\u005f|\\137){2})`;

export const PYTHON: readonly RuleSource[] = [
  template({
    id: 'ssti-python-internals',
    name: 'Template injection: the internals of Python in Jinja2, Mako, Tornado or Django',
    confidence: 'high',
    about:
      "Attributes such as `__class__` and `__globals__` within a template's marks lead from any object to all modules. Templates have no use for them.",
    regex: String.raw`${IN}${UNDERSCORES}${DUNDER}(?:__|\\x5f|\\u005f|\\137)`,
  }),
  template({
    id: 'ssti-python-class-chain',
    name: 'Template injection: from a class to its base and all subclasses',
    confidence: 'high',
    about:
      'The same without underscores, as engines rewrite them, or outside of marks in a field that is put into an expression. Programs seldom go from a class to the list of all classes.',
    regex: String.raw`\{[{%].*\.\s*class\s*\.\s*(?:base|mro)\b|__(?:mro|bases?)__.{0,9}__subclasses__\s*\(|__init__\s*\.\s*__globals__\s*[.\[]|\.__subclasses__\s*\(\s*\)\s*\[\s*\d`,
  }),
  template({
    id: 'ssti-jinja-objects',
    name: 'Template injection: objects that Jinja2 and Flask have in every template',
    confidence: 'high',
    about:
      'Settings, the request and helper classes are in reach of every template, and lead to the modules behind. Templates of people print fields of them, and not their insides.',
    regex: String.raw`${CURLY}${GAP}(?:\bconfig\s*(?:\.\s*(?:items|iteritems|values|from_\w+|root_path|secret_key|update)\b|\[\s*['"](?:secret|sqlalchemy|\w*(?:key|pass|token)))|\brequest\s*\.\s*(?:application|environ|_\w+)|\b(?:lipsum|cycler|joiner|url_for|get_flashed_messages)\s*(?:\.|\||\[)|\bself\s*\.\s*_[a-z]+__\w+|\bcurrent_app\b|\|\s*attr\s*\(\s*(?:\[|\(|request\b|['"](?:_|\\|application|popen|os\b|read['"]))|messages\.storages|\bhandler\s*\.\s*(?:settings|application)|settings\.secret_key)`,
  }),
  template({
    id: 'ssti-jinja-string-building',
    name: 'Template injection: names put together from pieces in Jinja2',
    confidence: 'high',
    about:
      'Filters make letters out of objects, to name what a filter before the engine forbids: `dict(po=a,pen=b)|join`, `()|select|string|list`, `"_"*2`. Nobody writes words that way.',
    regex: String.raw`${CURLY}${GAP}(?:\bdict\s*\(\s*\w+\s*=\s*\w+.*\)\s*\|\s*join|\|\s*(?:select|string)\s*(?:\(\s*\))?\s*\|\s*(?:string|list)\b|["']_+["']\s*[*~+]|\|\s*format\s*\(\s*(?:['"]_|95|request)|["']_+["']\s*,\s*["']\w+["']\s*,\s*["']_+["'])`,
  }),
  template({
    id: 'ssti-python-modules',
    name: 'Template injection: modules of Python that run commands or read files',
    confidence: 'high',
    about:
      "`os.popen`, `subprocess` and `open` of a system's file within a template's marks, and imports of such modules. Templates are given their data; they don't import.",
    regex: String.raw`${IN}\b(?:os\s*\.\s*(?:popen|system|listdir|environ)|subprocess\s*\.\s*\w+|__import__|popen\s*\(\s*['"]|open\s*\(\s*['"]/)\s*|\{%-?\s*(?:import|from)\s+(?:os|sys|subprocess|socket|builtins)\b|<%!?\s*(?:import|from)\s+(?:os|sys|subprocess|socket)\b`,
  }),
];
