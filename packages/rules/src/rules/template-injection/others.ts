import type { RuleSource } from '../../rule.ts';
import { ONE_WORD, template } from './template.ts';

const RUBY_CALL = String.raw`(?:system|exec|spawn|popen|eval|instance_eval|io\s*\.\s*popen|kernel\s*\.\s*\w+|open3\s*\.\s*\w+|file\s*\.\s*(?:open|read|write|new|readlines)|dir\s*\.\s*(?:entries|glob|children)|fork|syscall)`;

export const OTHERS: readonly RuleSource[] = [
  template({
    id: 'ssti-ruby',
    name: 'Template injection: ERB, Slim or Haml runs a command or reads a file',
    confidence: 'high',
    about:
      "Ruby's functions for commands and files right after the marks, with a literal. Templates of people print variables and call helpers.",
    regex: String.raw`<%[=-]?\s*(?:\x60|%x|${RUBY_CALL}\s*[( ]?\s*['"\x60])|${ONE_WORD}#\{\s*(?:\x60|%x|${RUBY_CALL}\s*[( ]?\s*['"\x60])|<%.*\bopen3\s*\.\s*\w|<%=\s*(?:self\.(?:class|methods|instance_variable)|global_variables|instance_variables|object\.const)`,
  }),
  template({
    id: 'ssti-razor',
    name: 'Template injection: Razor or ASP starts a process or reads a file',
    confidence: 'high',
    about:
      'Classes of .NET after the at sign of Razor, or a shell object between the marks of ASP. Views are given a model; they do not start processes.',
    regex: String.raw`@\(?\s*(?:new\s+)?system\s*\.\s*(?:diagnostics|io|reflection|net|environment|activator|type|text|web)\s*\.|@\{[^}]*system\s*\.\s*(?:diagnostics|io|reflection)\b|<%[=-]?.*(?:createobject\s*\(\s*['"]wscript\.shell|diagnostics\s*\.\s*process)`,
  }),
  template({
    id: 'ssti-elixir-perl-lua',
    name: 'Template injection: commands in EEx, Template Toolkit, Mojolicious or Lua pages',
    confidence: 'high',
    about:
      "The functions of Elixir, Perl and Lua that run commands within a template's marks, and blocks of plain Perl.",
    regex: String.raw`(?:<%=?|#\{)\s*(?:system\s*\.\s*(?:cmd|shell)|:os\s*\.\s*cmd|code\s*\.\s*eval_)|\[%-?\s*(?:raw)?perl\b|(?:\{\{|<%=?|\[%|\{%).*\b(?:os\s*\.\s*execute|io\s*\.\s*popen)\s*\(`,
  }),
  template({
    id: 'ssti-go',
    name: 'Template injection: templates of Go that define templates, or call methods of the data',
    confidence: 'medium',
    about:
      'Go templates call methods of what they are given, and hide markup in templates of their own. Charts of Helm define templates too, but with more around it.',
    regex: String.raw`\{\{-?\s*\.(?:system|exec|command|run|oscmd|getenv|env)\b|^\s*\{\{\s*define\s+"|\{\{\s*(?:template|block)\s+"[^"]*"[^}]*\}\}.*\{\{\s*define`,
  }),
  template({
    id: 'ssti-coldfusion',
    name: 'Template injection: ColdFusion evaluates or executes',
    confidence: 'high',
    about:
      'Tags and functions between hash signs that run programs. No text has tags of ColdFusion but its source.',
    regex: String.raw`<cf(?:execute|script|invoke|object)\b[^>]*(?:name|component|class|type)\s*=|#\s*(?:evaluate|createobject|expandpath|fileread)\s*\([^#\n]*\)\s*#`,
  }),
];
