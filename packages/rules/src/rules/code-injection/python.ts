import { DEEPLY_DECODED, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { anyInBase64 } from './base64.ts';
import { codeInjection } from './code.ts';

const python = codeInjection('python_code_injection');

/** Before it only what ends a string or an expression. */
const BEGINNING = String.raw`^[^a-z]*(?:[\w.]*['")\]};,+][^\w\n]*)?`;

export const PYTHON: readonly RuleSource[] = [
  python({
    id: 'python-import-call',
    name: 'Python injection: a module is loaded and used in one expression',
    confidence: 'high',
    about:
      'An expression can load modules by `__import__` only. Code that people write has import statements.',
    regex: String.raw`__import__['"\])\s]*\(\s*['"](?:os|subprocess|sys|socket|builtins|pty|commands|platform|importlib|shutil|ctypes|base64|pickle|time|timeit|urllib\w*|requests|http|codecs|posix|nt)(?:\.\w+)?['"]\s*\)\s*[.\[]|\bimportlib\s*\.\s*import_module\s*\(\s*['"](?:os|subprocess|pty|posix)['"]\s*\)\s*\.|\bimport\s+(?:os|subprocess|socket|pty|commands)\b[\w, ]*;\s*(?:os|subprocess|pty|commands|s)\b\s*[.=]|\beval\s*\(\s*compile\s*\(|\b(?:exec|eval)\s*\(\s*['"](?:import\s|__import__|\\)`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  python({
    id: 'python-introspection',
    name: 'Python injection: from an object to the classes and names behind it',
    confidence: 'high',
    about:
      "Double underscores one after the other lead from any object to all classes and to a module's names, out of a sandbox. Code uses one of them at a time, and its own names.",
    regex: String.raw`__\s*class\s*__.*__\s*subclasses\s*__|__class__['"\])\s]*[.\[|(]\s*(?:attr\s*\(\s*)?['"]?__(?:mro|bases?|subclasses|init|globals|dict)__|__class__\.\S*__globals__|\|\s*attr\s*\(\s*['"]__\w+__|__(?:mro|bases)__['"\])\s]*(?:\.|\[)\s*['"]?(?:-?\d|__)\S*.{0,20}__subclasses__|__subclasses__['"\])\s]*\(\s*\)\s*(?:\[|\)?\s*%|.{0,3}__)|__init__['"\])\s]*[.\[|(]\s*(?:attr\s*\(\s*)?['"]?__(?:globals|builtins)__|__(?:globals|builtins)__['"\])\s]*(?:\.|\[|\|)\s*['"]?(?:get|__import__|__builtins__|os\b|sys\b|open|eval|exec|popen|linecache)|\{\d*\.__\w+__|\.(?:func_globals|gi_frame|cr_frame)\s*[.\[]|\bgetattr\s*\(\s*__builtins__|\.__(?:reduce|getattribute)(?:_ex)?__\s*\(\s*\d?\s*['")]`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  python({
    id: 'python-system-call',
    name: 'Python injection: the value is a call that runs a program or reads a file',
    confidence: 'high',
    about: 'A call at the beginning of the value, or after what ends a string there.',
    regex: String.raw`${BEGINNING}(?:(?:print|str|repr|list|eval|exec)\s*\(\s*)?(?:os\.(?:system|popen\d?|exec[lv]p?e?|spawn\w+|listdir|remove)\s*\(\s*['"]|os\.(?:environ|getcwd\s*\(\s*\)|listdir\s*\(\s*\))\s*[)}\]]*\s*$|subprocess\.(?:call|run|popen|check_output|check_call|getoutput|getstatusoutput)\s*\(\s*['"\[(]|commands\.getoutput\s*\(|pty\.spawn\s*\(|platform\.popen|time\.sleep\s*\(\s*\d|open\s*\(\s*['"](?:/|\.\./|[a-z]:\\))|\b(?:os\.popen|subprocess\.(?:check_output|getoutput)|commands\.getoutput)\s*\(\s*['"\[][^)\n]*\)\s*\.\s*(?:read|decode)\s*\(\s*\)\s*[)}\]]*\s*$`,
    alsoDecoded: [DEEPLY_DECODED],
  }),
  python({
    id: 'python-pickle',
    name: 'Python injection: a pickle that calls a function',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    transformers: [],
    caseSensitive: true,
    about:
      "A pickle names the functions that it calls when it is read: `os.system` and the like, in the protocols' own form or in base64.",
    regex: String.raw`c(?:os|posix|nt|subprocess|commands|__builtin__|builtins|sys|pty|runpy)(?:\n|\\n)(?:system|popen\d?|Popen|eval|exec|execfile|getattr|__import__|check_output|call|run|getoutput|spawn|modules|_run_code)(?:\n|\\n)|\x8c.(?:posix|nt|os|builtins|subprocess)\x94\x8c.(?:system|popen|eval|exec|Popen|check_output)|${anyInBase64(['\nsystem\n', '__builtin__\ne', '\x8c\x06system\x94'])}`,
  }),
  python({
    id: 'python-yaml-object',
    name: 'Python injection: a YAML document that makes objects',
    confidence: 'high',
    cwe: '502',
    about: 'Tags that call functions of Python when the document is read.',
    regex: String.raw`!!?<?(?:tag:yaml\.org,2002:)?python/(?:object|name|module|apply|new|tuple\s*\[\s*!!python)\b|["']py/(?:object|reduce|function|type|repr|module)["']\s*:\s*`,
  }),
];
