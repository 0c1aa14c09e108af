import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { anyInBase64 } from './base64.ts';
import { codeInjection } from './code.ts';

const code = codeInjection('code_injection');

/** What is an attack however it came there. */
const UNMISTAKABLE = [
  '/etc/passwd',
  '/dev/tcp/',
  '${jndi:',
  'Runtime.getRuntime',
  'eval($_',
  'system($_',
  "__import__('os')",
];

export const OTHER: readonly RuleSource[] = [
  code({
    id: 'code-evaluated-text',
    name: 'Code injection: the value is a call that runs its text',
    confidence: 'high',
    about:
      'In the languages that have one, `eval`, `exec` or `system` with text, at the beginning or after what ends a string there.',
    regex: String.raw`^[^a-z]*(?:[\w.]*['")\]};,+][^\w\n]*)?@?(?:eval|exec|execsync|system|spawn|spawnsync|popen|shell_exec|passthru|execfile|loadstring|dofile)\s*\(\s*(?:['"\x60$]|\w+\s*\(\s*['"])`,
  }),
  code({
    id: 'code-lua',
    name: 'Lua injection: a call that runs a program or loads code',
    confidence: 'high',
    about:
      'The standard library of Lua: calls that run programs or load libraries, as scripts of Redis and nginx may not.',
    regex: String.raw`\bos\.execute\s*\(|\bio\.popen\s*\(|\bpackage\.loadlib\s*\(|^[^a-z]*(?:return\s+)?(?:loadstring|dofile)\s*\(\s*['"]|\bredis\.call\s*\(\s*['"](?:config|flushall|slaveof|module)`,
  }),
  code({
    id: 'code-perl',
    name: 'Perl injection: an expression that runs a program',
    confidence: 'high',
    about: 'Programs that are run within a text that Perl interpolates, by `open` with a pipe or by `qx`.',
    regex: String.raw`@\{\s*\[\s*(?:system|exec|\x60|qx|eval|print|die|open)|\$\{\s*\\?\s*\(?\s*(?:system|exec|qx)\b|^[^a-z]*(?:[\w.]*['")\]};,+][^\w\n]*)?(?:qx\s*[/{(|!\[]|exec\s*\{|open\s*\(\s*\w+\s*,\s*["'](?:\||-\|)|use\s+(?:socket|posix)\b\s*[;(])|\(\?\{\s*(?:system|exec|\x60|qx|print)|\\c\$\{|\(metadata\s+["'].*\$\{`,
  }),
  code({
    id: 'code-document',
    name: 'Code injection: a document or picture that runs a program when it is converted',
    confidence: 'high',
    cwe: '78',
    about:
      'Instructions that LaTeX, ImageMagick, Ghostscript and ColdFusion carry out: `\\write18`, a picture whose address is a pipe, `%pipe%`.',
    regex: String.raw`\\(?:immediate\s*)?\\?write18\s*\{|\\(?:input|include|lstinputlisting|verbatiminput|openin\d?|includegraphics)\s*(?:\[[^\]]*\])?\s*[={]\s*(?:/etc/|/proc/|\||\.\./)|\\(?:openout|directlua|catcode\S{1,6}=\d+\s*\\input)|\bpush\s+graphic-context\b|\b(?:fill|image\s+\w+\s+[\d,\s]+)\s*['"]?(?:url\s*\(\s*)?['"]?(?:https?|msl|label|ephemeral):[^'")\n]*[|\x60]|%pipe%|\bfileout\s*\(\s*\(%|<cf(?:execute|file|invoke|content)\s|<image>\s*<read\s+filename`,
  }),
  code({
    id: 'code-spreadsheet-formula',
    name: 'Code injection: a cell that starts a program',
    confidence: 'high',
    cwe: '1236',
    about:
      'A formula that asks a program for its value, or that fetches with the contents of other cells, when a table is opened. Formulas that people write begin so too, but name no program.',
    regex: String.raw`\b(?:cmd|powershell|mshta|rundll32|regsvr32|msexcel|calc)(?:\.exe)?\s*\|\s*['"][^'"\n]*['"]!|^[\s"';,=+@-]*dde\s*\(\s*["']|^[\s"';,]*[=+@-]\s*(?:call|exec|register)\s*\(\s*["']|^[\s"';,]*[=@]\s*(?:importxml|importdata|importhtml|importfeed|webservice|hyperlink|image)\s*\(\s*(?:concat\w*\s*\(\s*["']https?:|["']https?:[^)]*&)`,
  }),
  code({
    id: 'code-in-base64',
    name: 'Code injection: what only attacks contain, in base64',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    transformers: [],
    caseSensitive: true,
    about:
      'Where a decoder sits behind a value, an attack comes encoded. Each text has three spellings in base64, by the place where it begins; tokens, pictures and documents have none of them.',
    regex: anyInBase64(UNMISTAKABLE),
  }),
];
