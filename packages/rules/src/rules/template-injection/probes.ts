import { RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { ANY, ONE_WORD, template } from './template.ts';

/** What a plus decodes to is a blank, so that a sum may have lost its sign. */
const OPEN = String.raw`(?:\{(?:\{\{?[-=~!]?|%[-+]?|=)|[$#*~@!]\{\{?|<%[=-]?|\[%|@\()`;
const CLOSE = String.raw`(?:[-~]?\}|-?%>|-?%\}|%\]|\)|\]\])`;
const NUMBER = String.raw`(?:\d+|'\w*'|"\w*")`;
const LITERAL = String.raw`(?:'[^'\n]*'|"[^"\n]*"|\[[^\]\n]*\]|\(\))`;

export const PROBES: readonly RuleSource[] = [
  template({
    id: 'ssti-arithmetic-probe',
    name: 'Template injection: arithmetic that shows whether it is evaluated',
    confidence: 'high',
    about:
      'A sum of two numbers between the marks of a template engine, `{{7*7}}`: if the answer holds 49, the engine runs what visitors send. Templates that people write calculate with names, and stand within text.',
    inputs: [...VALUES_AND_HEADERS, ...RAW_URI],
    regex: String.raw`${ONE_WORD}(?:${OPEN}\s*(?:print\s*)?\(*${NUMBER}\s*(?:\*\*?|[+/%]|\s)|\[\[\s*\d+\s*\*)\s*${NUMBER}\)*\s*(?:\?c\s*|\|\s*\w+\s*)?${CLOSE}|^\{\s*\d+\s*\*\s*\d+\s*\}$|#set\s*\(\s*\$\w+\s*=\s*${NUMBER}\s*[*+]\s*${NUMBER}\s*\)|<#assign\s+\w+\s*=\s*\d+\s*[*+]|^\{\{\s*${NUMBER}\s*\|\s*add\s*:`,
  }),
  template({
    id: 'ssti-subtraction-probe',
    name: 'Template injection: a difference that shows whether it is evaluated',
    confidence: 'medium',
    about: 'As `ssti-arithmetic-probe`; a minus between braces may also be a range, as in `#{1-3}`.',
    regex: String.raw`^(?:\{\{|[$#]\{\{?|<%=)\s*${NUMBER}\s*-\s*${NUMBER}\s*(?:\}|%>)`,
  }),
  template({
    id: 'ssti-arithmetic-in-text',
    name: 'Template injection: arithmetic of numbers in a template expression within text',
    confidence: 'medium',
    severity: 'medium',
    about:
      'The probe of `ssti-arithmetic-probe` behind other words. Tutorials of template engines have it too, so it is reported only.',
    regex: String.raw`(?:\{\{|[$#*]\{|<%=)\s*${NUMBER}\s*\*\s*${NUMBER}\s*(?:\}|%>)`,
  }),
  template({
    id: 'ssti-polyglot-probe',
    name: 'Template injection: the marks of several engines in one',
    confidence: 'high',
    about:
      'Half-open marks of many engines at once, with quotes between them, so that whichever is there answers with an error. No document nests the marks of engines that way.',
    inputs: [...VALUES_AND_HEADERS, ...RAW_URI],
    regex: String.raw`[$#]?\{\{<%\[|\$\{\{<%|<%['"]\$\{\{|\{\{<%['"\[]|\}\}%>\{\{|\$\{\{['"<\[%]+\}\}%|\{\{['"]+<%|(?:[$#*@]\{\d+\*\d+\}|\{\{\d+\*\d+\}\}|<%=\d+\*\d+%>|@\(\d+\*\d+\)){2}|\{\{['"]?\}\}['"]?<%`,
  }),
  template({
    id: 'ssti-method-of-literal',
    name: 'Template injection: a method of a literal, as the whole value',
    confidence: 'high',
    about:
      'Which method a string has tells the language behind the template: `{{"a".toUpperCase()}}`. Templates of people call filters, and on names.',
    regex: String.raw`${ONE_WORD}(?:[{$#*]\{|<%=|@\()\s*\(?${LITERAL}\)?\s*\.\s*\w+\s*[(}]`,
  }),
  template({
    id: 'ssti-whole-context',
    name: 'Template injection: the engine is asked for all that it knows',
    confidence: 'high',
    about:
      'Expressions that print the settings or everything: `{{config}}`, `{{dump()}}`, `{% debug %}`. As the whole value of a field they are a probe; templates print single variables.',
    regex: String.raw`^\s*(?:\{\{-?\s*(?:config|self|settings|request|_self|_context|lipsum|cycler|joiner|settings\.\w+|(?:dump|globals|vars|debug)\s*\(\s*\w*\s*\))(?:\s*\|\s*[\w()]+)*\s*-?\}\}|\{%\s*(?:debug|load\s+log)\s*%\}|\$\{\s*\.(?:version|data_model|globals|locals|main|namespace)\b|\$\{\s*pagecontext\s*\})`,
  }),
  template({
    id: 'ssti-whole-object',
    name: 'Template injection: an object of the engine or the framework, as the whole value',
    confidence: 'medium',
    about: 'As `ssti-whole-context`, by names that editors of templates may send too.',
    regex: String.raw`^\s*(?:\{\{-?\s*(?:session|app|this|_globals|handler|beans|request\.args\.\w+|\.|\$)(?:\s*\|\s*[\w()]+)*\s*-?\}\}|\$\{\s*(?:class\b|self\s*\}|dir\s*\(|(?:application|session|request)scope)|\{\{\s*(?:printf|html|js|print)\s+["'])`,
  }),
  template({
    id: 'ssti-sign-whole-value',
    name: 'Sign of template injection: a value that is one expression',
    confidence: 'low',
    weight: 2,
    about: 'Fields seldom hold an expression and nothing else, but editors of templates send such.',
    regex: String.raw`^\s*(?:\{\{[^{}\n]*\}\}|[$#*@]\{[^{}\n]*\}|<%[^\n]*%>|\{%[^\n]*%\}|@\([^\n]*\))\s*$`,
  }),
  template({
    id: 'ssti-sign-call',
    name: 'Sign of template injection: an expression that calls something with a string',
    confidence: 'low',
    weight: 1,
    about:
      'Injections call functions with a command or a path. Templates do so too, to link and to translate.',
    regex: String.raw`${ANY}[^\n}]*\w\s*\(\s*['"]`,
  }),
  template({
    id: 'ssti-sign-chain',
    name: 'Sign of template injection: an expression that goes from result to result',
    confidence: 'low',
    weight: 2,
    about:
      'Injections climb from an object over its class to what they need: calls on results of calls, indexes after calls.',
    regex: String.raw`${ANY}[^\n}]*\)\s*(?:\[|\.\s*\w+\s*\([^\n}]*\)\s*\.)`,
  }),
];
