import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { anyInBase64 } from './base64.ts';
import { codeInjection } from './code.ts';

const ruby = codeInjection('ruby_code_injection');

export const RUBY: readonly RuleSource[] = [
  ruby({
    id: 'ruby-system-call',
    name: 'Ruby injection: a call that runs a program',
    confidence: 'high',
    about:
      'The value begins with a call of Ruby that runs programs, or reaches one by its name in text, or hands `open` a pipe.',
    regex: String.raw`^[^a-z]*(?:[\w.]*['")\]};,+][^\w\n]*)?(?:kernel\s*\.\s*(?:system|exec|spawn|eval|open|fork|\x60)|io\s*\.\s*(?:popen|read|binread|sysopen|readlines)\s*[( ]|file\s*\.\s*(?:open|read|readlines|new)\s*\(\s*['"]|dir\s*\.\s*(?:entries|glob|\[)|open3\s*\.\s*\w+|pty\s*\.\s*spawn|process\s*\.\s*spawn|%x\s*[({\[|/!]|require\s*['"(]+(?:open3|socket|pty))|\bopen\s*\(\s*['"]\|\s*\w|\.(?:send|public_send|__send__|instance_eval|class_eval|method)(?:\s*\(\s*|\s+):?['"]?(?:system|exec|eval|spawn)\b|#\{\s*(?:%x|\x60|system|exec|kernel|io\.popen|file\.)|<%=?\s*(?:\x60|%x|system|exec|io\.popen|file\.(?:open|read)|kernel)|^[^a-z]*(?:exec|system|spawn)\s+["'\x60][^"'\n]*["'\x60]\s*;?\s*$|^[^a-z]*(?:instance_eval|class_eval|eval)\s*\(\s*(?:["']|params)|\bobject\s*\.\s*const_get\s*\(?\s*:?['"]?(?:kernel|process|io)|\brender\s+(?:inline|file):`,
  }),
  ruby({
    id: 'ruby-yaml-object',
    name: 'Ruby injection: a YAML document that makes objects',
    confidence: 'high',
    cwe: '502',
    about: 'Tags that make objects of any class when the document is read, also within XML and JSON.',
    regex: String.raw`!ruby/(?:object|hash|hash-with-ivars|array|struct|regexp|sym|class|module|exception|marshalable|string|range)\b|<\w[\w-]*\s+type\s*=\s*["'](?:yaml|symbol)["']|["']\^o["']\s*:\s*["']\w|["']json_class["']\s*:\s*["'](?:gem|json|erb|kernel|file|io)\b`,
  }),
  ruby({
    id: 'ruby-marshalled-object',
    name: 'Ruby injection: a marshalled object that runs something',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    transformers: [],
    caseSensitive: true,
    about:
      "Classes of RubyGems and Active Support that run something when they are read, within a marshalled object, in base64 too. Rails's old sessions are marshalled, but hold no such.",
    regex: String.raw`\x04\x08.{0,40}(?:Gem::(?:Requirement|Installer|SpecFetcher|Version|StubSpecification|Resolver|Package|RequestSet|Source)|ActiveSupport::Deprecat|ActionView::|ERB\b)|04086f[\da-f]{2}|${anyInBase64(['Gem::', 'ActiveSupport::Dep'])}`,
  }),
];
