import type { RuleSource } from '../../rule.ts';
import { CURLY, ONE_WORD, template } from './template.ts';

const FUNCTION =
  '(?:system|exec|passthru|shell_exec|popen|proc_open|pcntl_exec|assert|eval|phpinfo|file_get_contents|file_put_contents|call_user_func\\w*|include|readfile|highlight_file|create_function|mail|md5)';

export const PHP: readonly RuleSource[] = [
  template({
    id: 'ssti-twig-callback',
    name: 'Template injection: Twig calls a function of PHP for each element',
    confidence: 'high',
    about:
      "Filters such as `map` and `filter` take the name of a PHP function: `{{['id']|filter('system')}}`. Templates give them arrow functions, or names of fields.",
    regex: String.raw`\{[{%].*\|\s*(?:filter|map|sort|reduce|find|each)\s*(?:\(|:)?\s*(?:\d+\s*,\s*)?['"]${FUNCTION}['"]`,
  }),
  template({
    id: 'ssti-twig-environment',
    name: 'Template injection: the environment of Twig, and files read by it',
    confidence: 'high',
    about:
      'The environment of Twig registers functions that templates then call, and `source`, `include` and `file_excerpt` read files. Templates neither register functions nor name absolute paths.',
    regex: String.raw`\b_self\s*\.\s*env\b|register(?:undefined(?:filter|function)callback)|\b(?:get|set)(?:filter|function|cache)\s*\(\s*['"]${FUNCTION}['"]|${CURLY}.*(?:\bapp\s*\.\s*request\s*\.\s*(?:server|query|files|request|cookies|headers|content)|\bdump\s*\(\s*app\b|\b(?:source|include)\s*\(\s*['"](?:/|\.\.)|file_excerpt\s*\(|\b_context\s*\|)|\{%\s*(?:include|extends|import|embed)\s+['"](?:/etc|/proc|\.\./\.\.|php:|data:)`,
  }),
  template({
    id: 'ssti-smarty',
    name: 'Template injection: Smarty runs PHP, or shows its insides',
    confidence: 'high',
    about:
      'Tags of Smarty that run PHP, call functions by name, write files, or print the version. Single braces in source code are no tags, so that only functions at the beginning of a value count.',
    regex: String.raw`\{php\}.*(?:\(|\x60|\{/php\})|\{\$smarty\.(?:version|template\w*|server|env|const|current_dir|cookies|session)|\{smarty_\w+::|self::(?:getstreamvariable|clearconfig)|smarty_internal_write_file|\{(?:if|elseif|while)\s+!?(?:${FUNCTION})\s*\(|${ONE_WORD}\{=?\s*${FUNCTION}\s*\(\s*(?:['"\x60$)]|\d)|\{function\s+name\s*=\s*['"][^'"]*\(|\{block\s+name\s*=\s*['"][^'"]*\*/|\{math\s+equation\s*=\s*['"][^'"]*(?:\(\\?"|\\\d)|\{fetch\s+file\s*=`,
  }),
  template({
    id: 'ssti-php-functions',
    name: 'Template injection: functions of PHP in Blade, Latte or Twig',
    confidence: 'high',
    about:
      "A function that runs commands or reads files right after the marks: `{{ system('id') }}`, `{!! shell_exec(…) !!}`. Templates are given the results of functions.",
    regex: String.raw`(?:\{\{\{?|\{!!|@php)[\s('"\[]*\\?(?:system|passthru|shell_exec|popen|proc_open|phpinfo|file_get_contents|file_put_contents|call_user_func\w*)['"]?[\s)\]]*\(|\{\{[^}\n]*\|\s*(?:system|exec|passthru|shell_exec|popen)\s*\}|<vb:\w+\s+condition\s*=\s*['"].*\(`,
  }),
  template({
    id: 'ssti-magento-filter',
    name: 'Template injection: Magento calls a function by a template filter',
    confidence: 'high',
    about:
      "Directives of Magento's e-mail templates reach the filter itself, which takes callbacks. Fields of an order have no directives.",
    regex: String.raw`\{\{\s*(?:var|if|depend)\s+.*gettemplatefilter|\bgettemplatefilter\s*\(\s*\)\s*\.\s*\w+|addafterfiltercallback\s*\(|\{\{\s*(?:block|layout|config)\s+(?:class|path|handle)\s*=`,
  }),
];
