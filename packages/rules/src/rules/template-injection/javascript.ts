import { KEYS, type RuleSource } from '../../rule.ts';
import { template } from './template.ts';

export const JAVASCRIPT: readonly RuleSource[] = [
  template({
    id: 'ssti-javascript-constructor',
    name: 'Template injection: the constructor of functions in Handlebars, Nunjucks, Vue or Angular',
    confidence: 'high',
    about:
      'The constructor of a constructor compiles text as a program, and every value in a template leads to it. Templates compare and print values; they do not call constructors.',
    regex: String.raw`(?:[{#]\{[^}\n]*|<%.*)\bconstructor\b['"\]]*\s*(?:\.\s*(?:constructor|prototype)\b|\[|\(|\x60)|\{\{\s*\w+\s*=.*(?:getownpropertydescriptor|getprototypeof|charat\s*=\s*\[\s*\]|\.call\.call\s*\()|\$\{[^}\n]*\bconstructor\s*\.\s*constructor\b|\{\{.*\$(?:on|eval|new|watch|root|parent|parse)\s*\.\s*constructor|\{\{.*\$eval\s*\(|\bconstructor\s*\.\s*constructor\s*\(\s*['"\x60].*['"\x60]\s*\)\s*\(`,
  }),
  template({
    id: 'ssti-javascript-process',
    name: 'Template injection: the process or modules of Node.js in a template expression',
    confidence: 'high',
    about:
      "`process.mainModule`, `child_process` and `global.process` within a template's marks run commands. Build tools put `process.env` into templates, which is left alone.",
    regex: String.raw`(?:\{\{|[#!$]\{|<%)[^}\n]*(?:\bmainmodule\b|['"\x60]child_process|\bprocess\s*\.\s*binding\b|\b(?:global|globalthis|root|this)\s*\.\s*process\b|\bconstructor\s*\(\s*['"\x60]\s*return\b|\bglobal\s*\.\s*process)`,
  }),
  template({
    id: 'ssti-handlebars-lookup',
    name: 'Template injection: Handlebars helpers that reach the constructor of functions',
    confidence: 'high',
    about:
      'Handlebars has no calls, so that injections open a block on a string and look up its constructor: `{{#with "s" as |string|}}`. Blocks of people open on their data.',
    regex: String.raw`\{\{#with\s+(?:["'(]|\w+\.(?:push|pop|split|concat)\b|\(?lookup\s)|\(?\s*lookup\s+[\w.]+\s+["']constructor|\{\{#each\s+(?:["'(]|\w+\.(?:push|pop|split|concat)\b)`,
  }),
  template({
    id: 'ssti-render-options',
    name: 'Template injection: options of the engine as fields of a request',
    confidence: 'high',
    about:
      'Applications that hand a whole query to `res.render` let it set options of EJS and Pug which become code: `settings[view options][outputFunctionName]`. These are no names of fields.',
    inputs: KEYS,
    regex: String.raw`^(?:settings\[)?view options(?:\]|$)|^(?:outputfunctionname|localsname|destructuredlocals|escapefunction)$|\[(?:outputfunctionname|localsname|destructuredlocals|escapefunction)\]`,
  }),
  template({
    id: 'ssti-pug-code',
    name: 'Template injection: a line of code in Pug',
    confidence: 'medium',
    about:
      'A value that begins as a line of code in a Pug template does, and names modules. Lists in prose begin with a dash too, but go on with words.',
    regex: String.raw`^\s*-\s*(?:var|let|const)\s+\w+\s*=.*(?:\brequire\b|\bprocess\b|mainmodule|child_process)|^\s*=\s*(?:require\s*\(|process\s*\.|global\s*\.\s*process)|^#\{\s*(?:function|root|process|global)\b`,
  }),
];
